import type { Knex } from 'knex';
import { type PersonRange, personTouches } from './person-touches';

/** When each person was first seen; those never seen are left out. */
export async function firstTouches(
  knex: Knex,
  range: PersonRange,
): Promise<{ person: number; firstAt: number }[]> {
  const rows: { person: number; first_at: number | string }[] = await personTouches(knex, range)
    .groupBy('l.person')
    .select('l.person', knex.raw('MIN(t.occurred_at) AS first_at'));
  return rows.map((row) => ({ person: row.person, firstAt: Number(row.first_at) }));
}
