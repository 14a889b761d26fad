import { samplePoisson } from '../../../stats/sample-poisson';
import { seededRandom } from '../../../stats/seeded-random';
import type { Accuracy, Figure } from '../../api-types';
import { ranked } from '../capture-curve';
import type { Measure, Measures, Predictions } from './predictions';

const REPLICATES = 400;

export interface Compared {
  with: Accuracy;
  without: Accuracy;
  /** With less without. */
  change: Record<Measure, Figure>;
  /** Mean deviance without content, and the change as a share of it. */
  deviance: { with: number; without: number };
}

/**
 * Accuracy with and without content on the same people, and the differences with bootstrap intervals over persons
 * (B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, 13.3; each person counts Poisson(1) times,
 * which is drawing with replacement from many). The intervals tell how other people would have come out with these two models; they do not
 * hold how other people would have changed the models.
 */
export function compare(withContent: Predictions, without: Predictions, seed: number): Compared {
  const { actual } = without;
  const perfect = ranked(actual);
  const random = seededRandom(seed, 12);
  const one = withContent.measure(perfect);
  const other = without.measure(perfect);
  const draws: Measures[] = [];
  const weights = new Uint8Array(actual.length);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    for (let i = 0; i < weights.length; i++) weights[i] = samplePoisson(random, 1);
    draws.push(difference(withContent.measure(perfect, weights), without.measure(perfect, weights)));
  }
  const point = difference(one, other);
  const figure = (measure: Measure): Figure => {
    const sorted = draws
      .map((draw) => draw[measure])
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    if (!Number.isFinite(point[measure]) || sorted.length < REPLICATES / 2) {
      return { notEnough: { has: 0, needs: 1, of: 'people' } };
    }
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
    return { value: point[measure], low: at(0.025), high: at(0.975), n: actual.length };
  };
  return {
    with: accuracyOf(withContent, one),
    without: accuracyOf(without, other),
    deviance: { with: one.deviance, without: other.deviance },
    change: {
      mae: figure('mae'),
      rmse: figure('rmse'),
      square: figure('square'),
      deviance: figure('deviance'),
      gini: figure('gini'),
      topDecileShare: figure('topDecileShare'),
    },
  };
}

function difference(one: Measures, other: Measures): Measures {
  return {
    mae: one.mae - other.mae,
    rmse: one.rmse - other.rmse,
    square: one.square - other.square,
    deviance: one.deviance - other.deviance,
    gini: one.gini - other.gini,
    topDecileShare: one.topDecileShare - other.topDecileShare,
  };
}

function accuracyOf({ predicted, actual }: Predictions, measures: Measures): Accuracy {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const total = sum(actual);
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    predicted: sum(predicted),
    bias: orNull(sum(predicted) / total - 1),
    mae: measures.mae,
    rmse: measures.rmse,
    gini: orNull(measures.gini),
    topDecileShare: orNull(measures.topDecileShare),
  };
}
