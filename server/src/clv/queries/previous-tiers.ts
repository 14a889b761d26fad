import type { Knex } from 'knex';

/** Persons read by one statement. */
const CHUNK = 10_000;

/** The latest published run of the value engine, and the tier it has each person in; null before the first. */
export async function previousTiers(knex: Knex): Promise<{ at: number; tiers: Map<string, string> } | null> {
  const run = await knex('clv_value_runs')
    .whereNotNull('published_at')
    .orderBy('published_at', 'desc')
    .first('id', 'created_at');
  if (!run) return null;
  const tiers = new Map<string, string>();
  let after = '';
  for (;;) {
    const rows = await knex('clv_person_values')
      .where('run_id', run.id)
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(CHUNK)
      .select('person_id', 'tier');
    if (rows.length === 0) return { at: Number(run.created_at), tiers };
    for (const { person_id, tier } of rows) if (tier !== null) tiers.set(person_id, tier);
    after = rows.at(-1).person_id;
  }
}
