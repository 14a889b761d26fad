import { z } from 'zod';
import { BadField } from '../csv/bad-field';
import { currencyIn } from './currency';
import { cost, key, label, name, needed, numberWithin, optional, time } from './fields';
import { rowParser } from './row-parser';
import type { Rules } from './rules';

/** Emails are never quoted: a reason ends in logs, answers and files. */
function email(text: string): string {
  const address = text.toLowerCase();
  if (address.length <= 254 && z.email().safeParse(address).success) return address;
  throw new BadField('email', 'is not an email address; correct it or leave it empty');
}

const schemaFor = (rules: Rules, currency: string | null) =>
  z.object(
    {
      customer_id: needed('give every customer an id of its own', key),
      email: optional(email),
      channel: optional(label),
      acquired_at: optional(time(rules)),
      acquisition_cost: optional(cost(currency)),
      service_cost_per_month: optional(cost(currency)),
      /** Of the costs; the report's own when it is not said. */
      currency: optional(currencyIn(rules)),
      segment: optional(label),
      company: optional(name),
      /** "How likely are you to recommend us?", 0 to 10 (F. Reichheld, Harvard Business Review, 12/2003). */
      nps: optional(numberWithin(0, 10, true)),
      /** "The company made it easy for me", 1 to 7; a mean of several answers may have decimals. */
      ces: optional(numberWithin(1, 7, false)),
    },
    { error: 'is not an object of columns' },
  );

/** A customer as it is stored, but for the email; what was not said is undefined, what was emptied is null. */
export type Customer = z.output<ReturnType<typeof schemaFor>>;

/** Reads customers with the columns of the CSV contract (`customer_id`, …), from a file or a request. */
export const customerParser = (rules: Rules) =>
  rowParser<Customer>(rules, (currency) => schemaFor(rules, currency));
