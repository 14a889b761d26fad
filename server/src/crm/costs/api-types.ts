/** Types that the admin shares with the server; types only. Costs have the columns of the CSV files; times are epoch ms. */

/** What tells costs apart. */
export interface CostKey {
  /** `2026-01` */
  month: string;
  channel: string;
  product_line: string | null;
  segment: string | null;
}

/** What a channel cost in a month. */
export interface ListedCost extends CostKey {
  /** Major units, with the decimals of the currency: `1234.50`. */
  amount: string;
  currency: string;
  /** Who said so last: `csv`, `api`, or `admin` when it was entered or changed here. */
  source: string;
  updated_at: number;
}

/** `GET /clv/costs?page=&pageSize=&month=&channel=`: the newest month first. */
export interface CostsPage {
  costs: ListedCost[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
  /** Of all that match, by currency. */
  totals: CostTotal[];
  /** What there are costs of, to narrow the list down by; the newest month first. */
  stored: { months: string[]; channels: string[] };
  /** Names that costs, customers and orders have, to choose from. */
  known: { channels: string[]; product_lines: string[]; segments: string[] };
  /** What a cost can be in: the report's currency first, then those that have a rate. */
  currencies: string[];
}

export interface CostTotal {
  currency: string;
  /** Major units, with the decimals of the currency. */
  amount: string;
  costs: number;
}

/**
 * `PUT /clv/costs`, which answers the cost as it is kept. 400 when it cannot be, with `CostProblem` as details where it is told from the rest of the body; 409 when
 * another cost than the one that it replaces has this month, channel, product line and segment, or that one is gone.
 */
export interface CostInput {
  cost: CostKey & { amount: string; currency: string };
  /** The one that it takes the place of; null of a new one. */
  replaces: CostKey | null;
}

export interface CostProblem {
  /** The first column that is wrong; null when it is the cost as a whole. */
  field: string | null;
}

/* `DELETE /clv/costs?month=&channel=&product_line=&segment=` answers `{}`; 404 when there is none. */
