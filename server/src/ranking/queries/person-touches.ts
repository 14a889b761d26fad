import type { Knex } from 'knex';
import { LINKS } from './links-table';

/** Persons `from <= person < to`, and their touches before a moment. */
export interface PersonRange {
  from: number;
  to: number;
  until: number;
}

/** The touches `t` of some persons, `l.person`: each belongs to the person whose browser it was at that time. */
export function personTouches(knex: Knex, { from, to, until }: PersonRange): Knex.QueryBuilder {
  // One index holds all that is asked of touches, visitor by visitor. CROSS JOIN has SQLite read the links first and seek
  // by it; `+ 0` keeps PostgreSQL from pricing the times as a search in it, which drives it to read the whole table.
  return knex
    .from(`${LINKS} as l`)
    .joinRaw('CROSS JOIN clv_touches t')
    .whereRaw('l.person >= ? AND l.person < ?', [from, to])
    .whereRaw('t.visitor_key = l.visitor_key')
    .whereRaw('t.occurred_at + 0 >= l.valid_from AND t.occurred_at + 0 < l.valid_to')
    .whereRaw('t.occurred_at + 0 < ?', [until]);
}
