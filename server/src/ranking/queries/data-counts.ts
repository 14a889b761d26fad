import type { Knex } from 'knex';
import type { RankingPage } from '../api-types';

export type DataCounts = RankingPage['data'];

/** From here on a screen need not count to the unit; it takes what the last run counted. */
const ENOUGH = 1000;

async function atMost(knex: Knex, question: Knex.QueryBuilder): Promise<number> {
  const row = await knex.from(question.limit(ENOUGH).as('few')).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** What there is to rank, counted up to a thousand each: cheap whatever the size of the tables. */
export async function countUpToThousand(knex: Knex): Promise<DataCounts> {
  return {
    contents: await atMost(knex, knex('clv_contents').select('id')),
    touches: await atMost(knex, knex('clv_touches').select('message_id')),
    identifiedVisitors: await atMost(knex, knex('clv_visitor_links').distinct('visitor_key')),
    customers: await atMost(knex, knex('clv_customers').select('customer_id')),
    orders: await atMost(knex, knex('clv_orders').select('order_id')),
  };
}

/** The same to the unit, by counting everything: for the worker thread only. */
export async function countAll(knex: Knex): Promise<DataCounts> {
  const all = async (table: string) => Number((await knex(table).count({ n: '*' }).first())?.n ?? 0);
  const visitors = await knex('clv_visitor_links').countDistinct({ n: 'visitor_key' }).first();
  return {
    contents: await all('clv_contents'),
    touches: await all('clv_touches'),
    identifiedVisitors: Number(visitors?.n ?? 0),
    customers: await all('clv_customers'),
    orders: await all('clv_orders'),
  };
}
