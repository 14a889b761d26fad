import { seededRandom } from '../../stats/seeded-random';
import { capture, ranked } from './capture-curve';
import type { Interval } from './types';

/** How good predictions are for customers of whom it is known what came. Null where a figure cannot be given. */
export interface Accuracy {
  customers: number;
  actual: number;
  predicted: number;
  /** predicted / actual − 1 */
  bias: number | null;
  /** Mean absolute error. Beware: predicting nothing for everyone may win by it when most buy nothing. */
  mae: number;
  /** Root mean squared error: lowest, in expectation, for the one who predicts the true means. */
  rmse: number;
  /** Mean squared difference of ln(1 + orders); negative amounts count as nothing here. */
  msle: number;
  /** Normalised Gini coefficient: 1 when customers stand in the true order, 0 for an order by chance. */
  gini: number | null;
  /** Which share of what came was brought by the tenth, and the fifth, of the customers with the highest prediction. */
  topDecileShare: number | null;
  topFifthShare: number | null;
}

type Measure = 'bias' | 'mae' | 'rmse' | 'msle' | 'gini' | 'topDecileShare' | 'topFifthShare';

export interface Evaluation extends Accuracy {
  /** 95 % intervals over customers who might as well have been others; null where there is none. */
  intervals: Record<Measure, Interval | null>;
}

/** Evaluates predictions, one for each customer; without intervals it takes no time to speak of. */
export type Evaluate = (predicted: Float64Array, withIntervals?: boolean) => Evaluation;

const MEASURES: Measure[] = ['bias', 'mae', 'rmse', 'msle', 'gini', 'topDecileShare', 'topFifthShare'];
const SHARES = [0.1, 0.2];
const MOST_REPLICATES = 200;
const FEWEST_REPLICATES = 40;
/** Customers times replicates: what the intervals of one prediction may cost, a fraction of a second. */
const BUDGET = 1_000_000;
const Z = 1.959963984540054;

/**
 * Prepares the evaluation of predictions against what came.
 *
 * Intervals are estimate ± 1.96 standard deviations of a bootstrap over customers, each of whom counts a Poisson(1) number
 * of times: 200 replicates, down to 40 for 25,000 customers and more, the same ones for every prediction. In the Gini
 * coefficient and the shares, customers with equal predictions share their places.
 */
export function evaluator(actual: Float64Array): Evaluate {
  const byActual = ranked(actual);
  const draws = Math.min(
    MOST_REPLICATES,
    Math.max(FEWEST_REPLICATES, Math.floor(BUDGET / Math.max(1, actual.length))),
  );
  return (predicted, withIntervals = true) => {
    const byPredicted = ranked(predicted);
    const errors = errorsOf(predicted, actual);
    const measure = (weight?: Uint8Array) => {
      const { area, caught } = capture(byPredicted, actual, SHARES, weight);
      const best = capture(byActual, actual, [], weight).area;
      return { ...errors(weight), gini: (area - 0.5) / (best - 0.5), caught };
    };
    const accuracy = toAccuracy(measure());
    const intervals = Object.fromEntries(MEASURES.map((name) => [name, null])) as Evaluation['intervals'];
    if (!withIntervals) return { ...accuracy, intervals };
    const spreads = replicateSpreads(actual.length, draws, (weight) => toAccuracy(measure(weight)));
    for (const name of MEASURES) {
      const [value, spread] = [accuracy[name], spreads[name]];
      if (value !== null && Number.isFinite(spread)) {
        intervals[name] = { low: value - Z * spread, high: value + Z * spread };
      }
    }
    return { ...accuracy, intervals };
  };
}

/** Gives the sums of errors, weighted. */
function errorsOf(predicted: Float64Array, actual: Float64Array) {
  const logs = predicted.map(
    (p, i) => (Math.log1p(Math.max(0, p)) - Math.log1p(Math.max(0, actual[i]!))) ** 2,
  );
  return (weight?: Uint8Array) => {
    const sums = { customers: 0, actual: 0, predicted: 0, absolute: 0, squared: 0, logs: 0 };
    for (let i = 0; i < actual.length; i++) {
      const w = weight ? weight[i]! : 1;
      const error = predicted[i]! - actual[i]!;
      sums.customers += w;
      sums.actual += w * actual[i]!;
      sums.predicted += w * predicted[i]!;
      sums.absolute += w * Math.abs(error);
      sums.squared += w * error * error;
      sums.logs += w * logs[i]!;
    }
    return sums;
  };
}

type Sums = ReturnType<ReturnType<typeof errorsOf>> & { gini: number; caught: number[] };

function toAccuracy({ customers, actual, predicted, absolute, squared, logs, gini, caught }: Sums): Accuracy {
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    customers,
    actual,
    predicted,
    bias: orNull(predicted / actual - 1),
    mae: customers > 0 ? absolute / customers : 0,
    rmse: customers > 0 ? Math.sqrt(squared / customers) : 0,
    msle: customers > 0 ? logs / customers : 0,
    gini: orNull(gini),
    topDecileShare: orNull(caught[0]!),
    topFifthShare: orNull(caught[1]!),
  };
}

/** Standard deviation of each measure over bootstrap replicates; NaN when it could not be had of most of them. */
function replicateSpreads(
  customers: number,
  draws: number,
  measure: (weight: Uint8Array) => Accuracy,
): Record<Measure, number> {
  const random = seededRandom(1);
  const weight = new Uint8Array(customers);
  const values = Object.fromEntries(MEASURES.map((name) => [name, []])) as unknown as Record<
    Measure,
    number[]
  >;
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < customers; i++) weight[i] = poissonOfOne(random());
    const accuracy = measure(weight);
    for (const name of MEASURES) {
      const value = accuracy[name];
      if (value !== null) values[name].push(value);
    }
  }
  const spread = (name: Measure) =>
    values[name].length > draws / 2 ? standardDeviation(values[name]) : Number.NaN;
  return Object.fromEntries(MEASURES.map((name) => [name, spread(name)])) as Record<Measure, number>;
}

/** P(N ≤ k) of a Poisson count N with mean 1, from k = 0 to 15, beyond which no double can tell it from 1. */
const CUMULATIVE = new Float64Array(16);
for (let k = 0, term = Math.exp(-1), below = 0; k < CUMULATIVE.length; term /= ++k) {
  below += term;
  CUMULATIVE[k] = below;
}

function poissonOfOne(u: number): number {
  let k = 0;
  while (k < CUMULATIVE.length && u > CUMULATIVE[k]!) k++;
  return k;
}

function standardDeviation(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
