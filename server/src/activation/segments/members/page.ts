import type { Knex } from 'knex';
import type { CustomerRow } from '../../../clv/api-types';
import { customerRows } from '../../../clv/customers/find';
import { latestRun, latestRunId } from '../../../clv/runs/latest';
import type { SegmentMembers } from '../api-types';
import { memberRows } from './memberships';
import { nextMembers } from './walk';

/** Rows of an export read by one statement. */
const AT_ONCE = 500;

/** One page of the members, most valuable first. */
export async function membersPage(
  knex: Knex,
  segmentId: string,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<SegmentMembers> {
  const run = await latestRun(knex);
  if (!run) return { members: [], currency: '', pagination: { page, pageSize, pageCount: 0, total: 0 } };
  const total = Number((await memberRows(knex, run.id, segmentId).count({ n: '*' }).first())?.n ?? 0);
  const rows = await memberRows(knex, run.id, segmentId)
    .orderBy([
      { column: 'v.total', order: 'desc' },
      { column: 'v.person_id', order: 'desc' },
    ])
    .offset((page - 1) * pageSize)
    .limit(pageSize)
    .select('v.*');
  return {
    members: await customerRows(knex, run, rows),
    currency: run.currency,
    pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total },
  };
}

export type MemberRow = CustomerRow & { since: number };

/** Every member of whom a run knows something, chunk by chunk, for the export; by whichever run is the latest then. */
export async function* allMembers(knex: Knex, segmentId: string): AsyncGenerator<MemberRow[]> {
  for (let after: string | null = ''; after !== null; ) {
    const run = await latestRun(knex);
    if (!run) return;
    const { members, next } = await nextMembers(knex, segmentId, after, AT_ONCE);
    const since = new Map(members.map((member) => [member.personId, member.since]));
    const found = await knex('clv_person_values')
      .where({ run_id: run.id })
      .whereIn('person_id', [...since.keys()])
      .orderBy('person_id');
    // The persons of the run before go when another one is published.
    if ((await latestRunId(knex)) !== run.id) continue;
    const rows = await customerRows(knex, run, found);
    yield rows.map((row) => ({ ...row, since: since.get(row.personId)! }));
    after = next;
  }
}
