import type { Knex } from 'knex';

/** One message of the outbox: the values of a customer, or a note. */
export interface Letter {
  id: string;
  customerId: string;
  /** '' for values. */
  noteKey: string;
  /** Null empties every field. */
  payload: string | null;
  /** Failures so far. */
  attempts: number;
}

export type LetterKind = 'values' | 'notes';

/**
 * Messages of a connection whose time has come.
 *
 * @param telling false for those alone that empty what the CRM has: while nobody can be described, what was written down
 *   before may be in another currency, or of somebody who took consent back since
 */
export function dueLetters(
  knex: Knex,
  connectionId: string,
  now: number,
  telling: boolean,
): Knex.QueryBuilder {
  const due = knex('clv_outbox')
    .where({ connection_id: connectionId, state: 'waiting' })
    .where('next_at', '<=', now);
  return telling ? due : due.whereNull('payload');
}

const ofKind = (rows: Knex.QueryBuilder, kind: LetterKind) =>
  kind === 'values' ? rows.where({ note_key: '' }) : rows.whereNot({ note_key: '' });

/** The next ones, those first that have waited longest. */
export async function nextLetters(
  knex: Knex,
  connectionId: string,
  kind: LetterKind,
  { now, limit, telling }: { now: number; limit: number; telling: boolean },
): Promise<Letter[]> {
  const rows = await ofKind(dueLetters(knex, connectionId, now, telling), kind)
    .orderBy(['next_at', 'id'])
    .limit(limit)
    .select('id', 'customer_id', 'note_key', 'payload', 'attempts');
  return rows.map((row: Record<string, string | number | null>) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    noteKey: String(row.note_key),
    payload: row.payload === null ? null : String(row.payload),
    attempts: Number(row.attempts),
  }));
}

/** Those of a CRM that has no time line. */
export async function dropNotes(knex: Knex, connectionId: string): Promise<void> {
  await ofKind(knex('clv_outbox').where({ connection_id: connectionId }), 'notes').delete();
}

/** The row of a letter, unless something newer stands there by now. */
export function unchanged(trx: Knex, { id, payload }: Letter): Knex.QueryBuilder {
  const row = trx('clv_outbox').where({ id });
  return payload === null ? row.whereNull('payload') : row.where({ payload });
}
