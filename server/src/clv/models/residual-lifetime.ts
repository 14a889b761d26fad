import { seededRandom } from '../../stats/seeded-random';
import type { History, TransactionModel } from './types';

export interface ResidualLifetime {
  /** Expected time from the end of the observation for which the customer stays one, counted up to the horizon. */
  mean: number;
  /** Standard error of that mean, for it comes from draws. */
  meanError: number;
  /** The time after which the customer is gone in half of all cases; null when that lies beyond the horizon. */
  median: number | null;
  /** Probability to be a customer still at the horizon. */
  survival: number;
  horizon: number;
}

/**
 * How long a customer remains one, within a stated horizon: lifetimes of the models have no finite mean in general, as some
 * customers hardly ever leave. By drawing futures (2,000 unless told) given the parameters; the same seed gives the same.
 * Who is gone already has 0 left.
 */
export function residualLifetime<Name extends string>(
  model: TransactionModel<Name>,
  parameters: Record<Name, number>,
  history: History,
  { horizon, seed, draws = 2000 }: { horizon: number; seed: number; draws?: number },
): ResidualLifetime {
  const random = seededRandom(seed);
  const lifetimes = new Float64Array(draws);
  let sum = 0;
  let squares = 0;
  let survivors = 0;
  for (let i = 0; i < draws; i++) {
    const { lifetime } = model.drawFuture(parameters, history, horizon, random);
    lifetimes[i] = Math.min(lifetime, horizon);
    sum += lifetimes[i]!;
    squares += lifetimes[i]! ** 2;
    if (lifetime >= horizon) survivors++;
  }
  lifetimes.sort();
  const mean = sum / draws;
  const median = lifetimes[Math.ceil(draws / 2) - 1]!;
  return {
    mean,
    meanError: Math.sqrt(Math.max(0, squares / draws - mean * mean) / draws),
    median: median < horizon ? median : null,
    survival: survivors / draws,
    horizon,
  };
}
