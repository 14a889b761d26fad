import { parentPort } from 'node:worker_threads';
import type { Figure } from '../../server/src/clv/api-types';
import { type ContentReport, fitCustomers, fitProspects } from '../../server/src/clv/models/content';
import { simulateWorld } from '../../server/src/ranking/models/simulate/world';
import { casesOfWorld } from '../support/content-cases';

/** One seeded world, half a year of which is held out. */
export interface ContentTask {
  seed: number;
  people: number;
  /** How much what people read tells; 0 with `isNoise` for nothing at all. */
  reading: number;
  isNoise: boolean;
}

/** Of each measure: with content over without, less one (errors) or the difference (Gini, AUC); and its interval's side of 0. */
export type Outcome = Record<string, { change: number; clear: boolean }>;

const DAY = 86_400_000;
const at = Date.UTC(2024, 0, 1) + 548 * DAY;
const end = Date.UTC(2024, 0, 1) + 730 * DAY;

function error(withContent: number, without: number, change: Figure) {
  return { change: withContent / without - 1, clear: 'value' in change && change.high! < 0 };
}

function order(change: Figure) {
  if (!('value' in change)) throw new Error('nothing to compare');
  return { change: change.value, clear: change.low! > 0 };
}

function outcomeOf({ with: withContent, without, ...report }: ContentReport): Outcome {
  return {
    MAE: error(withContent.mae, without.mae, report.maeChange),
    RMSE: error(withContent.rmse, without.rmse, report.rmseChange),
    deviance: error(report.deviance.with, report.deviance.without, report.devianceChange),
    Gini: order(report.giniChange),
  };
}

function measure({ seed, people, reading, isNoise }: ContentTask) {
  const options = { customers: people, contents: 40, seed, confounding: 0, prospects: 0.4, reading };
  const world = simulateWorld(options);
  const effects = new Map(world.items.map(({ contentId }) => [contentId, 0]));
  const cases = casesOfWorld(isNoise ? simulateWorld({ ...options, effects }) : world, people, { at, end });
  const customers = fitCustomers(cases.customers, { seed });
  const prospects = fitProspects(cases.prospects, { seed });
  if ('notEnough' in customers || 'notEnough' in prospects) throw new Error(`world ${seed} is too small`);
  const { brier, brierChange, aucChange } = prospects.report.buys;
  return {
    customers: { outcome: outcomeOf(customers.report), used: customers.report.used },
    prospects: {
      outcome: {
        ...outcomeOf(prospects.report),
        Brier: error(brier.with, brier.without, brierChange),
        AUC: order(aucChange),
      },
      used: prospects.report.used,
    },
  };
}

export type Measured = ReturnType<typeof measure>;

parentPort!.on('message', (task: ContentTask) => parentPort!.postMessage(measure(task)));
