import type { Knex } from 'knex';
import { converter, type Rates } from '../convert';
import { latestRun } from '../runs/latest';
import { walkPersons } from '../runs/walk-persons';

/** Persons read by one statement. */
const CHUNK = 10_000;

/**
 * What each person is worth by the last run of the value engine, in minor units of the report's currency, chunk by chunk.
 * A run of before the report had this currency is converted by the rate of today.
 *
 * @throws when that has no rate, naming the setting to add
 */
export async function* engineValues(
  knex: Knex,
  column: 'predicted' | 'total',
  rates: Rates,
): AsyncGenerator<{ personId: string; worth: number }[]> {
  const run = await latestRun(knex);
  if (run === null) return;
  const convert = converter(rates);
  type Row = Record<typeof column, number | string | null>;
  for await (const rows of walkPersons<Row>(knex, run.id, [column], CHUNK)) {
    yield rows.map((row) => ({
      personId: row.person_id,
      worth: convert(Number(row[column] ?? 0), run.currency),
    }));
  }
}
