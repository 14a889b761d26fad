/** What a predictor's squared error is more than that of the best one, per customer, with its standard error. */
export interface Excess {
  value: number;
  standardError: number;
}

/** Mean over customers of the difference of two squared errors, with its standard error. */
export function excessOf(predicted: Float64Array, reference: Float64Array, actual: Float64Array): Excess {
  const n = actual.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const difference = (predicted[i]! - actual[i]!) ** 2 - (reference[i]! - actual[i]!) ** 2;
    sum += difference;
    squares += difference * difference;
  }
  const value = sum / n;
  return { value, standardError: Math.sqrt(Math.max(0, squares / n - value * value) / (n - 1)) };
}
