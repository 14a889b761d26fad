const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/**
 * What Stirling's formula lacks: `ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π)`, by its asymptotic series (DLMF 5.11.1) from
 * 10 on and by the recurrence Γ(x + 1) = x Γ(x) below.
 *
 * @param x above zero
 * @returns NaN for x ≤ 0
 */
export function stirlingError(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x < 10) {
    let product = 1;
    let shifted = x;
    while (shifted < 10) product *= shifted++;
    const logGamma = stirling(shifted) + stirlingError(shifted) - Math.log(product);
    return logGamma - stirling(x);
  }
  const z = 1 / (x * x);
  const series =
    1 / 12 + z * (-1 / 360 + z * (1 / 1260 + z * (-1 / 1680 + z * (1 / 1188 + (z * -691) / 360360))));
  return series / x;
}

/** Stirling's formula for ln Γ(x). */
export function stirling(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI;
}
