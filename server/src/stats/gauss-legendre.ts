/** Nodes and weights of a quadrature on [0, 1]: ∫ f ≈ Σ weights[i] f(nodes[i]). */
export interface Quadrature {
  nodes: Float64Array;
  weights: Float64Array;
}

/**
 * Gauss–Legendre quadrature, exact for polynomials of degree 2n − 1 (DLMF 3.5.15): nodes by Newton's method on the
 * Legendre polynomial, from Tricomi's approximation of its roots.
 *
 * @param n how many nodes, at least 1
 */
export function gaussLegendre(n: number): Quadrature {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 6; step++) {
      const legendre = legendreAt(n, x);
      slope = legendre.slope;
      x -= legendre.value / slope;
    }
    nodes[n - 1 - i] = (1 + x) / 2;
    weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** P_n(x) by Bonnet's recursion, with its derivative. */
function legendreAt(n: number, x: number): { value: number; slope: number } {
  let before = 0;
  let value = 1;
  for (let k = 1; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, slope: (n * (before - x * value)) / (1 - x * x) };
}
