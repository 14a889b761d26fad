const LONGEST_REASON = 512;
const EMAIL = /[^\s"'<>,;@]+@[^\s"'<>,;@]+/g;

type Cell = string | number | null | undefined;

/** Cells of a row that was not taken, as they may be kept: no email, whatever column it strayed into. */
export function keepable<T extends Cell>(cells: Record<string, T>): Record<string, T | ''> {
  const entries = Object.entries(cells).filter(([column]) => column !== 'email');
  return Object.fromEntries(
    entries.map(([column, cell]) => [column, String(cell ?? '').search(EMAIL) < 0 ? cell : '']),
  );
}

/** A reason without an email it may quote, and without what PostgreSQL refuses in text. */
export function keepableReason(reason: string): string {
  const text = reason.replace(EMAIL, '(an email address)').slice(0, LONGEST_REASON);
  return text.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
}
