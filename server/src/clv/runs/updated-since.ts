import type { Knex } from 'knex';
import { walkPersons } from './walk-persons';

/** Rows looked at by one statement. */
const AT_ONCE = 1_000;

/** The persons of a run whose rows were written at or after a time, on whatever node. */
export async function* updatedSince(knex: Knex, runId: string, since: number): AsyncGenerator<string[]> {
  // PostgreSQL and MySQL give bigints as text.
  type Row = { updated_at: number | string };
  for await (const rows of walkPersons<Row>(knex, runId, ['updated_at'], AT_ONCE)) {
    yield rows.filter((row) => Number(row.updated_at) >= since).map((row) => row.person_id);
  }
}
