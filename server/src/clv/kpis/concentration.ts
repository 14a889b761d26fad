import { sampleOf } from '../../stats/sample';
import { type Random, seededRandom } from '../../stats/seeded-random';
import type { Figure, ValueReport } from '../api-types';
import { NEEDED, notEnough, Z } from './figure';

/** Points of the curve between its ends. */
const POINTS = 50;
/** The share of the value that is asked for. */
const MOST = 0.8;
/** Draws of all resamplings together; so a million customers take no longer than a hundred thousand. */
const DRAWS = 1e7;
const RESAMPLES = { least: 50, most: 300 } as const;

/**
 * How the value is spread over the customers: the Lorenz curve from the best customer down, the share of customers who
 * make 80 % of the value, and the Gini coefficient (0 when all are worth the same, towards 1 when one has all). A value
 * below zero counts as none, or the curve would leave the square. Intervals: normal, with the standard deviation of a
 * Poisson bootstrap over customers (J. Hanley and B. MacGibbon, Computer Methods and Programs in Biomedicine 83, 2006).
 */
export function concentration(values: ArrayLike<number>, seed = 1): ValueReport['concentration'] {
  const sorted = Float64Array.from(values, (value) => Math.max(0, value))
    .sort()
    .reverse();
  const n = sorted.length;
  const whole = shapeOf(sorted, null);
  if (n < NEEDED || whole.sum <= 0) {
    const missing = notEnough('customers', whole.sum <= 0 ? 0 : n, NEEDED);
    return { points: [], share80: missing, gini: missing };
  }
  const random = seededRandom(seed);
  const resamples = Math.round(Math.min(RESAMPLES.most, Math.max(RESAMPLES.least, DRAWS / n)));
  const weights = new Uint8Array(n);
  const shares: number[] = [];
  const ginis: number[] = [];
  for (let turn = 0; turn < resamples; turn++) {
    for (let i = 0; i < n; i++) weights[i] = poissonOne(random);
    const drawn = shapeOf(sorted, weights);
    if (drawn.sum <= 0) continue;
    shares.push(drawn.share);
    ginis.push(drawn.gini);
  }
  return {
    points: curveOf(sorted, whole.sum),
    share80: within(whole.share, shares, n),
    gini: within(whole.gini, ginis, n),
  };
}

/** P(X ≤ k) of a Poisson variable of mean 1; beyond the last lies less than 1e-13. */
const AT_MOST = Array.from({ length: 16 }, (_, last) => {
  let sum = 0;
  for (let k = 0, p = Math.exp(-1); k <= last; p /= ++k) sum += p;
  return sum;
});

/** Draws from a Poisson distribution of mean 1 by inversion: one uniform number each. */
function poissonOne(random: Random): number {
  const u = random();
  let k = 0;
  while (k < AT_MOST.length && u >= AT_MOST[k]!) k++;
  return k;
}

function within(value: number, drawn: number[], n: number): Figure {
  const reach = Z * Math.sqrt(sampleOf(drawn).variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach), n };
}

/** Gini and the share that makes most of the value, of values in descending order, each counted `weights` times. */
function shapeOf(sorted: Float64Array, weights: Uint8Array | null) {
  let sum = 0;
  let n = 0;
  let area = 0;
  for (let i = 0; i < sorted.length; i++) {
    const w = weights ? weights[i]! : 1;
    const value = w * sorted[i]!;
    area += w * (sum + value / 2);
    sum += value;
    n += w;
  }
  const wanted = MOST * sum;
  let reached = 0;
  let people = 0;
  for (let i = 0; i < sorted.length && reached < wanted; i++) {
    const w = weights ? weights[i]! : 1;
    const value = w * sorted[i]!;
    // Of the last customer only the part that is needed.
    people += reached + value > wanted ? (w * (wanted - reached)) / value : w;
    reached += value;
  }
  return { sum, gini: (2 * area) / (n * sum) - 1, share: people / n };
}

function curveOf(sorted: Float64Array, sum: number): [number, number][] {
  const points: [number, number][] = [[0, 0]];
  let reached = 0;
  let i = 0;
  for (let point = 1; point <= POINTS; point++) {
    const people = Math.round((point * sorted.length) / POINTS);
    for (; i < people; i++) reached += sorted[i]!;
    if (people / sorted.length > points.at(-1)![0]) points.push([people / sorted.length, reached / sum]);
  }
  points[points.length - 1] = [1, 1];
  return points;
}
