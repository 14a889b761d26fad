import type { Knex } from 'knex';
import { type Column, insertRows } from '../../../storage/insert-rows';
import type { NewAssignment, StoredAssignment } from '../types';

const COLUMNS: Column[] = [
  { name: 'experiment_id', type: 'text' },
  { name: 'unit_kind', type: 'text' },
  { name: 'unit_id', type: 'text' },
  { name: 'arm', type: 'text' },
  { name: 'assigned_at', type: 'bigint' },
];

/**
 * Keeps first meetings; a unit that met the experiment already keeps its first arm.
 *
 * @returns how many were new
 */
export async function recordAssignments(trx: Knex, rows: readonly NewAssignment[]): Promise<number> {
  // In one order, so that two transactions never wait for each other.
  const values = rows
    .map((row) => [row.experimentId, row.unitKind, row.unitId, row.arm, row.assignedAt])
    .sort(([, , a], [, , b]) => (a! < b! ? -1 : 1));
  return insertRows(trx, 'clv_assignments', COLUMNS, values);
}

const assignmentOf = (row: Record<string, unknown>): StoredAssignment => ({
  experimentId: row.experiment_id as string,
  unitKind: row.unit_kind as StoredAssignment['unitKind'],
  unitId: row.unit_id as string,
  arm: row.arm as string,
  assignedAt: Number(row.assigned_at),
});

/** Every id that this person had before they were merged, theirs included. */
const idsOf = (knex: Knex, personId: string) =>
  knex('clv_persons').where({ canonical_id: personId }).select('id');

/**
 * What somebody met, by all their ids and browsers (each while it was theirs), the earliest first; of a visitor whom
 * nobody knows, by the browsers named. Browsers named beside a person count too, so long as they are nobody else's.
 *
 * @param personId `clv_persons.canonical_id`
 */
export async function assignmentsOf(
  knex: Knex,
  personId: string | null,
  visitorKeys: readonly string[],
): Promise<StoredAssignment[]> {
  const found: Record<string, unknown>[] = [];
  const visitors = () => knex('clv_assignments as a').where('a.unit_kind', 'visitor').select('a.*');
  if (personId !== null) {
    const own = knex('clv_assignments')
      .where('unit_kind', 'person')
      .where((ids) => ids.where('unit_id', personId).orWhereIn('unit_id', idsOf(knex, personId)));
    const linked = visitors()
      .join('clv_visitor_links as l', 'l.visitor_key', 'a.unit_id')
      .whereIn('l.person_id', idsOf(knex, personId))
      .whereRaw('l.valid_from <= a.assigned_at AND a.assigned_at < l.valid_to');
    found.push(...(await own), ...(await linked));
  }
  if (visitorKeys.length > 0) {
    const named = visitors().whereIn('a.unit_id', visitorKeys);
    if (personId !== null) {
      const links = knex('clv_visitor_links as l').whereRaw('l.visitor_key = a.unit_id');
      named.whereNotExists(links);
    }
    found.push(...(await named));
  }
  return found.map(assignmentOf).sort((a, b) => a.assignedAt - b.assignedAt);
}

/** By which arm each of these persons has met an experiment so far, by themselves or by a browser of theirs. */
export async function armsMet(
  trx: Knex,
  experimentId: string,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const asPersons = trx('clv_assignments as a')
    .join('clv_persons as p', 'p.id', 'a.unit_id')
    .where({ 'a.experiment_id': experimentId, 'a.unit_kind': 'person' })
    .whereIn('p.canonical_id', personIds)
    .select('p.canonical_id as person_id', 'a.arm', 'a.assigned_at');
  const asVisitors = trx('clv_assignments as a')
    .join('clv_visitor_links as l', 'l.visitor_key', 'a.unit_id')
    .join('clv_persons as p', 'p.id', 'l.person_id')
    .where({ 'a.experiment_id': experimentId, 'a.unit_kind': 'visitor' })
    .whereRaw('l.valid_from <= a.assigned_at AND a.assigned_at < l.valid_to')
    .whereIn('p.canonical_id', personIds)
    .select('p.canonical_id as person_id', 'a.arm', 'a.assigned_at');
  const rows = [...(await asPersons), ...(await asVisitors)];
  rows.sort((a, b) => Number(b.assigned_at) - Number(a.assigned_at));
  return new Map(rows.map((row) => [row.person_id, row.arm]));
}
