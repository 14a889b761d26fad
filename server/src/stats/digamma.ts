/**
 * Derivative of ln Γ, by its asymptotic series (DLMF 5.11.2) from 10 on and by ψ(x) = ψ(x + 1) − 1/x (DLMF 5.5.2)
 * below; to about 1e-15, absolute near its zero at 1.4616 and relative elsewhere.
 *
 * @returns −Infinity at 0, NaN below
 */
export function digamma(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  let shifted = x;
  let skipped = 0;
  while (shifted < 10) skipped += 1 / shifted++;
  const z = 1 / (shifted * shifted);
  const series =
    z * (1 / 12 + z * (-1 / 120 + z * (1 / 252 + z * (-1 / 240 + z * (1 / 132 + (z * -691) / 32760)))));
  return Math.log(shifted) - 0.5 / shifted - series - skipped;
}
