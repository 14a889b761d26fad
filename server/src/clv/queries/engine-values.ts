import type { Knex } from 'knex';
import { latestRunId } from '../runs/latest';

/** Persons read by one statement. */
const CHUNK = 10_000;

/** What each person is worth by the last run of the value engine, in minor units of the report's currency, chunk by chunk. */
export async function* engineValues(
  knex: Knex,
  column: 'predicted' | 'total',
): AsyncGenerator<{ personId: string; worth: number }[]> {
  const run = await latestRunId(knex);
  let after = '';
  for (;;) {
    const rows = await knex('clv_person_values')
      .where('run_id', run ?? '')
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(CHUNK)
      .select('person_id', `${column} as worth`);
    if (rows.length === 0) return;
    yield rows.map((row) => ({ personId: row.person_id, worth: Number(row.worth ?? 0) }));
    after = rows.at(-1).person_id;
  }
}
