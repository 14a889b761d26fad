import { bgBb } from '../../../server/src/clv/models/bg-bb';
import { lifeTableOfCohorts } from '../../../server/src/clv/models/life-table';
import { paretoNbd } from '../../../server/src/clv/models/pareto-nbd';
import {
  fitParetoNbdWithCovariates,
  parametersOfCustomer,
} from '../../../server/src/clv/models/pareto-nbd-covariates';
import { shiftedBetaGeometric } from '../../../server/src/clv/models/sbg';
import type { Histories } from '../../../server/src/clv/models/types';
import { type Random, seededRandom } from '../../../server/src/stats/seeded-random';
import { betaGeometricStudies } from './recover-beta-geometric';
import { judged, type Study } from './recover-study';

const PARETO = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
const SBG = { alpha: 0.704, beta: 1.182 };
const BG_BB = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
const EFFECTS = { transaction: 0.5, lifetime: -0.4 };

/** Customers of one to two years, in weeks; `parametersOf` tells how each of them behaves. */
function paretoCustomers(
  customers: number,
  random: Random,
  parametersOf: (customer: number) => typeof PARETO,
): Histories {
  const column = () => new Float64Array(customers);
  const histories = { frequency: column(), recency: column(), age: column(), weight: column().fill(1) };
  const fresh = { frequency: 0, recency: 0, age: 0 };
  for (let i = 0; i < customers; i++) {
    const age = 52 + Math.floor(53 * random());
    const { purchases } = paretoNbd.drawFuture(parametersOf(i), fresh, age, random);
    histories.frequency[i] = purchases.length;
    histories.recency[i] = purchases.at(-1) ?? 0;
    histories.age[i] = age;
  }
  return histories;
}

export const studies: Study[] = [
  ...betaGeometricStudies,
  {
    name: 'Pareto/NBD',
    recover(customers, seed) {
      const histories = paretoCustomers(customers, seededRandom(seed), () => PARETO);
      return judged(PARETO, () => paretoNbd.fit(histories));
    },
  },
  {
    name: 'Pareto/NBD with covariates',
    recover(customers, seed) {
      const random = seededRandom(seed, 1);
      const values = Float64Array.from({ length: customers }, () => (random() < 0.4 ? 1 : 0));
      const effect = (value: number) => [{ name: 'campaign', value, standardError: null }];
      const coefficients = {
        transaction: effect(EFFECTS.transaction),
        lifetime: effect(EFFECTS.lifetime),
      };
      const histories = paretoCustomers(customers, random, (i) => {
        const z = [values[i]!];
        return parametersOfCustomer({ parameters: PARETO, coefficients }, { transaction: z, lifetime: z });
      });
      const covariates = [{ name: 'campaign', values }];
      return judged(
        PARETO,
        () => fitParetoNbdWithCovariates(histories, { transaction: covariates, lifetime: covariates }),
        ({ coefficients: found }) =>
          (['transaction', 'lifetime'] as const).map((process) => ({
            name: `campaign (${process})`,
            truth: EFFECTS[process],
            estimate: found[process][0]!.value,
            standardError: found[process][0]!.standardError!,
            positive: false,
          })),
      );
    },
  },
  {
    name: 'sBG',
    recover(customers, seed) {
      const random = seededRandom(seed, 2);
      // Four cohorts, seen for four to ten renewals.
      const cohorts = [4, 6, 8, 10].map((renewals) => {
        const survivors = new Array<number>(renewals + 1).fill(0);
        for (let i = 0; i < customers / 4; i++) {
          const renewed = shiftedBetaGeometric.drawRenewals(SBG, 0, renewals, random);
          for (let k = 0; k <= renewed; k++) survivors[k]!++;
        }
        return survivors;
      });
      return judged(SBG, () => shiftedBetaGeometric.fit(lifeTableOfCohorts(cohorts)));
    },
  },
  {
    name: 'BG/BB',
    recover(customers, seed) {
      const random = seededRandom(seed, 3);
      const fresh = { frequency: 0, recency: 0, opportunities: 0 };
      const rows = Array.from({ length: customers }, (_, i) => {
        const opportunities = 6 + (i % 5);
        const { purchases } = bgBb.drawFuture(BG_BB, fresh, opportunities, random);
        return { frequency: purchases.length, recency: purchases.at(-1) ?? 0, opportunities };
      });
      const table = {
        frequency: rows.map(({ frequency }) => frequency),
        recency: rows.map(({ recency }) => recency),
        opportunities: rows.map(({ opportunities }) => opportunities),
        weight: rows.map(() => 1),
      };
      return judged(BG_BB, () => bgBb.fit(table));
    },
  },
];
