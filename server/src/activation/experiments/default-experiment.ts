import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { insertRows } from '../../storage/insert-rows';
import { keepFirst } from '../../storage/settings';
import type { ExperimentDesign } from './api-types';
import { RECOMMENDATIONS } from './plan';

const COLUMNS = ['id', 'name', 'active_surface', 'surface', 'state', 'design', 'salt'].map((name) => ({
  name,
  type: 'text' as const,
}));

/**
 * Has recommendations measured from the first day: one experiment with the holdout of the settings, unless one about them was
 * ever made. Nodes that boot at once agree on its id, so that there is one row of it.
 */
export async function ensureDefaultExperiment(knex: Knex, holdout: number): Promise<void> {
  if (holdout === 0) return;
  if (await knex('clv_experiments').where({ surface: RECOMMENDATIONS }).first('id')) return;
  const id = await keepFirst(knex, 'experiments.default', uuidv7());
  const design: ExperimentDesign = {
    holdout,
    variants: [{ arm: 'recommended', strategy: 'recommended', weight: 1 }],
    segmentId: null,
    horizon: 'sequential',
    days: null,
    alpha: 0.05,
  };
  const now = Date.now();
  await insertRows(
    knex,
    'clv_experiments',
    [...COLUMNS, { name: 'created_at', type: 'bigint' }, { name: 'started_at', type: 'bigint' }],
    [
      [
        id,
        'Recommendations',
        RECOMMENDATIONS,
        RECOMMENDATIONS,
        'running',
        JSON.stringify(design),
        id,
        now,
        now,
      ],
    ],
  );
}
