import type { Answered } from '../served';

/** Thrown where Pipedrive would refuse a request; becomes the answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers?: Record<string, string>,
  ) {
    super(message);
  }

  answer(): Answered {
    return {
      status: this.status,
      headers: this.headers,
      body: {
        success: false,
        error: this.message,
        errorCode: this.status,
        data: null,
        additional_data: null,
      },
    };
  }
}

export function demand(condition: unknown, message: string, status = 400): asserts condition {
  if (!condition) throw new Refusal(status, message);
}

/** Names that nobody knows are refused, as API v2 does. */
export function onlyKnown(names: Iterable<string>, known: readonly string[], what: string): void {
  for (const name of names)
    demand(known.includes(name), `Validation failed: ${what} "${name}" is not allowed`);
}
