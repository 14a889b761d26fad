import { z } from 'zod';
import { type CrmRow, type PulledRecord, STREAMS, type Stream, type WebhookNews } from '../../connector';
import { ConnectorError } from '../../connector-error';

const id = z.union([z.string().min(1), z.number()]).transform(String);
/** Rows are judged one by one later; a bad one does not sink the others. */
const rows = z.array(z.record(z.string(), z.unknown())).default([]);
const ids = z.array(id).default([]);

const schema = z.strictObject({
  customers: rows,
  orders: rows,
  subscriptions: rows,
  deleted: z.strictObject({ customers: ids, orders: ids, subscriptions: ids }).partial().default({}),
  erased: ids,
  merged: z.array(z.strictObject({ from: id, into: id })).default([]),
});

const ID_COLUMN: Record<Stream, string> = {
  customers: 'customer_id',
  orders: 'order_id',
  subscriptions: 'subscription_id',
};

/**
 * What the body of a message says: rows of the CSV contract, ids that are no more, customers that asked to be forgotten
 * (`erased`) and such that became one.
 *
 * @param key of the message: a row without an id is told by it and by its place
 * @throws ConnectorError permanent
 */
export function newsIn(body: Buffer, key: string): WebhookNews {
  const parsed = schema.safeParse(jsonIn(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue!.path.join('.') || 'the body';
    throw new ConnectorError(
      'permanent',
      `${where}: ${issue!.message}. Send { "customers": [...], "orders": [...], "subscriptions": [...], "deleted": { "orders": [ids] } }.`,
    );
  }
  const { deleted, erased, merged } = parsed.data;
  const recordOf = (stream: Stream) => (row: Record<string, unknown>, place: number) => {
    const told = row[ID_COLUMN[stream]];
    const known = (typeof told === 'string' && told.trim() !== '') || typeof told === 'number';
    return { id: known ? String(told) : `${key}:${place}`, [stream]: [row as CrmRow] } as PulledRecord;
  };
  const records: WebhookNews['records'] = {};
  for (const stream of STREAMS) records[stream] = parsed.data[stream].map(recordOf(stream));
  return {
    changed: [],
    records,
    gone: STREAMS.flatMap((stream) => (deleted[stream]?.length ? [{ stream, ids: deleted[stream] }] : [])),
    erased,
    merged,
  };
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ConnectorError('permanent', 'The body is not JSON.');
  }
}
