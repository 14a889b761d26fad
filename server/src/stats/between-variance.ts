/** One study's, here one item's, estimate. */
export interface Estimate {
  value: number;
  /** Squared standard error, above zero. */
  variance: number;
}

export interface Pooled {
  /** Mean of the estimates, weighted by precision. */
  mean: number;
  /** Squared standard error of that mean. */
  meanVariance: number;
  /** Variance of the true values around the mean; 0 when chance alone explains the spread. */
  between: number;
}

/**
 * Random-effects model of many estimates: the variance between their true values by Paule and Mandel's equation
 * Σ (xᵢ − mean)² / (vᵢ + between) = n − 1 (J. Research of the National Bureau of Standards 87, 1982), which needs no
 * assumption on their distribution. The left side falls and is convex in `between`, so Newton's method from 0 gets there
 * without overshooting.
 *
 * @returns mean NaN for no estimates; between 0 for one
 */
export function betweenVariance(estimates: Estimate[]): Pooled {
  let between = 0;
  for (let step = 0; step < 100; step++) {
    const { mean } = weigh(estimates, between);
    let excess = 1 - estimates.length;
    let slope = 0;
    for (const { value, variance } of estimates) {
      const weight = 1 / (variance + between);
      excess += weight * (value - mean) ** 2;
      slope += weight * weight * (value - mean) ** 2;
    }
    if (!(excess > 1e-10 * estimates.length)) break;
    between += excess / slope;
  }
  return { ...weigh(estimates, between), between };
}

function weigh(estimates: Estimate[], between: number): { mean: number; meanVariance: number } {
  let weights = 0;
  let sum = 0;
  for (const { value, variance } of estimates) {
    weights += 1 / (variance + between);
    sum += value / (variance + between);
  }
  return { mean: sum / weights, meanVariance: 1 / weights };
}
