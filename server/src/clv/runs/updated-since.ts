import type { Knex } from 'knex';

/** Rows looked at by one statement. */
const AT_ONCE = 1_000;

/** The persons of a run whose rows were written at or after a time, on whatever node; walks along the key. */
export async function* updatedSince(knex: Knex, runId: string, since: number): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_person_values')
      .where({ run_id: runId })
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(AT_ONCE)
      .select('person_id', 'updated_at');
    if (rows.length === 0) return;
    after = rows.at(-1).person_id;
    // PostgreSQL and MySQL give bigints as text.
    yield rows.filter((row) => Number(row.updated_at) >= since).map((row) => row.person_id);
  }
}
