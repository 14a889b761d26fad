import { factorise, solveFactorised } from './cholesky';

/** Ridge so faint that it only keeps columns that say the same from making the matrix singular. */
const FAINT = 1e-6;

/**
 * Linear regression on standardised columns with a free intercept, by the normal equations. Columns that do not vary, and
 * those that repeat others, are harmless.
 *
 * @param columns each as long as y
 * @returns the coefficient of each column, in its own units
 */
export function leastSquares(columns: Float64Array[], y: Float64Array): Float64Array {
  const p = columns.length;
  const n = y.length;
  const moments = columns.map((column) => momentsOf(column));
  const { mean: meanY } = momentsOf(y);
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    const a = columns[j]!;
    for (let k = 0; k <= j; k++) {
      const b = columns[k]!;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (a[i]! - moments[j]!.mean) * (b[i]! - moments[k]!.mean);
      gram[j * p + k] = sum / (moments[j]!.deviation * moments[k]!.deviation);
    }
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a[i]! - moments[j]!.mean) * (y[i]! - meanY);
    right[j] = sum / moments[j]!.deviation;
    gram[j * p + j]! += FAINT * Math.max(1, n);
  }
  if (!factorise(gram, p)) return new Float64Array(p);
  solveFactorised(gram, p, right);
  return right.map((coefficient, j) => coefficient / moments[j]!.deviation);
}

function momentsOf(values: Float64Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = values.length === 0 ? 0 : sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length)) || 1 };
}
