import type { Knex } from 'knex';
import { latestRunId } from '../runs/latest';
import { walkPersons } from '../runs/walk-persons';

/** Persons read by one statement. */
const CHUNK = 10_000;

/** What each person is worth by the last run of the value engine, in minor units of the report's currency, chunk by chunk. */
export async function* engineValues(
  knex: Knex,
  column: 'predicted' | 'total',
): AsyncGenerator<{ personId: string; worth: number }[]> {
  const run = await latestRunId(knex);
  if (run === null) return;
  type Row = Record<typeof column, number | string | null>;
  for await (const rows of walkPersons<Row>(knex, run, [column], CHUNK)) {
    yield rows.map((row) => ({ personId: row.person_id, worth: Number(row[column] ?? 0) }));
  }
}
