import type { ImportKind } from '../api-types';
import type { ColumnMatch } from '../csv/columns';
import { COST_KEY, costKey } from '../store/costs';
import { type Cells, fileRows } from './file-rows';

/** The columns that tell rows of a kind apart. */
export const KEY: Record<ImportKind, readonly string[]> = {
  orders: ['order_id'],
  customers: ['customer_id'],
  subscriptions: ['subscription_id'],
  costs: COST_KEY,
};

export interface Survey {
  columns: ColumnMatch;
  rows: number;
  /** Whether a later row of the file, itself a good one, has the same key. */
  isSuperseded(line: number, cells: Cells): boolean;
}

/** 16 MB whatever the file's size; at a million rows one in a hundred is looked at twice in vain. */
const BITS = 27;

/** FNV-1a (Fowler, Noll and Vo), folded to BITS. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return ((value >>> BITS) ^ value) & ((1 << BITS) - 1);
}

/**
 * Reads a file once before it is imported: how many rows it has, and which keys come twice. It remembers one bit for
 * each key; only when the bit is set already is the key itself kept, with the line where it stands last.
 *
 * @param isGood whether a row would be taken; a bad row supersedes none
 * @param onRow called for every row
 * @throws MissingColumns; whatever reading the file throws
 */
export async function survey(
  file: string,
  kind: ImportKind,
  isGood: (cells: Cells) => boolean,
  onRow: () => void,
): Promise<Survey> {
  const seen = new Uint8Array(1 << (BITS - 3));
  const lastLine = new Map<string, number>();
  const keyOf = kind === 'costs' ? costKey : (cells: Cells) => cells[KEY[kind][0]!]!;
  let columns: ColumnMatch = { used: [], ignored: [], missing: [] };
  let rows = 0;
  const onColumns = (found: ColumnMatch) => {
    columns = found;
  };
  for await (const { line, cells } of fileRows(file, kind, onColumns)) {
    rows += 1;
    onRow();
    if (!cells) continue;
    const bit = hash(keyOf(cells));
    const mask = 1 << (bit & 7);
    if (!(seen[bit >> 3]! & mask)) seen[bit >> 3]! |= mask;
    else if (isGood(cells)) lastLine.set(keyOf(cells), line);
  }
  return { columns, rows, isSuperseded: (line, cells) => (lastLine.get(keyOf(cells)) ?? 0) > line };
}
