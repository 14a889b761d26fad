import type { Knex } from 'knex';
import { type PersonRange, within } from '../../../clv/queries/person-range';

/*
 * Left alone, SQLite would take the tables in an order that reads all of them; a cross join keeps the one written here, and
 * elsewhere is a join like any other.
 */

const OWNERS = "i.person_id = p.id AND i.namespace = 'customer'";

/** The persons, merges followed, with their customer records as `c`, to be narrowed by these. */
export function customersWith(knex: Knex, among: PersonRange): Knex.QueryBuilder {
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .crossJoin(knex.raw('clv_customers AS c'))
    .whereRaw(`${OWNERS} AND c.customer_id = i.value`)
    .select('p.canonical_id');
  return within(question, among);
}

/** The persons, merges followed, who paid for something of these product lines. */
export function ordersOf(knex: Knex, lines: string[], among: PersonRange): Knex.QueryBuilder {
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .crossJoin(knex.raw('clv_orders AS o'))
    .whereRaw(`${OWNERS} AND o.customer_id = i.value AND o.status = 'paid' AND o.amount >= 0`)
    .whereIn('o.product_line', lines)
    .select('p.canonical_id');
  return within(question, among);
}
