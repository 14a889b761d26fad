import type { CustomerCase } from './customers';
import { isCustomer, isProspect, outcomeBetween, Past, type PersonRecord } from './past';
import type { ProspectCase } from './prospects';

export interface Cut {
  /** What came before it is known, … */
  at: number;
  /** … and what came from it on, before this end, is to be foreseen. */
  end: number;
}

/**
 * Divides what is known of persons at a cut: into customers and prospects, and of each into the past and the outcome.
 *
 * @param expectedOf what a model without content, fitted on what came before the cut, expects of a person
 * @param of whether the outcome is the value of orders or their number
 */
export function casesAt(
  records: readonly PersonRecord[],
  { at, end }: Cut,
  expectedOf: (person: number) => number | null,
  of: 'value' | 'orders' = 'value',
): { customers: CustomerCase[]; prospects: ProspectCase[] } {
  const customers: CustomerCase[] = [];
  const prospects: ProspectCase[] = [];
  records.forEach((record, person) => {
    const past = Past.of(record, at);
    const came = outcomeBetween(record, at, end);
    const outcome = came[of];
    if (isCustomer(past)) customers.push({ past, expected: expectedOf(person), outcome });
    else if (isProspect(past)) prospects.push({ past, outcome, bought: came.orders > 0 });
  });
  return { customers, prospects };
}
