/** Types that the admin shares with the server; types only. Amounts are major units; times are epoch milliseconds. */

/** Revenue, costs and what is left. */
export interface ValueFigures {
  revenue: number;
  cost: number;
  service: number;
  acquisition: number;
  /** revenue − cost */
  margin: number;
  /** revenue − cost − service − acquisition */
  clv: number;
}

/** What one currency holds of a person's value. */
export interface CurrencyFigures {
  currency: string;
  /** What one unit is worth in the report's currency. */
  rate: number;
  /** Paid orders that are no refunds. */
  orders: number;
  revenue: number;
  cost: number;
  service: number;
  acquisition: number;
}

/** How the costs of one customer record come about. */
export interface RecordFigures {
  customerId: string;
  currency: string;
  acquiredAt: number | null;
  acquisition: number;
  servicePerMonth: number;
  /** Service runs from here: the day of acquisition, or else the first order. */
  servedSince: number | null;
  months: number;
  service: number;
}

/** `GET /clv/people/values?customer=<customer id>`: one person's historical value, figure by figure. */
export interface PersonBreakdown {
  personId: string;
  /** Every customer id of this person; several after a merge. */
  customerIds: string[];
  currency: string;
  timezone: string;
  /** The moment up to which service was counted. */
  now: number;
  firstOrderAt: number | null;
  /** Orders by what they count as; a refund is a paid order with a negative amount. */
  orders: { paid: number; refunds: number; notCounted: number; withoutCost: number };
  byCurrency: CurrencyFigures[];
  records: RecordFigures[];
  /** In the report's currency. */
  value: ValueFigures;
}
