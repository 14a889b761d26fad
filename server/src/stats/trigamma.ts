/**
 * Second derivative of ln Γ, by its asymptotic series (DLMF 5.15.8) from 10 on and by ψ′(x) = ψ′(x + 1) + 1/x²
 * (DLMF 5.15.5) below; to about 1e-14 relative.
 *
 * @returns Infinity at 0, NaN below
 */
export function trigamma(x: number): number {
  if (x === 0) return Number.POSITIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  let shifted = x;
  let skipped = 0;
  for (; shifted < 10; shifted++) skipped += 1 / (shifted * shifted);
  const z = 1 / (shifted * shifted);
  const series = z * (1 / 6 + z * (-1 / 30 + z * (1 / 42 + z * (-1 / 30 + z * (5 / 66 - (z * 691) / 2730)))));
  return (1 + 0.5 / shifted + series) / shifted + skipped;
}
