import { casesAt, fitCustomers, fitProspects, type PersonRecord } from '../../clv/models/content';
import type { Forecast } from '../../clv/models/forecast';

/** The figures of content in the JSON document, or what there was too little of. */
export type ContentPart = ReturnType<typeof contentPart>;

/**
 * Accuracy with what people read and without it, on the time after the split.
 *
 * @param records persons, customers by their numbers in the forecast first
 * @param at the first moment after the split, `end` that after the last day
 */
export function contentPart(
  records: PersonRecord[],
  { seen, predictions }: Forecast,
  at: number,
  end: number,
) {
  const expected = new Map(Array.from(seen.customer, (number, i) => [number, predictions?.clv[i] ?? null]));
  const cases = casesAt(records, { at, end }, (person) => expected.get(person) ?? null);
  const customers = fitCustomers(cases.customers);
  const prospects = fitProspects(cases.prospects);
  return {
    customers: 'notEnough' in customers ? customers : customers.report,
    prospects: 'notEnough' in prospects ? prospects : prospects.report,
  };
}
