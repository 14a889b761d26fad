/**
 * How strongly a hidden cause would have to be associated with both exposure and outcome, as a risk ratio beyond the
 * covariates, to explain this risk ratio away: R + √(R (R − 1)), of 1/R for those below 1. T. VanderWeele and P. Ding,
 * "Sensitivity analysis in observational research: introducing the E-value", Annals of Internal Medicine 167 (2017).
 *
 * @param ratio above 0
 * @returns from 1, where nothing needs explaining
 * @example eValueOfRatio(3.9) // 7.26
 */
export function eValueOfRatio(ratio: number): number {
  const r = ratio < 1 ? 1 / ratio : ratio;
  return r + Math.sqrt(r * (r - 1));
}

/** A difference of means with its interval, and the standard deviation of the outcome within the groups. */
export interface Difference {
  estimate: number;
  low: number;
  high: number;
  spread: number;
}

export interface EValue {
  /** What would explain the estimate away. */
  estimate: number;
  /** What would bring the interval's nearer end to nothing; 1 when it holds zero. */
  bound: number;
}

/** A standardised difference d goes as a risk ratio of about exp(0.91 d) (S. Chinn, Statistics in Medicine 19, 2000). */
const LOG_RATIO_OF_DIFFERENCE = 0.91;

/**
 * E-values of a difference of means, by way of the risk ratio exp(0.91 d) of the standardised difference d (VanderWeele
 * and Ding, 2017, table 2, who write 1.78 for 0.91 × 1.96).
 *
 * @returns null when the outcome does not vary, or the difference is beyond any ratio
 */
export function eValue({ estimate, low, high, spread }: Difference): EValue | null {
  const of = (difference: number) => eValueOfRatio(Math.exp((LOG_RATIO_OF_DIFFERENCE * difference) / spread));
  const nearest = low > 0 ? low : high < 0 ? high : 0;
  const values = { estimate: of(estimate), bound: nearest === 0 ? 1 : of(nearest) };
  return Number.isFinite(values.estimate) && spread > 0 ? values : null;
}
