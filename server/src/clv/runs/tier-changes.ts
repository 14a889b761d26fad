import type { Knex } from 'knex';

/** Somebody who is in another tier than in the run before. */
export interface TierChange {
  personId: string;
  from: string;
  to: string;
}

const AT_ONCE = 500;

/** Everyone whose tier a run changed, chunk by chunk. */
export async function* tierChanges(knex: Knex, runId: string): AsyncGenerator<TierChange[]> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_person_values')
      .where({ run_id: runId })
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(AT_ONCE)
      .select('person_id', 'tier', 'previous_tier');
    if (rows.length === 0) return;
    after = rows.at(-1).person_id;
    yield rows
      .filter((row) => row.previous_tier && row.tier && row.previous_tier !== row.tier)
      .map((row) => ({ personId: row.person_id, from: row.previous_tier, to: row.tier }));
  }
}
