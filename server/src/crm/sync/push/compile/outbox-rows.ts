import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { insertRows, type Value } from '../../../../storage/insert-rows';
import { hashOf } from '../describe/payload';

/** What a CRM shall have of a customer. */
export interface Wanted {
  connectionId: string;
  customerId: string;
  /** Null when it shall have nothing. */
  payload: string | null;
  /** Whether it may have notes of what was read; those that wait go otherwise. */
  mayHaveNotes: boolean;
  /** The same for notes of triggers on what somebody is worth. */
  mayHaveTriggers: boolean;
  /** By key. */
  notes: Map<string, string>;
}

const KEY = ['connection_id', 'customer_id', 'note_key'];
const COLUMNS = [
  { name: 'id', type: 'text' as const },
  ...KEY.map((name) => ({ name, type: 'text' as const })),
  { name: 'payload', type: 'text' as const },
  { name: 'state', type: 'text' as const },
  { name: 'attempts', type: 'integer' as const },
  { name: 'next_at', type: 'bigint' as const },
  { name: 'error_kind', type: 'text' as const },
  { name: 'reason', type: 'text' as const },
  { name: 'created_at', type: 'bigint' as const },
  { name: 'updated_at', type: 'bigint' as const },
];
/** What is new takes the place of what waited, and of what was given up. */
const RENEWED = ['payload', 'state', 'attempts', 'next_at', 'error_kind', 'reason', 'updated_at'];

/** How the keys of notes begin that triggers make of what somebody is worth, and not of what they read. */
export const TRIGGER_NOTE = 'trigger-';

type Key = { connectionId: string; customerId: string };
const keyOf = ({ connectionId, customerId }: Key, noteKey = '') =>
  [connectionId, customerId, noteKey].join('\u001f');

const rowOf = ({ connectionId, customerId }: Key, noteKey: string, payload: string | null, now: number) =>
  [uuidv7(), connectionId, customerId, noteKey, payload, 'waiting', 0, now, null, null, now, now] as Value[];

/** Puts notes into the outbox that are not there. Whoever calls it knows that they were not sent before. */
export async function putNotes(
  trx: Knex,
  notes: { connectionId: string; customerId: string; noteKey: string; payload: string }[],
  now: number,
): Promise<void> {
  const rows = notes.map((note) => rowOf(note, note.noteKey, note.payload, now));
  await insertRows(trx, 'clv_outbox', COLUMNS, rows);
}

/** Puts these into the outbox, each in place of what stood there. */
export async function putOut(
  trx: Knex,
  letters: { connectionId: string; customerId: string; payload: string | null }[],
  now: number,
): Promise<void> {
  const rows = letters.map((letter) => rowOf(letter, '', letter.payload, now));
  await insertRows(trx, 'clv_outbox', COLUMNS, rows, { key: KEY, update: RENEWED });
}

/**
 * Puts into the outbox what CRMs do not have yet, and is not there already.
 *
 * @returns how many customers nothing changed of
 */
export async function writeOutbox(trx: Knex, wanted: Wanted[], now: number): Promise<number> {
  const customerIds = [...new Set(wanted.map(({ customerId }) => customerId))];
  const read = (table: string, column: string) =>
    trx(table)
      .whereIn('customer_id', customerIds)
      .select(...KEY, column);
  // The outbox first: what is delivered between the two questions is then seen twice, and not overlooked.
  const waiting = byKey(await read('clv_outbox', 'payload'), 'payload');
  const sent = byKey(await read('clv_sent', 'hash'), 'hash');

  const changed = wanted.filter((letter) => {
    const key = keyOf(letter);
    if (waiting.has(key)) return waiting.get(key) !== letter.payload;
    return (sent.get(key) ?? null) !== (letter.payload === null ? null : hashOf(letter.payload));
  });
  await putOut(trx, changed, now);

  const notes = wanted.flatMap((customer) =>
    [...customer.notes]
      .filter(([key]) => !sent.has(keyOf(customer, key)))
      .map(([key, note]) => rowOf(customer, key, note, now)),
  );
  await insertRows(trx, 'clv_outbox', COLUMNS, notes);
  const notesOf = (whom: Wanted[]) =>
    trx('clv_outbox')
      .whereIn(
        'customer_id',
        whom.map(({ customerId }) => customerId),
      )
      .whereNot({ note_key: '' });
  await notesOf(wanted.filter(({ mayHaveNotes }) => !mayHaveNotes))
    .whereNot('note_key', 'like', `${TRIGGER_NOTE}%`)
    .delete();
  await notesOf(wanted.filter(({ mayHaveTriggers }) => !mayHaveTriggers))
    .where('note_key', 'like', `${TRIGGER_NOTE}%`)
    .delete();
  return wanted.length - changed.length;
}

function byKey(rows: Record<string, string>[], column: string): Map<string, string | null> {
  return new Map(
    rows.map((row) => [
      keyOf({ connectionId: row.connection_id!, customerId: row.customer_id! }, row.note_key),
      row[column] ?? null,
    ]),
  );
}
