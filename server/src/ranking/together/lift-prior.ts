import { digamma } from '../../stats/digamma';

/**
 * How far counts lie from what chance explains, over many pairs of things: the true ratio of each count to its expectation
 * is taken from a gamma distribution of mean 1, as wide as the counts scatter beyond a Poisson distribution. Its shape by
 * moments: Σ((n − E)² − n) = ΣE² / shape (D. Clayton and J. Kaldor, "Empirical Bayes estimates of age-standardized relative
 * risks", Biometrics 43, 1987).
 */
export class LiftPrior {
  #squares = 0;
  #beyond = 0;

  /** Counts the pairs of which some were seen, one by one. */
  add(count: number, expected: number): void {
    this.#beyond += count * count - 2 * count * expected - count;
  }

  /** Counts the expectations of all pairs, those too of which nothing was seen. */
  addExpected(sumOfSquares: number): void {
    this.#squares += sumOfSquares;
    this.#beyond += sumOfSquares;
  }

  /** Infinity where chance explains everything; one at least, so that a pair of rare things is never sure. */
  shape(): number {
    return this.#beyond > 0 ? Math.max(1, this.#squares / this.#beyond) : Number.POSITIVE_INFINITY;
  }
}

/**
 * The expected logarithm of how much more often than by chance something happens, given how often it did: drawn towards 0 the
 * more, the less was to be expected. ψ(n + a) − log(E + a), the logarithm of EBGM of W. DuMouchel, "Bayesian data mining in
 * large frequency tables", The American Statistician 53 (1999), with one gamma distribution of mean 1.
 *
 * @param shape of the prior, a
 */
export function shrunkenLift(count: number, expected: number, shape: number): number {
  return shape === Number.POSITIVE_INFINITY ? 0 : digamma(count + shape) - Math.log(expected + shape);
}
