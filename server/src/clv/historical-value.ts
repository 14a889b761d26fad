import { type Convert, roundHalfEven } from './convert';

/** What one person brought and cost in one currency, in its minor units. */
export interface Sums {
  currency: string;
  revenue: number;
  cost: number;
  /** Cost to serve so far; may have a fraction, since months have. */
  service: number;
  acquisition: number;
}

/** Minor units of the report's currency. */
export interface HistoricalValue {
  revenue: number;
  cost: number;
  service: number;
  acquisition: number;
  /** revenue − cost */
  margin: number;
  /** revenue − cost − service − acquisition */
  clv: number;
}

/**
 * The historical customer lifetime value of one person: revenue less cost of goods, cost to serve and cost of
 * acquisition. Each figure is summed in its own currency, converted and rounded once, and only then subtracted: so the
 * breakdown adds up to the minor unit. An order without a cost counts as having none.
 */
export function historicalValue(sums: Iterable<Sums>, convert: Convert): HistoricalValue {
  const total = { revenue: 0, cost: 0, service: 0, acquisition: 0 };
  for (const { currency, revenue, cost, service, acquisition } of sums) {
    total.revenue += convert(revenue, currency);
    total.cost += convert(cost, currency);
    total.service += convert(roundHalfEven(service), currency);
    total.acquisition += convert(acquisition, currency);
  }
  const margin = total.revenue - total.cost;
  return { ...total, margin, clv: margin - total.service - total.acquisition };
}
