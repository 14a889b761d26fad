import type { Answered } from '../served';

/** An error as HubSpot words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly category: string,
    message: string,
    readonly more: { headers?: Record<string, string>; body?: object } = {},
  ) {
    super(message);
  }

  answer(): Answered {
    const { status, category, message, more } = this;
    const body = { status: 'error', message, correlationId: 'c0ffee', category, ...more.body };
    return { status, headers: more.headers, body };
  }
}

export function demand(holds: unknown, message: string): asserts holds {
  if (!holds) throw new Refusal(400, 'VALIDATION_ERROR', message);
}

/** A body of these keys and no others. */
export function demandKeys(value: unknown, allowed: string[]): asserts value is Record<string, unknown> {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), 'Invalid input JSON');
  for (const key of Object.keys(value)) {
    demand(allowed.includes(key), `Invalid input JSON on line 1, column 2: unknown field "${key}"`);
  }
}
