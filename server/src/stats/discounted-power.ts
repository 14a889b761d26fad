import { logConcaveIntegral } from './log-concave-integral';

/** e⁻¹⁰⁰ is nothing beside what lies before. */
const FOREVER = 100;

/**
 * ∫₀^end e^{−zu} (1 + u)^{−s} du. Without an end it is e^z E_s(z) = e^z z^{s−1} Γ(1 − s, z), the generalised exponential
 * integral (DLMF 8.19.3); the substitution u = e^v − 1 serves every s alike, whole numbers too.
 *
 * @param end at least zero; Infinity only with z above zero
 */
export function discountedPower(s: number, z: number, end = Number.POSITIVE_INFINITY): number {
  const last = Math.log1p(Math.min(end, FOREVER / z));
  const g = {
    at: (v: number) => (1 - s) * v - z * Math.expm1(v),
    slope: (v: number) => 1 - s - z * Math.exp(v),
  };
  return logConcaveIntegral(g, last);
}
