import type { Knex } from 'knex';
import { type PersonRange, personTouches } from './person-touches';

export interface ItemTouch {
  person: number;
  /** PostgreSQL and MySQL return big integers as strings. */
  occurred_at: number | string;
  seconds: number;
  /** 0 to 100 */
  depth: number;
}

/** The touches of one item by some persons. */
export async function itemTouches(knex: Knex, range: PersonRange, contentId: number): Promise<ItemTouch[]> {
  return personTouches(knex, range)
    .where('t.content_id', contentId)
    .select('l.person', 't.occurred_at', 't.seconds', 't.depth');
}
