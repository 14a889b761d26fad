import type { Knex } from 'knex';
import { literally } from '../../storage/like';
import type { CustomerRow, CustomersPage, Stage, ValueRun } from '../api-types';
import { minorDigits } from '../convert';
import { customerIds } from '../queries/customer-ids';
import { latestRun, latestRunId } from '../runs/latest';
import { columnOf, type PersonValueRow, toPersonRow } from '../runs/person-rows';
import { type CustomersQuery, MAY_BE_UNKNOWN, SORTS } from './query';

/** Rows of an export read by one statement. */
const AT_ONCE = 500;
/** Persons whose customer ids begin with what was searched for; more are not told apart by it. */
const MOST_FOUND = 1_000;

/** The rows of a run that match. */
function matching(knex: Knex, runId: string, { search, kind, tier, stage }: Partial<CustomersQuery>) {
  const rows = knex('clv_person_values').where({ run_id: runId });
  if (kind) rows.where({ kind });
  if (tier) rows.where({ tier });
  if (stage) rows.where({ stage });
  if (search) {
    const found = knex('clv_identities as i')
      .join('clv_persons as p', 'p.id', 'i.person_id')
      .where('i.namespace', 'customer')
      .whereRaw("i.value LIKE ? ESCAPE '!'", [`${literally(search)}%`])
      .limit(MOST_FOUND)
      .select('p.canonical_id');
    // Of its own, since MySQL takes no limit in a condition.
    rows.whereIn('person_id', knex.from(found.as('found')).select('canonical_id'));
  }
  return rows;
}

/** The customer ids of persons, merges followed. */
export async function customerIdsOf(knex: Knex, personIds: string[]): Promise<Map<string, string[]>> {
  const rows = await customerIds(knex)
    .whereIn('p.canonical_id', personIds)
    .orderBy('i.value')
    .select('p.canonical_id', 'i.value');
  const ids = new Map<string, string[]>();
  for (const { canonical_id, value } of rows)
    ids.set(canonical_id, [...(ids.get(canonical_id) ?? []), value]);
  return ids;
}

/** A person as screens show them: amounts in major units. */
export function toCustomerRow(row: PersonValueRow, customerIds: string[], currency: string): CustomerRow {
  const unit = 10 ** minorDigits(currency);
  return {
    ...row,
    customerIds,
    revenue: row.revenue / unit,
    historical: row.historical / unit,
    predicted: row.predicted === null ? null : row.predicted / unit,
    total: row.total / unit,
  };
}

/** Rows of a run, as the database gives them, as screens show them. */
export async function customerRows(
  knex: Knex,
  run: ValueRun,
  found: Record<string, string | number | null>[],
): Promise<CustomerRow[]> {
  const rows = found.map(toPersonRow);
  const ids = await customerIdsOf(
    knex,
    rows.map(({ personId }) => personId),
  );
  return rows.map((row) => toCustomerRow(row, ids.get(row.personId) ?? [], run.currency));
}

/** The person as the latest run, or what happened since, has it; null when nothing is known. */
export async function findCustomer(knex: Knex, run: ValueRun, personId: string): Promise<CustomerRow | null> {
  const found = await matching(knex, run.id, {}).where({ person_id: personId });
  return (await customerRows(knex, run, found))[0] ?? null;
}

/** One page of the list. */
export async function customersPage(knex: Knex, query: CustomersQuery): Promise<CustomersPage> {
  const run = await latestRun(knex);
  const { page, pageSize, sort } = query;
  if (!run) {
    const pagination = { page, pageSize, pageCount: 0, total: 0 };
    return { run, customers: [], pagination, facets: { tiers: [], stages: [] } };
  }
  const total = Number((await matching(knex, run.id, query).count({ n: '*' }).first())?.n ?? 0);
  const column = columnOf(SORTS[sort.by]);
  const rows = matching(knex, run.id, query);
  // What is not known comes last, whichever way; databases differ in that by themselves. No index has that order.
  if (MAY_BE_UNKNOWN.has(sort.by)) rows.orderByRaw('CASE WHEN ?? IS NULL THEN 1 ELSE 0 END', [column]);
  const found = await rows
    .orderBy([
      { column, order: sort.direction },
      { column: 'person_id', order: sort.direction },
    ])
    .offset((page - 1) * pageSize)
    .limit(pageSize);
  const facet = async (name: 'tier' | 'stage'): Promise<string[]> => {
    const rows = await matching(knex, run.id, {}).whereNotNull(name).distinct(name).orderBy(name);
    return rows.map((row) => row[name]);
  };
  return {
    run,
    customers: await customerRows(knex, run, found),
    pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total },
    facets: { tiers: await facet('tier'), stages: (await facet('stage')) as Stage[] },
  };
}

/**
 * Everyone who matches, chunk by chunk in the order of person ids, for the export. When another run is published meanwhile,
 * the rest is told by that one: the persons of the run before go then.
 */
export async function* allCustomers(knex: Knex, query: CustomersQuery): AsyncGenerator<CustomerRow[]> {
  let after = '';
  for (;;) {
    const run = await latestRun(knex);
    if (!run) return;
    const found = await matching(knex, run.id, query)
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(AT_ONCE);
    if ((await latestRunId(knex)) !== run.id) continue;
    if (found.length === 0) return;
    after = found.at(-1).person_id;
    yield customerRows(knex, run, found);
  }
}
