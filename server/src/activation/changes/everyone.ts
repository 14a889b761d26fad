import type { Knex } from 'knex';
import { dialectOf } from '../../storage/db';
import { noteForActivation } from '../../storage/person-changes';
import { keepFirst } from '../../storage/settings';

/** How far the marking of everyone is, as `clv_settings` keeps it. */
export interface Everyone {
  /** By which run they were marked last, and when that began. */
  runId: string | null;
  at: number;
  /** The person up to whom they are marked; null when all are. */
  after: string | null;
}

const SETTING = 'activation.changes';
const NOBODY: Everyone = { runId: null, at: 0, after: null };
/** Conditions on time, such as "ordered in the last 30 days", change by the clock alone. */
const AGAIN_MS = 24 * 3_600_000;
/** Persons marked in one go; they are dealt with before the next ones are marked, so that whoever changes meanwhile waits shortly. */
const AT_ONCE = 200;

/** The state without a lock. */
export async function readEveryone(knex: Knex): Promise<Everyone> {
  const row = await knex('clv_settings').where({ key: SETTING }).first('value');
  return JSON.parse(row?.value ?? (await keepFirst(knex, SETTING, JSON.stringify(NOBODY))));
}

/**
 * The state, locked until the transaction ends: whoever has it works, the other nodes do not.
 *
 * @param wait for the one who has it; else null is returned when there is one
 */
export async function lockEveryone(trx: Knex.Transaction, wait = false): Promise<Everyone | null> {
  const question = trx('clv_settings').where({ key: SETTING });
  // An SQLite database has one connection: the transaction alone is the lock.
  if (dialectOf(trx) !== 'sqlite') {
    question.forUpdate();
    if (!wait) question.skipLocked();
  }
  const row = await question.first('value');
  return row ? JSON.parse(row.value) : null;
}

export async function saveEveryone(trx: Knex.Transaction, state: Everyone): Promise<void> {
  await trx('clv_settings')
    .where({ key: SETTING })
    .update({ value: JSON.stringify(state) });
}

/** Whether everyone is to be marked from the beginning: another run was published, or a day has passed. */
export const isDue = ({ runId, at }: Everyone, latest: string | null, now: number): boolean =>
  latest !== null && (runId !== latest || now - at >= AGAIN_MS);

/** Marks the next persons, and goes on where it was broken off. Call it with the state locked. */
export async function markNext(
  trx: Knex.Transaction,
  state: Everyone,
  latest: string | null,
  now: number,
): Promise<void> {
  const from = isDue(state, latest, now) ? { runId: latest, at: now, after: '' } : state;
  if (from.after === null) return;
  const rows: { id: string; canonical_id: string }[] = await trx('clv_persons')
    .where('id', '>', from.after)
    .orderBy('id')
    .limit(AT_ONCE)
    .select('id', 'canonical_id');
  await noteForActivation(
    trx,
    rows.filter((row) => row.id === row.canonical_id).map(({ id }) => id),
  );
  await saveEveryone(trx, { ...from, after: rows.at(-1)?.id ?? null });
}
