import type { Knex } from 'knex';

/*
 * Left alone, SQLite would take the tables in an order that reads all of them; a cross join keeps the one written here, and
 * elsewhere is a join like any other. Asked about everyone, what narrows comes first; asked about a few, they do.
 */

const OWNERS = "i.person_id = p.id AND i.namespace = 'customer'";

/** The persons, merges followed, with their customer records as `c`, to be narrowed by these. */
export function customersWith(knex: Knex, among?: readonly string[]): Knex.QueryBuilder {
  if (!among) {
    return knex('clv_customers as c')
      .crossJoin(knex.raw('clv_identities AS i'))
      .crossJoin(knex.raw('clv_persons AS p'))
      .whereRaw(`i.value = c.customer_id AND ${OWNERS}`)
      .select('p.canonical_id');
  }
  return knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .crossJoin(knex.raw('clv_customers AS c'))
    .whereRaw(`${OWNERS} AND c.customer_id = i.value`)
    .whereIn('p.canonical_id', among)
    .select('p.canonical_id');
}

/** The persons, merges followed, who paid for something of these product lines. */
export function ordersOf(knex: Knex, lines: string[], among?: readonly string[]): Knex.QueryBuilder {
  const paid = "o.status = 'paid' AND o.amount >= 0";
  const question = among
    ? knex('clv_persons as p')
        .crossJoin(knex.raw('clv_identities AS i'))
        .crossJoin(knex.raw('clv_orders AS o'))
        .whereIn('p.canonical_id', among)
    : knex('clv_orders as o')
        .crossJoin(knex.raw('clv_identities AS i'))
        .crossJoin(knex.raw('clv_persons AS p'));
  return question
    .whereRaw(`o.customer_id = i.value AND ${OWNERS} AND ${paid}`)
    .whereIn('o.product_line', lines)
    .select('p.canonical_id');
}
