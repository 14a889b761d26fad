import type { Placed } from '../service';

/**
 * Puts all documents that a request is about in order: those that are placed first, in that order; documents of one score, and
 * after them those of none, as the request itself sorts them.
 *
 * @param asked ids of all documents, as the request sorts them
 */
export function arranged(placed: readonly Placed[], asked: readonly string[]): string[] {
  const positions = new Map(asked.map((documentId, position) => [documentId, position]));
  const order: string[] = [];
  let tied: string[] = [];
  const settle = () => {
    tied.sort((a, b) => positions.get(a)! - positions.get(b)!);
    order.push(...tied);
    tied = [];
  };
  let score: number | null = null;
  for (const one of placed) {
    if (!positions.has(one.documentId)) continue;
    if (one.score === null || one.score !== score) settle();
    score = one.score;
    tied.push(one.documentId);
  }
  settle();
  const known = new Set(order);
  return [...order, ...asked.filter((documentId) => !known.has(documentId))];
}

/** Entries in the order of their documents; what is in no place is left out. */
export function inOrder<Entry extends { documentId: string }>(
  entries: readonly Entry[],
  documentIds: readonly string[],
): Entry[] {
  const byId = new Map(entries.map((entry) => [entry.documentId, entry]));
  return documentIds.flatMap((documentId) => byId.get(documentId) ?? []);
}
