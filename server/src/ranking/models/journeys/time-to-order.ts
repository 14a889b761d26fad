import type { ValueReport } from '../../../clv/api-types';
import { timeToConversion } from '../../../clv/kpis/conversion';
import { hasOrdered, type Journeys } from './journeys';

/** Days from the first item to the first order, of customers who read before they ordered. */
export function timeToOrder({ persons, start, at }: Journeys): ValueReport['timeToConversion'] {
  const times: number[] = [];
  for (let p = 0; p < persons.count; p++) {
    if (start[p]! < start[p + 1]! && hasOrdered(persons, p))
      times.push(persons.firstOrderAt[p]! - at[start[p]!]!);
  }
  return timeToConversion(times);
}
