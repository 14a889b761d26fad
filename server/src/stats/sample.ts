import { mean } from './mean';

/** What a comparison of means needs to know of a sample. */
export interface Sample {
  n: number;
  mean: number;
  /** Unbiased: the sum of squared deviations over n − 1. */
  variance: number;
}

/**
 * Size, mean and unbiased variance of some values.
 *
 * @returns mean NaN for no values, variance NaN for fewer than two
 */
export function sampleOf(values: ArrayLike<number>): Sample {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2;
  return {
    n: values.length,
    mean: centre,
    variance: values.length < 2 ? Number.NaN : squares / (values.length - 1),
  };
}
