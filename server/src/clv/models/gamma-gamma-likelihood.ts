import { digamma } from '../../stats/digamma';
import { logBeta } from '../../stats/log-beta';
import { distinctValues } from './distinct-values';
import type { LogLikelihood } from './fit-maximum';

/** Customers' repeat orders as the spend model sees them, in columns. */
export interface Spends {
  /** Orders that the mean is over (x). */
  frequency: Float64Array;
  /** Mean value of these orders, in one currency (m). */
  mean: Float64Array;
  /** Customers with this row. */
  weight: Float64Array;
}

/**
 * Log-likelihood of one customer's mean m over x orders: the density of a mean of gamma(p, ν) values, ν ~ gamma(q, γ).
 * P. Fader and B. Hardie, "The gamma-gamma model of monetary value" (2013), equation 1a. No orders tell nothing: 0.
 */
export function gammaGammaLogLikelihood(p: number, q: number, gamma: number, x: number, m: number): number {
  if (x === 0) return 0;
  const total = m * x;
  return -logBeta(p * x, q) - p * x * Math.log1p(gamma / total) - q * Math.log1p(total / gamma) - Math.log(m);
}

/** Σ weight · ln likelihood with its gradient by p, q and γ. Rows must have x > 0 and m > 0. */
export function gammaGammaLikelihood({ frequency, mean, weight }: Spends): LogLikelihood {
  const orders = distinctValues(frequency);
  const customers = new Float64Array(orders.values.length);
  let constant = 0;
  for (let i = 0; i < weight.length; i++) {
    customers[orders.index[i]!]! += weight[i]!;
    constant -= weight[i]! * Math.log(mean[i]!);
  }
  return ([p, q, gamma]: readonly number[], gradient: number[]) => {
    let sum = constant;
    let byP = 0;
    let byQ = 0;
    let byGamma = 0;
    for (let k = 0; k < orders.values.length; k++) {
      const x = orders.values[k]!;
      const w = customers[k]!;
      const both = digamma(p! * x + q!);
      sum -= w * logBeta(p! * x, q!);
      byP += w * x * (both - digamma(p! * x));
      byQ += w * (both - digamma(q!));
      byGamma += (w * q!) / gamma!;
    }
    for (let i = 0; i < weight.length; i++) {
      const x = frequency[i]!;
      const w = weight[i]!;
      const total = x * mean[i]!;
      const less = Math.log1p(gamma! / total);
      const more = Math.log1p(total / gamma!);
      sum -= w * (p! * x * less + q! * more);
      byP -= w * x * less;
      byQ -= w * more;
      byGamma -= (w * (p! * x + q!)) / (gamma! + total);
    }
    gradient[0] = byP;
    gradient[1] = byQ;
    gradient[2] = byGamma;
    return sum;
  };
}
