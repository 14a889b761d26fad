import type { Knex } from 'knex';

/**
 * Some columns of all persons of a run, chunk by chunk along the key, so that no statement runs long.
 *
 * @param atOnce persons read by one statement
 */
export async function* walkPersons<Row extends object>(
  knex: Knex,
  runId: string,
  columns: (keyof Row & string)[],
  atOnce: number,
): AsyncGenerator<(Row & { person_id: string })[]> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_person_values')
      .where({ run_id: runId })
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(atOnce)
      .select('person_id', ...columns);
    if (rows.length === 0) return;
    after = rows.at(-1).person_id;
    yield rows;
  }
}
