import type { Figure, ValueReport } from '../../clv/api-types';

/** Types that the admin shares with the server; types only. Amounts are major units, lengths of time are days. */

/** How a journey stands: an order ended it, somebody read a new item of late, or nobody saw them do so for long. */
export type Outcome = 'ordered' | 'reading' | 'left';

/** An item by its content id, all others together, or how a journey that was over by then stood. */
export type FlowKey = number | 'other' | Outcome;

export interface FlowNode {
  /** From 0; the last one holds outcomes alone. */
  step: number;
  key: FlowKey;
  persons: number;
}

export interface FlowLink {
  /** The step it comes from. */
  step: number;
  from: FlowKey;
  to: FlowKey;
  persons: number;
}

/** At every step the persons of all nodes sum to `persons`, and so do those of all links that leave it. */
export interface Flow {
  persons: number;
  nodes: FlowNode[];
  links: FlowLink[];
}

/** Quartiles of days. */
export interface Days {
  median: Figure;
  lowerQuartile: Figure;
  upperQuartile: Figure;
}

/** Customers who read the same items last before their first order. */
export interface Path {
  contentIds: number[];
  customers: number;
  share: Figure;
  /** From the first item of the whole journey to the first order. */
  days: Days;
  /** Median of what these customers are worth. */
  value: Figure;
}

/** Every customer by the last items before the first order; the three groups hold each of them once. */
export interface Paths {
  /** So many of the last items, fewer where nothing was read before them. */
  length: number;
  customers: number;
  paths: Path[];
  /** Paths further down. */
  others: { paths: number; customers: number };
  /** Paths of fewer customers than may be told. */
  few: { paths: number; customers: number };
}

/** Paths of those who are now in the best tier, or why they cannot be told. */
export type TopTier = { tier: string; paths: Paths[] } | { missing: 'no value run' | 'no tiers' };

export interface EntryItem {
  contentId: number;
  /** Persons who read it first of all, and how many of them ordered. */
  persons: number;
  ordered: number;
  conversion: Figure;
  /** Their conversion as a multiple of that of everyone who began elsewhere. */
  lift: Figure;
  /** To the first order, of those who ordered. */
  days: Days;
}

export interface ClosingItem {
  contentId: number;
  customers: number;
  /** Of all customers with a journey. */
  share: Figure;
  /** Customers who read it at some time before they ordered, and the share of them for whom it was the last. */
  readers: number;
  lastOfReaders: Figure;
}

export interface JourneysReport {
  currency: string;
  /** What values are: as in the rankings. */
  value: 'clv' | 'margin' | 'revenue' | 'predicted' | 'total';
  /** Nothing is told of fewer persons; comparisons need more. */
  fewest: number;
  needed: number;
  /** Who read nothing new for longer counts as gone. */
  readingDays: number;
  counts: {
    /** Persons with a journey: they read something before their first order, or read and never ordered. */
    readers: number;
    ordered: number;
    reading: number;
    left: number;
    /** Customers who read nothing before they ordered. */
    orderedUnread: number;
  };
  flow: Flow;
  paths: Paths[];
  topTier: TopTier;
  time: ValueReport['timeToConversion'];
  /** The most frequent ones, and how many there are in all. */
  entries: EntryItem[];
  closings: ClosingItem[];
  entryItems: number;
  closingItems: number;
  /** Items whose own journeys can be asked for, the most read first. */
  items: { contentId: number; readers: number }[];
}

export interface NextItem {
  contentId: number;
  persons: number;
  /** Of those who had it still ahead and read on, and as a multiple of its share after all other items. */
  share: Figure;
  lift: Figure;
  /** How many of them ordered later; their share as a multiple of that of those who went on with something else. */
  ordered: number;
  conversion: Figure;
  conversionLift: Figure;
  /** Mean value of all of them, nothing for who never ordered. */
  value: Figure;
}

/** The journeys through one item, as far as the first order. */
export interface ItemJourneys {
  contentId: number;
  readers: number;
  ordered: number;
  conversion: Figure;
  /** Where it stands in the journeys of customers who read it; each is in one of these. */
  roles: { only: number; entry: number; middle: number; closing: number };
  /** Readers who began with it. */
  first: number;
  before: { contentId: number; persons: number; share: Figure }[];
  next: NextItem[];
  /** Readers who read nothing new afterwards, by how their journey stands. */
  last: Record<Outcome, number>;
}

export interface ContentName {
  contentId: number;
  uid: string;
  documentId: string;
  locale: string;
  kind: string;
  title: string;
}

export interface JourneysRun {
  jobId: string;
  createdAt: number;
  /** True when the data came from the demonstration. */
  simulated: boolean;
}

/** `GET /clv/journeys`: `run` is null before the first run, `report` also after one of an older version. */
export interface JourneysPage {
  run: JourneysRun | null;
  report: JourneysReport | null;
  /** Of all items that the report names. */
  contents: ContentName[];
}

/** `GET /clv/journeys/item?contentId=`: `item` is null when too few read it for anything to be told. */
export interface ItemJourneysAnswer {
  run: JourneysRun | null;
  item: ItemJourneys | null;
  contents: ContentName[];
}
