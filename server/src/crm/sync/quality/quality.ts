import type { Knex } from 'knex';
import type { Quality, QualityKey } from '../api-types';

type Check = Quality['checks'][number];

const EXAMPLES = 5;

/** Counts what is wrong, and names some of it by a column. @param prefix what our keys begin with, and the CRM's ids do not */
async function checked(
  key: QualityKey,
  of: number,
  rows: Knex.QueryBuilder,
  named: string,
  prefix = '',
): Promise<Check> {
  const count = await distinctIn(rows, named);
  const found: string[] =
    count === 0 ? [] : await rows.clone().distinct(named).orderBy(named).limit(EXAMPLES).pluck(named);
  return { key, count, of, examples: found.map((id) => id.slice(prefix.length)) };
}

async function distinctIn(rows: Knex.QueryBuilder, column: string): Promise<number> {
  const [{ n }] = await rows.clone().countDistinct({ n: column });
  return Number(n);
}

/** By which column problems are counted; the rest are others. */
const FIELDS: Partial<Record<QualityKey, string[]>> = {
  missingAmounts: ['amount', 'mrr'],
  impossibleDates: ['ordered_at', 'started_at', 'ended_at', 'acquired_at', 'deal_created_at'],
  unknownCurrencies: ['currency'],
};

/** What is wrong with the data that one connection brought. @param prefix of its ids */
export async function qualityOf(knex: Knex, connectionId: string, prefix: string): Promise<Quality> {
  const one = knex.raw('1');
  const links = () => knex('clv_crm_records as r').where({ 'r.connection_id': connectionId });
  const live = (kind: string) => links().where({ 'r.kind': kind }).whereNull('r.gone_at');
  const problems = () => knex('clv_crm_problems as p').where({ 'p.connection_id': connectionId });

  const unmatched = live('orders')
    .join('clv_orders as o', 'o.order_id', 'r.row_key')
    .whereNotExists(knex.select(one).from('clv_customers as c').whereRaw('c.customer_id = o.customer_id'));
  const known = () => live('customers').join('clv_customers as c', 'c.customer_id', 'r.row_key');
  const duplicates = known().whereExists(
    knex
      .select(one)
      .from('clv_customers as other')
      .whereRaw('other.email_hash = c.email_hash AND other.customer_id <> c.customer_id'),
  );
  const others = problems().where((other) =>
    other.whereNull('p.field').orWhereNotIn('p.field', Object.values(FIELDS).flat()),
  );

  const customers = await distinctIn(live('customers'), 'r.row_key');
  const orders = await distinctIn(live('orders'), 'r.row_key');
  const gone = links().whereNotNull('r.gone_at');
  const ever = await distinctIn(links(), 'r.record_id');
  const records = ever + (await distinctIn(problems(), 'p.record_id'));
  const checks = [
    await checked('unmatched', orders, unmatched, 'r.row_key', prefix),
    await checked('withoutEmail', customers, known().whereNull('c.email_hash'), 'r.row_key', prefix),
    await checked('duplicates', customers, duplicates, 'r.row_key', prefix),
  ];
  for (const [key, fields] of Object.entries(FIELDS) as [QualityKey, string[]][]) {
    checks.push(await checked(key, records, problems().whereIn('p.field', fields), 'p.record_id'));
  }
  checks.push(await checked('otherProblems', records, others, 'p.record_id'));
  checks.push(await checked('gone', ever, gone, 'r.record_id'));
  return { customers, orders, checks };
}
