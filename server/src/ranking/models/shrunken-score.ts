import { betweenVariance, type Estimate } from '../../stats/between-variance';
import { normalQuantile } from '../../stats/normal-quantile';

/**
 * Scores that do not favour small items, whose estimates scatter most: each estimate is drawn towards the mean of all
 * by as much as chance explains its distance (empirical Bayes, normal-normal), and the score is the lower end of a 95 %
 * interval around that, the uncertainty of the mean included. C. Morris, "Parametric empirical Bayes inference",
 * JASA 78 (1983). An estimate without variance is its own score and tells nothing of the others.
 */
export function shrunkenScores(estimates: Estimate[]): number[] {
  const { mean, meanVariance, between } = betweenVariance(estimates.filter(({ variance }) => variance > 0));
  const reach = normalQuantile(0.975);
  return estimates.map(({ value, variance }) => {
    if (variance === 0) return value;
    const towardsMean = variance / (variance + between);
    const shrunken = towardsMean * mean + (1 - towardsMean) * value;
    const uncertainty = (1 - towardsMean) * variance + towardsMean ** 2 * meanVariance;
    return shrunken - reach * Math.sqrt(uncertainty);
  });
}
