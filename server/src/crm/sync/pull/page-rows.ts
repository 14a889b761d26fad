import { createHash } from 'node:crypto';
import type { CrmRow, PulledRecord } from '../../connector';

/** The kinds of rows that records amount to, in the order in which they are stored. */
export const ROW_KINDS = ['customers', 'orders', 'subscriptions'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** Columns that hold ids of the CRM. */
const IDS: Record<RowKind, readonly string[]> = {
  customers: ['customer_id'],
  orders: ['order_id', 'customer_id'],
  subscriptions: ['subscription_id', 'customer_id'],
};

/** The column of our own key. */
const KEY: Record<RowKind, string> = {
  customers: 'customer_id',
  orders: 'order_id',
  subscriptions: 'subscription_id',
};

/**
 * What a row says beside what it says itself when the CRM has it again: rows that it had no more were cancelled or ended,
 * and a row that does not speak of that would leave it so.
 */
export const REVIVED: Partial<Record<RowKind, CrmRow>> = {
  orders: { status: null },
  subscriptions: { ended_at: null },
};

export const keyOf = (kind: RowKind, row: CrmRow): string => String(row[KEY[kind]] ?? '');

const MOST_LETTERS = 191;

/** An id as a key of our tables: as it is, or its hash where it is too long or no plain text. */
export function recordKey(id: string): string {
  if (id.length <= MOST_LETTERS && !/[\p{Cc}\p{Cs}]/u.test(id)) return id;
  return createHash('sha256').update(id).digest('hex');
}

/** A row with our ids: the CRM's with the connection's prefix. What is no id stays as it is, for the row to be judged. */
export function prefixed(kind: RowKind, row: CrmRow, prefix: string): CrmRow {
  const ours: CrmRow = { ...row };
  for (const column of IDS[kind]) {
    const id = String(row[column] ?? '').trim();
    if (id !== '') ours[column] = prefix + id;
  }
  return ours;
}

/** A record of a page with our rows. */
export interface RecordRows {
  recordId: string;
  rows: { kind: RowKind; row: CrmRow }[];
}

/** The records of a page, each once: the last one counts where one comes twice. */
export function recordsOf(records: PulledRecord[], prefix: string): RecordRows[] {
  const byId = new Map(records.map((record) => [recordKey(String(record.id)), record]));
  return [...byId].map(([recordId, record]) => ({
    recordId,
    rows: ROW_KINDS.flatMap((kind) =>
      (record[kind] ?? []).map((row) => ({ kind, row: prefixed(kind, row, prefix) })),
    ),
  }));
}
