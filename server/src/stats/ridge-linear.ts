import { factorise, solveFactorised } from './cholesky';

/**
 * A linear regression with a ridge penalty and a free intercept, from sums alone (T. Hastie, R. Tibshirani and
 * J. Friedman, "The Elements of Statistical Learning", 2009, 3.4.1): the sums of parts of the data add up to those of
 * the whole, so that leaving a part out costs no further pass.
 *
 * @param moments Σ z zᵀ over the rows, z being 1, the columns and the outcome: a lower triangle as `gram` gives it
 * @param size the length of z
 * @param penalty what a squared coefficient costs, per row and beside half the squared error; above 0
 * @returns the intercept and the coefficient of each column; all zero without rows
 */
export function fitRidgeLinear(moments: Float64Array, size: number, penalty: number): Float64Array {
  const n = moments[0]!;
  const inner = size - 1;
  const matrix = new Float64Array(inner * inner);
  for (let i = 0; i < inner; i++) {
    for (let j = 0; j <= i; j++) matrix[i * inner + j] = moments[i * size + j]!;
    if (i > 0) matrix[i * inner + i]! += n * penalty;
  }
  const coefficients = moments.slice(inner * size, inner * size + inner);
  if (factorise(matrix, inner)) solveFactorised(matrix, inner, coefficients);
  else coefficients.fill(0);
  return coefficients;
}

/** Σ (outcome − prediction)² over the rows of some moments. */
export function squaredError(coefficients: Float64Array, moments: Float64Array, size: number): number {
  const signed = [...coefficients, -1];
  let sum = 0;
  for (let i = 0; i < size; i++) {
    sum += signed[i]! ** 2 * moments[i * size + i]!;
    for (let j = 0; j < i; j++) sum += 2 * signed[i]! * signed[j]! * moments[i * size + j]!;
  }
  return sum;
}
