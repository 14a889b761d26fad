/**
 * ln ∫₀¹ exp(logF(w, 1 − w)) dw by tanh-sinh quadrature (H. Takahasi and M. Mori, 1974), the step halved until nothing
 * changes: slow, and at home with peaks at both ends. It shares no idea with the quadrature of the models, which it is there
 * to check.
 *
 * @param logF logarithm of the integrand; may be −Infinity
 */
export function logIntegral(logF: (w: number, rest: number) => number): number {
  let last = Number.NaN;
  for (let step = 1 / 8; step > 1 / 2000; step /= 2) {
    const terms: number[] = [];
    for (let i = Math.round(-6.3 / step); i <= 6.3 / step; i++) {
      const reach = Math.PI * Math.sinh(i * step);
      // w / (1 − w) = e^reach; dw = w (1 − w) π cosh dτ
      const logW = -Math.log1p(Math.exp(-reach));
      const logRest = logW - reach;
      if (!(logW > -700 && logRest > -700)) continue;
      const jacobian = logW + logRest + Math.log(Math.PI * Math.cosh(i * step));
      terms.push(logF(Math.exp(logW), Math.exp(logRest)) + jacobian);
    }
    const now = logSum(terms) + Math.log(step);
    if (Math.abs(now - last) < 1e-13) return now;
    last = now;
  }
  return last;
}

/** ln Σ exp(terms). */
export function logSum(terms: number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const term of terms) most = Math.max(most, term);
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - most);
  return most + Math.log(sum);
}
