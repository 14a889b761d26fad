/** Below this share of its diagonal a pivot is nothing but rounding. */
const NOTHING = 1e-12;

/**
 * Inverse of a small symmetric positive definite matrix by Cholesky's factors, its rows first scaled to a unit diagonal
 * so that units do not matter. G. Golub and C. Van Loan, "Matrix Computations", 4.2.
 *
 * @param matrix rows, of which the lower triangle is read
 * @returns null when the matrix is singular to working precision, not positive definite or not finite
 */
export function inverseSymmetric(matrix: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length;
  const scale = matrix.map((row, i) => 1 / Math.sqrt(row[i]!));
  const factor = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]! * scale[i]! * scale[j]!;
      for (let k = 0; k < j; k++) rest -= factor[i]![k]! * factor[j]![k]!;
      if (i === j && !(rest > NOTHING && rest < Number.POSITIVE_INFINITY)) return null;
      factor[i]![j] = i === j ? Math.sqrt(rest) : rest / factor[j]![j]!;
    }
  }
  const columns = factor.map((_, column) => solveUnit(factor, column));
  return columns.map((values, j) => values.map((value, i) => value * scale[i]! * scale[j]!));
}

/** Solves L Lᵀ x = the unit vector of this column. */
function solveUnit(factor: number[][], column: number): number[] {
  const n = factor.length;
  const x = new Array<number>(n).fill(0);
  for (let i = column; i < n; i++) {
    let rest = i === column ? 1 : 0;
    for (let k = column; k < i; k++) rest -= factor[i]![k]! * x[k]!;
    x[i] = rest / factor[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let rest = x[i]!;
    for (let k = i + 1; k < n; k++) rest -= factor[k]![i]! * x[k]!;
    x[i] = rest / factor[i]![i]!;
  }
  return x;
}
