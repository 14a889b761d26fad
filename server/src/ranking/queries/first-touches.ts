import type { Knex } from 'knex';
import { type PersonRange, personTouches } from './person-touches';

/** When a person first touched an item: the heavy question of a run, which turns touches into exposures. */
export interface FirstTouch {
  person: number;
  content_id: number;
  /** PostgreSQL and MySQL return big integers as strings. */
  first_at: number | string;
}

export async function firstTouches(knex: Knex, range: PersonRange): Promise<FirstTouch[]> {
  return personTouches(knex, range)
    .groupBy('l.person', 't.content_id')
    .select('l.person', 't.content_id', knex.raw('MIN(t.occurred_at) AS first_at'));
}
