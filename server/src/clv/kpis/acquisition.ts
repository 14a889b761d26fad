import type { Figure } from '../api-types';
import { exactly, notEnough } from './figure';
import type { Spent } from './marketing';
import { type Sums, sumsFigure } from './sums';

/** Cost of acquiring a customer: marketing ÷ new customers, both counted. */
export function cacOf({ marketing, newCustomers, known }: Spent): Figure {
  if (!known) return notEnough('costs', 0, 1);
  if (newCustomers === 0) return notEnough('customers', 0, 1);
  return exactly(marketing / newCustomers, newCustomers);
}

/**
 * CLV ÷ CAC: what the new customers of a group are worth on average, before their acquisition, over what one cost. The
 * value has an interval, the cost is counted. Nothing can be said of customers who cost nothing.
 *
 * @param sums over the new customers
 * @param value which of its quantities is the value
 */
export function ratioOf(spent: Spent, sums: Sums, value: number): Figure {
  const cac = cacOf(spent);
  if (!('value' in cac)) return cac;
  if (cac.value <= 0) return notEnough('costs', 0, 1);
  return sumsFigure(sums, (totals) => totals[value]! / sums.n / cac.value, { positive: false });
}
