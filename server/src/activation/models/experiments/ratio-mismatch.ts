import { chiSquarePValue } from '../../../stats/chi-square-p-value';

/** Below this the counts of arms are not what chance makes of the plan, and nothing is said of an effect. */
export const MISMATCH = 0.001;

/** Expected counts below this make the chi-square distribution a poor guide. */
const LEAST_EXPECTED = 5;

/**
 * p-value of the counts of arms under their planned shares: Pearson's chi-square (A. Fabijan et al., "Diagnosing sample ratio
 * mismatch in online controlled experiments", KDD 2019).
 *
 * @param shares sum to 1; an arm without a share must have no units
 * @returns 1 while too few units were met to tell, 0 when an arm without a share has units
 */
export function ratioMismatchP(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let arms = 0;
  for (let k = 0; k < counts.length; k++) {
    const expected = total * shares[k]!;
    if (expected === 0) {
      if (counts[k]! > 0) return 0;
      continue;
    }
    if (expected < LEAST_EXPECTED) return 1;
    statistic += (counts[k]! - expected) ** 2 / expected;
    arms += 1;
  }
  return arms < 2 ? 1 : chiSquarePValue(statistic, arms - 1);
}
