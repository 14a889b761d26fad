import type { Knex } from 'knex';
import type { ValueReport } from '../../clv/api-types';
import { latestRunId, readSection } from '../../clv/runs/latest';

export interface TopTierPersons {
  tier: string;
  personIds: Set<string>;
}

/** Who is in the best tier by the latest run of the value engine, or why nobody knows. */
export async function topTierPersons(knex: Knex): Promise<TopTierPersons | 'no value run' | 'no tiers'> {
  const run = await latestRunId(knex);
  if (run === null) return 'no value run';
  const report = await readSection<Pick<ValueReport, 'tiers'>>(knex, run, 'report');
  const tier = report?.tiers.rows[0]?.tier;
  if (!tier) return 'no tiers';
  const ids = await knex('clv_person_values').where({ run_id: run, tier }).pluck('person_id');
  return { tier, personIds: new Set(ids) };
}
