import { armOf, HOLDOUT } from '../../server/src/activation/models/experiments/arms';
import { covariatesOf } from '../../server/src/activation/models/experiments/covariates';
import type { Units } from '../../server/src/activation/models/experiments/units';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { sampleNormal } from '../../server/src/stats/sample-normal';
import { samplePoisson } from '../../server/src/stats/sample-poisson';
import { seededRandom } from '../../server/src/stats/seeded-random';

export interface WorldOptions {
  seed: number;
  units: number;
  holdout: number;
  /** By what share treatment raises how often everybody buys. */
  uplift: number;
  /** How long the experiment runs. */
  days: number;
  /** Units meet it evenly over so many days; 0 for all at once. */
  joinOver: number;
  /** Of what an order is worth, the deviation of its logarithm: between persons, and within. */
  spread: number;
}

/** Share of the units who ever buy, and how often they do a year: many seldom, few often. */
const BUYERS = 0.4;
const SHAPE = 0.5;
const ORDERS_A_YEAR = 5;
/** Mean of an order. */
const ORDER = 60;
/** Share of past customers who are still there. */
const ALIVE = 0.75;
const YEAR = 365;

/**
 * Units that buy like real ones: most never, buyers by a negative binomial, worth of orders lognormal between persons and
 * within, so that few bring most; the year before goes with what comes after.
 */
export function experimentWorld(options: WorldOptions) {
  const { seed, units: n, holdout, uplift, days, joinOver, spread } = options;
  const random = seededRandom(seed, 77);
  const salt = `salt-${seed}`;
  const design = { holdout, variants: [{ arm: 'recommended', weight: 1 }] };
  const arm = new Uint8Array(n);
  const joined = new Float64Array(n);
  const before = new Float64Array(n);
  const ordersBefore = new Float64Array(n);
  const sinceLast = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const orders: { unit: number; day: number; worth: number }[] = [];
  for (let i = 0; i < n; i++) {
    arm[i] = armOf({ salt, design }, `unit-${i}`) === HOLDOUT ? 0 : 1;
    joined[i] = random() * joinOver;
    if (random() >= BUYERS) continue;
    const rate = sampleGamma(random, SHAPE, SHAPE / (ORDERS_A_YEAR / YEAR));
    const level = Math.log(ORDER) - spread ** 2 + spread * sampleNormal(random);
    const worth = () => Math.exp(level + spread * sampleNormal(random));
    ordersBefore[i] = samplePoisson(random, rate * YEAR);
    for (let k = 0; k < ordersBefore[i]!; k++) {
      before[i]! += worth();
      sinceLast[i] = Math.min(sinceLast[i]!, random() * YEAR);
    }
    if (random() >= ALIVE) continue;
    const daysIn = days - joined[i]!;
    const made = samplePoisson(random, rate * daysIn * (arm[i] === 1 ? 1 + uplift : 1));
    for (let k = 0; k < made; k++) {
      orders.push({ unit: i, day: joined[i]! + random() * daysIn, worth: worth() });
    }
  }
  orders.sort((a, b) => a.day - b.day);
  const meanDays = days - joinOver / 2;
  const base = BUYERS * ALIVE * (ORDERS_A_YEAR / YEAR) * ORDER;

  return {
    /** What each unit brings on average by the end without treatment, and what treatment adds. */
    mean: base * meanDays,
    truth: base * meanDays * uplift,

    /** What a report of a day knows: who has met the experiment so far, and what they brought since. */
    at(day: number): { units: Units; unitDays: number } {
      const here = Int32Array.from(
        Array.from({ length: n }, (_, i) => i).filter((i) => joined[i]! < day || joinOver === 0),
      );
      const place = new Int32Array(n).fill(-1);
      here.forEach((unit, k) => {
        place[unit] = k;
      });
      const value = new Float64Array(here.length);
      for (const order of orders) {
        if (order.day >= day) break;
        value[place[order.unit]!]! += order.worth;
      }
      const pick = (values: Float64Array) => Float64Array.from(here, (unit) => values[unit]!);
      const daysIn = Float64Array.from(here, (unit) => day - joined[unit]!);
      const past = {
        before: pick(before),
        ordersBefore: pick(ordersBefore),
        sinceLast: pick(sinceLast),
        daysIn,
      };
      return {
        units: {
          arm: Uint8Array.from(here, (unit) => arm[unit]!),
          arms: 2,
          value,
          covariates: covariatesOf(past),
        },
        unitDays: daysIn.reduce((sum, d) => sum + d, 0),
      };
    },
  };
}
