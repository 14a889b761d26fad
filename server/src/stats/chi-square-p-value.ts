import { upperIncompleteGamma } from './incomplete-gamma';

/**
 * Probability that a chi-square variable exceeds the statistic.
 *
 * @param degreesOfFreedom above zero
 */
export const chiSquarePValue = (statistic: number, degreesOfFreedom: number): number =>
  upperIncompleteGamma(degreesOfFreedom / 2, Math.max(0, statistic) / 2);
