import type { Knex } from 'knex';

/**
 * The customer ids of persons, merges followed: a question with the persons as `p` and the ids as `i`, to be narrowed by
 * `p.canonical_id`. Left alone, SQLite would go through all customer ids of all persons; a cross join keeps this order of
 * tables there, and elsewhere is a join like any other.
 */
export const customerIds = (knex: Knex): Knex.QueryBuilder =>
  knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .whereRaw("i.person_id = p.id AND i.namespace = 'customer'");
