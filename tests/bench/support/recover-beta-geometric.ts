import { bgNbd } from '../../../server/src/clv/models/bg-nbd';
import { bgCnbdK, mbgCnbdK } from '../../../server/src/clv/models/cnbd-k';
import { gammaGamma } from '../../../server/src/clv/models/gamma-gamma';
import { mbgNbd } from '../../../server/src/clv/models/mbg-nbd';
import type { Histories } from '../../../server/src/clv/models/types';
import { sampleBeta } from '../../../server/src/stats/sample-beta';
import { sampleGamma } from '../../../server/src/stats/sample-gamma';
import { type Random, seededRandom } from '../../../server/src/stats/seeded-random';
import { judged, type Study } from './recover-study';

const BG = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const MBG = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
const REGULAR = { r: 1.2, alpha: 2.5, a: 0.9, b: 3 };
const SPEND = { p: 6.25, q: 3.74, gamma: 15.44 };

/** Customers of one to two years, in weeks, by the story that the models tell. */
function customersOf(
  { r, alpha, a, b }: typeof BG,
  { k, firstCoin }: { k: number; firstCoin: boolean },
  customers: number,
  random: Random,
): Histories {
  const column = () => new Float64Array(customers);
  const histories = { frequency: column(), recency: column(), age: column(), logGaps: column() };
  for (let i = 0; i < customers; i++) {
    const age = 52 + Math.floor(53 * random());
    const rate = sampleGamma(random, r, alpha);
    const pStop = sampleBeta(random, a, b);
    let last = 0;
    let stopped = firstCoin && random() < pStop;
    while (!stopped) {
      const gap = sampleGamma(random, k, rate);
      if (last + gap > age) break;
      last += gap;
      histories.frequency[i]!++;
      histories.logGaps[i]! += Math.log(gap);
      stopped = random() < pStop;
    }
    histories.recency[i] = last;
    histories.age[i] = age;
  }
  return { ...histories, weight: column().fill(1) };
}

function spendsOf({ p, q, gamma }: typeof SPEND, customers: number, random: Random) {
  const column = () => new Float64Array(customers);
  const spends = { frequency: column(), mean: column(), weight: column().fill(1) };
  for (let i = 0; i < customers; i++) {
    const orders = 1 + Math.floor(-3 * Math.log(1 - random()));
    spends.frequency[i] = orders;
    spends.mean[i] = sampleGamma(random, p * orders, sampleGamma(random, q, gamma)) / orders;
  }
  return spends;
}

/** A regular model whose k came out wrong has found nothing. */
function regularStudy(name: string, model: typeof bgCnbdK, k: number, firstCoin: boolean): Study {
  return {
    name: `${name}, k = ${k}`,
    recover(customers, seed) {
      const histories = customersOf(REGULAR, { k, firstCoin }, customers, seededRandom(seed, k));
      return judged(REGULAR, () => {
        const fit = model.fit(histories);
        return { ...fit, converged: fit.converged && fit.parameters.k === k };
      });
    },
  };
}

export const betaGeometricStudies: Study[] = [
  {
    name: 'BG/NBD',
    recover(customers, seed) {
      const histories = customersOf(BG, { k: 1, firstCoin: false }, customers, seededRandom(seed, 4));
      return judged(BG, () => bgNbd.fit(histories));
    },
  },
  {
    name: 'MBG/NBD',
    recover(customers, seed) {
      const histories = customersOf(MBG, { k: 1, firstCoin: true }, customers, seededRandom(seed, 5));
      return judged(MBG, () => mbgNbd.fit(histories));
    },
  },
  regularStudy('BG/CNBD-k', bgCnbdK, 2, false),
  regularStudy('MBG/CNBD-k', mbgCnbdK, 3, true),
  {
    name: 'Gamma-Gamma',
    recover(customers, seed) {
      const spends = spendsOf(SPEND, customers, seededRandom(seed, 6));
      return judged(SPEND, () => gammaGamma.fit(spends));
    },
  },
];
