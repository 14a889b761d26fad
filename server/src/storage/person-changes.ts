import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { insertRows } from './insert-rows';

const COLUMNS = [
  { name: 'person_id', type: 'text' as const },
  { name: 'change_id', type: 'text' as const },
];

/** Whether a CRM is told of persons at all. */
async function anybodyIsTold(knex: Knex): Promise<boolean> {
  const settings: string[] = await knex('clv_connections').pluck('push');
  return settings.some((push) => JSON.parse(push).enabled === true);
}

/** Whether segments or triggers go by what persons do. */
export async function anythingGoesByThem(knex: Knex): Promise<boolean> {
  if (await knex('clv_segments').where({ membership: 'live' }).first('id')) return true;
  return Boolean(await knex('clv_triggers').where({ enabled: true }).first('id'));
}

/**
 * Marks persons as changed, for the CRMs that are told of them, and for segments and triggers; nothing is written while there
 * is none. Call it in the transaction that stores the change, so that a crash loses neither or both.
 *
 * @param personIds as `clv_persons.canonical_id` has them
 */
export async function noteChanged(trx: Knex, personIds: readonly string[]): Promise<void> {
  await noteForCrms(trx, personIds);
  await noteForActivation(trx, personIds);
}

/** The same for CRMs alone: of what they are told, something changed that segments and triggers do not look at. */
export async function noteForCrms(trx: Knex, personIds: readonly string[]): Promise<void> {
  if (personIds.length > 0 && (await anybodyIsTold(trx))) await mark(trx, 'clv_person_changes', personIds);
}

/** The same for segments and triggers alone. */
export async function noteForActivation(trx: Knex, personIds: readonly string[]): Promise<void> {
  if (personIds.length > 0 && (await anythingGoesByThem(trx))) {
    await mark(trx, 'clv_activation_changes', personIds);
  }
}

async function mark(trx: Knex, table: string, personIds: readonly string[]): Promise<void> {
  const changeId = uuidv7();
  // In one order, so that two transactions never wait for each other.
  const rows = [...new Set(personIds)].sort().map((personId) => [personId, changeId]);
  await insertRows(trx, table, COLUMNS, rows, { key: 'person_id', update: ['change_id'] });
}

/** The same, by a browser of the persons. */
export async function noteVisitorChanged(trx: Knex, visitorKey: string): Promise<void> {
  const personIds = await trx('clv_visitor_links as l')
    .join('clv_persons as p', 'p.id', 'l.person_id')
    .where('l.visitor_key', visitorKey)
    .distinct()
    .pluck('p.canonical_id');
  await noteChanged(trx, personIds);
}

/** The same, by the customer ids of the persons. @param note `noteForCrms` where it is about CRMs alone */
export async function noteCustomersChanged(
  trx: Knex,
  customerIds: readonly string[],
  note = noteChanged,
): Promise<void> {
  if (customerIds.length === 0) return;
  const personIds = await trx('clv_identities as i')
    .join('clv_persons as p', 'p.id', 'i.person_id')
    .where('i.namespace', 'customer')
    .whereIn('i.value', customerIds)
    .distinct()
    .pluck('p.canonical_id');
  await note(trx, personIds);
}
