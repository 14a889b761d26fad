import { holm } from '../../../stats/holm';
import type { Interval } from '../../../stats/interval';
import { normalQuantile } from '../../../stats/normal-quantile';
import { studentTQuantile } from '../../../stats/student-t-quantile';
import { studentTTails } from '../../../stats/student-t-tails';
import { adjustedMeans } from './adjust';
import { alwaysValidP, alwaysValidReach } from './always-valid';
import { type Lift, relativeLift } from './relative-lift';
import type { ArmMean, Units } from './units';

export interface Looking {
  /** `fixed` is right at one look that was planned; `sequential` at any number of them. */
  horizon: 'fixed' | 'sequential';
  alpha: number;
  /** Days that all units have spent in the experiment. */
  unitDays: number;
}

interface Estimate extends Interval {
  value: number;
}

export interface Effect {
  /** Value per unit above the holdout's, adjusted by the covariates. */
  perUnit: Estimate;
  /** The same without covariates. */
  unadjusted: Estimate;
  /** By how much the covariates narrowed the variance, 0 to 1. */
  varianceSaved: number;
  relative: Lift | null;
  /** Of no difference, after Holm over all arms. */
  pValue: number;
}

interface Difference extends Estimate {
  squaredError: number;
  pValue: number;
  /** Standard errors from the estimate to the ends of its interval. */
  reach: number;
}

/** Difference of two means (Welch), with the reach that the way of looking asks for. */
function difference(
  arm: ArmMean,
  holdout: ArmMean,
  alpha: number,
  { horizon, unitDays }: Looking,
): Difference {
  const value = arm.mean - holdout.mean;
  const squaredError = arm.squaredError + holdout.squaredError;
  const error = Math.sqrt(squaredError);
  if (!(error > 0)) return { value, low: value, high: value, squaredError: 0, pValue: 1, reach: 0 };
  const df =
    squaredError ** 2 / (arm.squaredError ** 2 / (arm.n - 1) + holdout.squaredError ** 2 / (holdout.n - 1));
  const fixed = studentTQuantile(1 - alpha / 2, df);
  // A boundary for normal means is stretched as Student's t stretches the normal one at the same level.
  const stretch = fixed / normalQuantile(1 - alpha / 2);
  const sequential = horizon === 'sequential';
  const reach = sequential ? alwaysValidReach(unitDays, alpha) * stretch : fixed;
  const pValue = sequential
    ? alwaysValidP(value / error / stretch, unitDays, alpha)
    : studentTTails(value / error, df);
  return { value, low: value - reach * error, high: value + reach * error, squaredError, pValue, reach };
}

/**
 * What each variant brings over the holdout. Values are taken as they are: nothing is cut off, for the largest customers
 * are part of what an arm brings. With several variants all intervals hold together with 1 − alpha (Bonferroni), and
 * p-values are Holm's; so an interval may just hold zero where the p-value is below alpha.
 *
 * @returns one for each variant, in the order of arms from 1 on
 */
export function effectsOf(units: Units, looking: Looking): Effect[] {
  const variants = units.arms - 1;
  const alpha = looking.alpha / variants;
  const { arms, shared } = adjustedMeans(units);
  const plain = adjustedMeans({ ...units, covariates: [] }).arms;
  const found = Array.from({ length: variants }, (_, v) => {
    const adjusted = difference(arms[v + 1]!, arms[0]!, alpha, looking);
    const unadjusted = difference(plain[v + 1]!, plain[0]!, alpha, looking);
    return { v, adjusted, unadjusted };
  });
  const pValues = holm(found.map(({ adjusted }) => adjusted.pValue));
  return found.map(({ v, adjusted, unadjusted }) => ({
    perUnit: estimateOf(adjusted),
    unadjusted: estimateOf(unadjusted),
    varianceSaved:
      unadjusted.squaredError > 0
        ? Math.min(1, Math.max(0, 1 - adjusted.squaredError / unadjusted.squaredError))
        : 0,
    relative: relativeLift(arms[v + 1]!, arms[0]!, shared, adjusted.reach),
    pValue: pValues[v]!,
  }));
}

const estimateOf = ({ value, low, high }: Estimate): Estimate => ({ value, low, high });
