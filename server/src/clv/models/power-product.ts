import { cutOff, piecesOf, RULE } from '../../stats/log-concave-integral';

/** Means under the density proportional to (1 + y/a)^−p (1 + y/b)^−q: what the gradient of its integral is made of. */
export interface PowerMeans {
  /** E ln(1 + y/a) */
  logA: number;
  /** E ln(1 + y/b) */
  logB: number;
  /** E 1 / (1 + y/a) */
  shareA: number;
  /** E 1 / (1 + y/b) */
  shareB: number;
}

/**
 * ∫₀^length (1 + y/a)^−p (1 + y/b)^−q dy, the integral of the Pareto/NBD model that its papers write with the
 * hypergeometric function: here by Gauss–Legendre quadrature in v = ln(1 + y / min(a, b)), where the integrand's logarithm
 * is concave and nothing overflows or cancels, be a = b, the powers in the thousands or the length zero.
 *
 * @param means filled in when given
 */
export function powerProduct(
  a: number,
  b: number,
  p: number,
  q: number,
  length: number,
  means?: PowerMeans,
): number {
  if (b < a) return swapped(a, b, p, q, length, means);
  const ratio = a / b;
  const cut = cutOff(
    {
      at: (v) => (1 - p) * v - q * Math.log1p(ratio * Math.expm1(v)),
      slope: (v) => 1 - p - (q * ratio * Math.exp(v)) / (1 + ratio * Math.expm1(v)),
    },
    Math.log1p(length / a),
  );
  const pieces = piecesOf(cut);
  const step = cut / pieces;
  const { nodes, weights } = RULE;
  let sum = 0;
  let logA = 0;
  let logB = 0;
  let shareA = 0;
  let shareB = 0;
  for (let piece = 0; piece < pieces; piece++) {
    for (let i = 0; i < nodes.length; i++) {
      const v = (piece + nodes[i]!) * step;
      const grown = Math.expm1(v);
      const log = Math.log1p(ratio * grown);
      const height = weights[i]! * Math.exp((1 - p) * v - q * log);
      sum += height;
      logA += height * v;
      logB += height * log;
      shareA += height / (1 + grown);
      shareB += height / (1 + ratio * grown);
    }
  }
  if (means) {
    // An empty integral lies wholly at y = 0.
    means.logA = sum > 0 ? logA / sum : 0;
    means.logB = sum > 0 ? logB / sum : 0;
    means.shareA = sum > 0 ? shareA / sum : 1;
    means.shareB = sum > 0 ? shareB / sum : 1;
  }
  return a * step * sum;
}

/** The same with the two factors in the other order. */
function swapped(a: number, b: number, p: number, q: number, length: number, means?: PowerMeans): number {
  const value = powerProduct(b, a, q, p, length, means);
  if (means) {
    [means.logA, means.logB] = [means.logB, means.logA];
    [means.shareA, means.shareB] = [means.shareB, means.shareA];
  }
  return value;
}
