import type { Knex } from 'knex';
import { LINKS } from './temporary-tables';

/** When each of the persons `from <= person < to` was first seen, up to a moment; those never seen are left out. */
export async function firstTouches(
  knex: Knex,
  { from, to, until }: { from: number; to: number; until: number },
): Promise<{ person: number; firstAt: number }[]> {
  // CROSS JOIN: SQLite then reads the links first and seeks the touches by their index.
  const rows = await knex
    .from(`${LINKS} as l`)
    .joinRaw('CROSS JOIN clv_touches t')
    .whereRaw('l.person >= ? AND l.person < ?', [from, to])
    .whereRaw(
      't.visitor_key = l.visitor_key AND t.occurred_at >= l.valid_from AND t.occurred_at < l.valid_to',
    )
    .where('t.occurred_at', '<', until)
    .groupBy('l.person')
    .select('l.person', knex.raw('MIN(t.occurred_at) AS first_at'));
  return rows.map((row) => ({ person: Number(row.person), firstAt: Number(row.first_at) }));
}
