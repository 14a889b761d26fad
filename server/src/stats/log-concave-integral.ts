import { gaussLegendre } from './gauss-legendre';

export const RULE = gaussLegendre(32);

/** e⁻⁴⁰ is below the last digit of a double. */
const NEGLIGIBLE = 40;
/** 32 nodes are exact to the last digits on a piece this long, if features of the integrand are about 1 wide. */
const PIECE = 8;

/** A concave function, 0 at 0, and its derivative: the logarithm of what is integrated. */
export interface Concave {
  at(v: number): number;
  slope(v: number): number;
}

/**
 * Where e^g may be cut off: beyond it lies less than e⁻⁴⁰ of the height at 0. A step of Newton's method towards the root
 * of a concave function never passes it from the right, so each step is a bound, and the smallest is taken.
 *
 * @param end where the integral ends anyhow; may be Infinity if the slope at 0 is negative
 */
export function cutOff(g: Concave, end: number): number {
  const first = g.slope(0);
  let cut = first < 0 ? Math.min(end, NEGLIGIBLE / -first) : end;
  for (let step = 0; step < 4 && cut > 1; step++) {
    const slope = g.slope(cut);
    const above = g.at(cut) + NEGLIGIBLE;
    if (slope >= 0 || above >= 0) break;
    cut -= above / slope;
  }
  return cut;
}

/** In how many equal pieces to integrate up to `end`. */
export const piecesOf = (end: number): number => Math.max(1, Math.ceil(end / PIECE));

/**
 * ∫₀^end e^{g(v)} dv by 32-point Gauss–Legendre quadrature, cut off where nothing is left, to about 1e-14 (relative)
 * for functions g that bend on a scale of 1.
 */
export function logConcaveIntegral(g: Concave, end: number): number {
  const cut = cutOff(g, end);
  const pieces = piecesOf(cut);
  const length = cut / pieces;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++)
    for (let i = 0; i < RULE.nodes.length; i++)
      sum += RULE.weights[i]! * Math.exp(g.at((piece + RULE.nodes[i]!) * length));
  return sum * length;
}
