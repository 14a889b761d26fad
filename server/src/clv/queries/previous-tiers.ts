import type { Knex } from 'knex';
import { walkPersons } from '../runs/walk-persons';

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
  for await (const rows of walkPersons<{ tier: string | null }>(knex, run.id, ['tier'], CHUNK)) {
    for (const { person_id, tier } of rows) if (tier !== null) tiers.set(person_id, tier);
  }
  return { at: Number(run.created_at), tiers };
}
