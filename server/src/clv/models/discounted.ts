import { gaussLegendre } from '../../stats/gauss-legendre';
import type { Discount } from './types';

const { nodes, weights } = gaussLegendre(12);

/**
 * Discounted orders to a horizon from the expected ones E(t): ∫ e^(−δt) dE = e^(−δH) E(H) + δ ∫ e^(−δt) E(t) dt, which is the
 * sum of all discounted increments taken to the limit of short ones. Gauss–Legendre on panels on which neither 1 / (pace + t)
 * nor e^(−δt) changes much: good to about 1e-12.
 *
 * @param expected orders within a time; smooth, and changing over times of the size of `pace + t`
 * @throws RangeError for an endless horizon
 */
export function discounted(
  expected: (time: number) => number,
  { horizon, rate }: Discount,
  pace: number,
): number {
  if (!(horizon >= 0 && horizon < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`this model needs a finite horizon to discount to, not ${horizon}`);
  }
  if (rate === 0 || horizon === 0) return expected(horizon);
  let integral = 0;
  for (let from = 0; from < horizon && rate * from < 40; ) {
    const width = Math.min(horizon - from, 2 * (pace + from), 4 / Math.abs(rate));
    for (let i = 0; i < nodes.length; i++) {
      const t = from + width * nodes[i]!;
      integral += weights[i]! * width * Math.exp(-rate * t) * expected(t);
    }
    from = horizon - from - width < 1e-12 * horizon ? horizon : from + width;
  }
  return Math.exp(-rate * horizon) * expected(horizon) + rate * integral;
}
