import type { Interval } from '../../../stats/interval';
import type { ArmMean } from './units';

export interface Lift extends Interval {
  value: number;
}

/**
 * Difference of two means as a share of the holdout's, with Fieller's interval (E. Fieller, JRSS B 16, 1954): the shares that
 * the data do not rule out. It holds zero exactly when the interval of the difference does.
 *
 * @param shared squared error that both means have in common
 * @param reach standard errors that an interval reaches
 * @returns null where the holdout's mean is not above zero by as many standard errors: then the share has no bounds
 */
export function relativeLift(arm: ArmMean, holdout: ArmMean, shared: number, reach: number): Lift | null {
  const square = reach ** 2;
  // (m₁ − ρ m₀)² = reach² (v₁ − 2ρ s + ρ² v₀), solved for ρ.
  const a = holdout.mean ** 2 - square * (holdout.squaredError + shared);
  if (!(holdout.mean > 0 && a > 0)) return null;
  const half = arm.mean * holdout.mean - square * shared;
  const c = arm.mean ** 2 - square * (arm.squaredError + shared);
  const root = Math.sqrt(Math.max(0, half ** 2 - a * c));
  return { value: arm.mean / holdout.mean - 1, low: (half - root) / a - 1, high: (half + root) / a - 1 };
}
