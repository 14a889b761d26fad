import type { Knex } from 'knex';
import { LINKS, MEMBERS } from './temporary-tables';

/** What the readers of one item add up to, within one scope and one bin of values. */
export interface ExposureSums {
  scope: number;
  contentId: number;
  bin: number;
  /** Persons who first touched it before their landmark, and the sums over them. */
  exposed: number;
  rankSum: number;
  deviationSum: number;
  deviationSquares: number;
  /** Persons who touched it ever, and those of them who had ordered before they did. */
  readers: number;
  readersAlreadyCustomers: number;
}

/**
 * The heavy question of a ranking: the touches of the persons `from <= person < to` become exposures (person, item, first
 * touch), and these are summed by scope, item and bin. A touch belongs to the person whose browser it was at that time.
 */
export async function exposureSums(
  knex: Knex,
  { from, to, until }: { from: number; to: number; until: number },
): Promise<ExposureSums[]> {
  // CROSS JOIN: SQLite then reads the links first and seeks the touches by their index.
  const exposures = knex
    .from(`${LINKS} as l`)
    .joinRaw('CROSS JOIN clv_touches t')
    .whereRaw('l.person >= ? AND l.person < ?', [from, to])
    .whereRaw(
      't.visitor_key = l.visitor_key AND t.occurred_at >= l.valid_from AND t.occurred_at < l.valid_to',
    )
    .where('t.occurred_at', '<', until)
    .groupBy('l.person', 't.content_id')
    .select('l.person', 't.content_id', knex.raw('MIN(t.occurred_at) AS first_at'));
  const before = (what: string) => `SUM(CASE WHEN e.first_at < m.landmark_at THEN ${what} ELSE 0 END)`;
  const rows = await knex
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
  return rows.map((row) => ({
    scope: Number(row.scope),
    contentId: Number(row.content_id),
    bin: Number(row.bin),
    exposed: Number(row.exposed),
    rankSum: Number(row.rank_sum),
    deviationSum: Number(row.deviation_sum),
    deviationSquares: Number(row.deviation_squares),
    readers: Number(row.readers),
    readersAlreadyCustomers: Number(row.already_customers),
  }));
}
