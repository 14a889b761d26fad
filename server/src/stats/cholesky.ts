/** Below this share of its diagonal a pivot is nothing but rounding. */
const NOTHING = 1e-12;

/**
 * Cholesky's factor L of a symmetric positive definite matrix, L Lᵀ = A, in place of its lower triangle. G. Golub and
 * C. Van Loan, "Matrix Computations", 4.2. For matrices of some hundred columns; `inverseSymmetric` is for small ones.
 *
 * @param matrix n × n, row after row; its upper triangle is not read
 * @returns false when the matrix is singular to working precision or not positive definite
 */
export function factorise(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const diagonal = matrix[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (i > j) matrix[i * n + j] = rest / matrix[j * n + j]!;
      else if (rest > NOTHING * diagonal && rest < Number.POSITIVE_INFINITY)
        matrix[i * n + i] = Math.sqrt(rest);
      else return false;
    }
  }
  return true;
}

/** Solves L Lᵀ x = b in place of b, with the factor that `factorise` leaves. */
export function solveFactorised(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let rest = b[i]!;
    for (let k = 0; k < i; k++) rest -= factor[i * n + k]! * b[k]!;
    b[i] = rest / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / factor[i * n + i]!;
    b[i] = x;
    for (let k = 0; k < i; k++) b[k]! -= factor[i * n + k]! * x;
  }
}
