import type { Knex } from 'knex';
import { type PersonRange, personTouches } from './person-touches';
import { MEMBERS } from './temporary-tables';

/** PostgreSQL and MySQL return sums of integers as strings. */
type Sum = number | string;

/** What the readers of one item add up to, within one scope and one bin of values. */
export interface ExposureSums {
  scope: number;
  content_id: number;
  bin: number;
  /** Persons who first touched it before their landmark, and the sums over them. */
  exposed: Sum;
  rank_sum: Sum;
  deviation_sum: Sum;
  deviation_squares: Sum;
  /** Persons who touched it ever, and those of them who had ordered before they did. */
  readers: Sum;
  already_customers: Sum;
}

/**
 * The heavy question of a ranking: the touches of some persons become exposures (person, item, first touch), and these
 * are summed by scope, item and bin.
 */
export async function exposureSums(knex: Knex, range: PersonRange): Promise<ExposureSums[]> {
  const exposures = personTouches(knex, range)
    .groupBy('l.person', 't.content_id')
    .select('l.person', 't.content_id', knex.raw('MIN(t.occurred_at) AS first_at'));
  const before = (what: string) => `SUM(CASE WHEN e.first_at < m.landmark_at THEN ${what} ELSE 0 END)`;
  return knex
    .from(exposures.as('e'))
    .join(`${MEMBERS} as m`, 'm.person', 'e.person')
    .groupBy('m.scope', 'e.content_id', 'm.bin')
    .select(
      'm.scope',
      'e.content_id',
      'm.bin',
      knex.raw(`${before('1')} AS exposed`),
      knex.raw(`${before('m.mid_rank')} AS rank_sum`),
      knex.raw(`${before('m.deviation')} AS deviation_sum`),
      knex.raw(`${before('m.deviation * m.deviation')} AS deviation_squares`),
      knex.raw('COUNT(*) AS readers'),
      knex.raw('SUM(CASE WHEN e.first_at >= m.first_order_at THEN 1 ELSE 0 END) AS already_customers'),
    );
}
