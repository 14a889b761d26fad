/** Persons by number from 0. Amounts are minor units; times are epoch milliseconds, Infinity for never. */
export interface Persons {
  count: number;
  /** First order that is no refund. */
  firstOrderAt: Float64Array;
  /** First touch, or order of any kind. */
  firstSeenAt: Float64Array;
  /** What all orders of a person add up to, and those from the landmark date on. */
  values: Float64Array;
  valuesFromDate: Float64Array;
  /** What the orders add up to that came before both the landmark date and the person's first touch of anything. */
  priorValues: Float64Array;
  /** Undefined where nobody knows. */
  channels: (string | undefined)[];
  /** The same of what the CRM calls their segment, of the company they belong to (by its key), and of their tier of value. */
  segments?: (string | undefined)[];
  companies?: (string | undefined)[];
  tiers?: (string | undefined)[];
  /** How many persons the person's company has, where it is known; 1 else. */
  accountSizes: Float64Array;
}
