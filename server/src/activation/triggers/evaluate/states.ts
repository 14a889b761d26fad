import type { Knex } from 'knex';
import { type Column, insertRows } from '../../../storage/insert-rows';

/** Where somebody stood on one subject of a trigger, as the table has it. */
export interface State {
  triggerId: string;
  personId: string;
  subject: string;
  side: string;
  dueAt: number | null;
  firedAt: number | null;
  updatedAt: number;
}

const KEY = ['trigger_id', 'person_id', 'subject'];
const COLUMNS: Column[] = [
  { name: 'trigger_id', type: 'text' },
  { name: 'person_id', type: 'text' },
  { name: 'subject', type: 'text' },
  { name: 'side', type: 'text' },
  { name: 'due_at', type: 'bigint' },
  { name: 'fired_at', type: 'bigint' },
  { name: 'updated_at', type: 'bigint' },
];
/** Pairs named by one statement. */
const AT_ONCE = 200;

const numberOrNull = (value: unknown) => (value === null ? null : Number(value));

/** The states of these triggers and persons, whatever ids the persons had. */
export async function readStates(trx: Knex, triggerIds: string[], personIds: string[]): Promise<State[]> {
  const rows = await trx('clv_trigger_states')
    .whereIn('person_id', personIds)
    .whereIn('trigger_id', triggerIds)
    .select(KEY.concat('side', 'due_at', 'fired_at', 'updated_at'));
  return rows.map((row) => ({
    triggerId: row.trigger_id,
    personId: row.person_id,
    subject: row.subject,
    side: row.side,
    dueAt: numberOrNull(row.due_at),
    firedAt: numberOrNull(row.fired_at),
    updatedAt: Number(row.updated_at),
  }));
}

export async function writeStates(trx: Knex, states: State[]): Promise<void> {
  const rows = states.map((state) => [
    state.triggerId,
    state.personId,
    state.subject,
    state.side,
    state.dueAt,
    state.firedAt,
    state.updatedAt,
  ]);
  await insertRows(trx, 'clv_trigger_states', COLUMNS, rows, {
    key: KEY,
    update: ['side', 'due_at', 'fired_at', 'updated_at'],
  });
}

export async function deleteStates(trx: Knex, states: State[]): Promise<void> {
  for (let from = 0; from < states.length; from += AT_ONCE) {
    const keys = states.slice(from, from + AT_ONCE).map((s) => [s.triggerId, s.personId, s.subject]);
    await trx('clv_trigger_states').whereIn(KEY, keys).delete();
  }
}

/** The furthest a side can be: of two persons who became one, what was told of either is told. */
const rank = (side: string): number =>
  /^\d+$/.test(side)
    ? Number(side)
    : side === 'near' || side === 'waiting'
      ? 98
      : side === '-' || side === 'out'
        ? 99
        : 0;

/**
 * What is kept of one person on one subject, where they had several ids before they were merged: the furthest side.
 *
 * @param sideOf the side alone; null when it does not count
 */
export function furthest(states: State[], sideOf: (stored: string) => string | null): State {
  const rankOf = ({ side }: State) => {
    const alone = sideOf(side);
    return alone === null ? 100 : rank(alone);
  };
  return states.reduce((best, state) => (rankOf(state) < rankOf(best) ? state : best));
}
