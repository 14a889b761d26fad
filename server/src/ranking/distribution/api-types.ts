/** Types that the admin shares with the server; types only. Amounts are major units of the report's currency. */

/** Persons of each kind. */
export interface Persons {
  readers: number;
  others: number;
}

/** How the value of readers and of others is distributed at one landmark. */
export interface ValueDistribution {
  /** Ends of the bins of values above zero, rising: one more than there are bins. */
  edges: number[];
  readers: number[];
  others: number[];
  /** Who is worth nothing, and who costs more than they bring. */
  zero: Persons;
  negative: Persons;
}

/** The section `distribution` of one item: by landmark. */
export type ItemDistribution = Record<string, ValueDistribution>;
