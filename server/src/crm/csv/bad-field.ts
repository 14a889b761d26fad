/** A value that cannot be read; the row is left out and the reason is shown beside its line. */
export class BadField extends Error {
  constructor(
    readonly field: string,
    /** What is wrong and what to do, in English. */
    readonly reason: string,
  ) {
    super(`${field} ${reason}`);
    this.name = 'BadField';
  }
}

/** A value as an error message quotes it: on one line, and not too long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}
