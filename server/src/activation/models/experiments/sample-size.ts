import { normalQuantile } from '../../../stats/normal-quantile';
import { alwaysValidReach } from './always-valid';

export interface SampleSizePlan {
  /** Smallest difference per unit that is worth finding, above zero. */
  difference: number;
  /** Standard deviation of the value of units. */
  deviation: number;
  /** By what an arm that is worth that much more varies more: 1 + the relative effect, where everybody buys more. */
  growth: number;
  /** Share of the variance that covariates take away, 0 to 1. */
  varianceSaved: number;
  power: number;
  alpha: number;
  /** Share of the units that is held out, above 0. */
  holdout: number;
  horizon: 'fixed' | 'sequential';
  /** Units that are met a day, by which the days spent in the experiment are told; sequential only. */
  perDay: number;
}

/**
 * Units over both arms with which a difference is found with the power asked for: n = (z_α + z_β)² σ² (1/h + g²/(1−h)) / δ²
 * for two arms with the shares h and 1 − h and the deviations σ and g σ. Under a sequential horizon z_α is the always-valid boundary at the end, so that
 * the power is a lower bound: earlier looks may find it too.
 */
export function sampleSize(plan: SampleSizePlan): number {
  const { difference, deviation, growth, varianceSaved, power, alpha, holdout, horizon, perDay } = plan;
  const variance = deviation ** 2 * (1 - varianceSaved);
  const each = (variance * (1 / holdout + growth ** 2 / (1 - holdout))) / difference ** 2;
  const unitsAt = (reach: number) => each * (reach + normalQuantile(power)) ** 2;
  let units = unitsAt(normalQuantile(1 - alpha / 2));
  if (horizon === 'fixed') return Math.ceil(units);
  // More units spend more days, by which the boundary changes a little: a few rounds settle it.
  for (let round = 0; round < 50; round++) {
    units = unitsAt(alwaysValidReach((units * units) / perDay / 2, alpha));
  }
  return Math.ceil(units);
}
