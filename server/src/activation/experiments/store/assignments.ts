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

/**
 * What persons met themselves, by all the ids that they had before they were merged. The order of tables is told, so that
 * SQLite begins with the persons and not with everyone who met anything.
 */
const metByPersons = (knex: Knex, personIds: readonly string[]): Knex.QueryBuilder =>
  knex('clv_persons as p')
    .crossJoin(knex.raw('clv_assignments AS a'))
    .whereIn('p.canonical_id', personIds)
    .whereRaw("a.unit_kind = 'person' AND a.unit_id = p.id");

/** What browsers of theirs met while they were theirs. */
const metByTheirBrowsers = (knex: Knex, personIds: readonly string[]): Knex.QueryBuilder =>
  knex('clv_persons as p')
    .crossJoin(knex.raw('clv_visitor_links AS l'))
    .crossJoin(knex.raw('clv_assignments AS a'))
    .whereIn('p.canonical_id', personIds)
    .whereRaw("l.person_id = p.id AND a.unit_kind = 'visitor' AND a.unit_id = l.visitor_key")
    .whereRaw('l.valid_from <= a.assigned_at AND a.assigned_at < l.valid_to');

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
  const questions: Knex.QueryBuilder[] = [];
  if (personId !== null) {
    questions.push(metByPersons(knex, [personId]), metByTheirBrowsers(knex, [personId]));
  }
  if (visitorKeys.length > 0) {
    const named = knex('clv_assignments as a')
      .where('a.unit_kind', 'visitor')
      .whereIn('a.unit_id', visitorKeys);
    if (personId !== null) {
      const links = knex('clv_visitor_links as l').whereRaw('l.visitor_key = a.unit_id');
      named.whereNotExists(links);
    }
    questions.push(named);
  }
  const [first, ...others] = questions.map((question) => question.select('a.*'));
  const rows: Record<string, unknown>[] = first ? await first.unionAll(others) : [];
  return rows.map(assignmentOf).sort((a, b) => a.assignedAt - b.assignedAt);
}

/** By which arm each of these persons has met an experiment so far, by themselves or by a browser of theirs. */
export async function armsMet(
  trx: Knex,
  experimentId: string,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const rows: { person_id: string; arm: string; assigned_at: number | string }[] = await metByPersons(
    trx,
    personIds,
  )
    .where('a.experiment_id', experimentId)
    .select('p.canonical_id as person_id', 'a.arm', 'a.assigned_at')
    .unionAll(
      metByTheirBrowsers(trx, personIds)
        .where('a.experiment_id', experimentId)
        .select('p.canonical_id as person_id', 'a.arm', 'a.assigned_at'),
    );
  rows.sort((a, b) => Number(b.assigned_at) - Number(a.assigned_at));
  return new Map(rows.map((row) => [row.person_id, row.arm]));
}
