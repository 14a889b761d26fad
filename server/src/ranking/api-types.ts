/** Types that the admin shares with the server; types only. Amounts are major units of the report's currency. */

export type Landmark = 'first-order' | 'all' | (string & {});

export type Verdict =
  | 'associated'
  | 'below typical'
  | 'not distinguishable'
  | 'support-like'
  | 'not enough data';

/** Every figure of one content item; what cannot be given is null. */
export interface Figures {
  exposed: number;
  unexposed: number;
  rho: number | null;
  rhoLow: number | null;
  rhoHigh: number | null;
  pValue: number | null;
  qValue: number | null;
  rankBiserial: number | null;
  meanExposed: number | null;
  meanUnexposed: number | null;
  medianExposed: number | null;
  medianUnexposed: number | null;
  difference: number | null;
  differenceLow: number | null;
  differenceHigh: number | null;
  ratio: number | null;
  ratioLow: number | null;
  ratioHigh: number | null;
  adjustedRho: number | null;
  adjustedRhoLow: number | null;
  adjustedRhoHigh: number | null;
  adjustedDifference: number | null;
  adjustedDifferenceLow: number | null;
  adjustedDifferenceHigh: number | null;
  excess: number | null;
  excessLow: number | null;
  excessHigh: number | null;
  score: number | null;
  verdict: Verdict;
  /** Persons who ever touched it, and how many of them had ordered before they first did. */
  readers: number;
  readersAlreadyCustomers: number;
}

/** Why an item has no adjusted figures: nobody like its readers left it unread, or too few of them. */
export type Refusal = 'no overlap' | 'little overlap';

/** How far readers and others lie apart in a trait, in standard deviations; null where it does not vary. */
export interface Balance {
  /** `reading`, `visits`, `tenure`, `priorValue`, `accountSize`, or `channel:` and its name. */
  trait: string;
  before: number | null;
  after: number | null;
}

/** What stands behind an item's adjusted figures. */
export interface ItemDetail {
  balance: Balance[];
  /** What the weighted persons are worth in persons of equal weight. */
  effective: { exposed: number; unexposed: number };
  /** Readers whom nobody without the item is like. */
  withoutMatch: number;
  refused: Refusal | null;
  /** Adjusted effect of the typical item of its reach, and the standard error of the excess: log(1 + value). */
  typical: number | null;
  standardError: number | null;
}

export interface RankedItem extends Figures {
  contentId: number;
  uid: string;
  documentId: string;
  locale: string;
  kind: string;
  title: string;
  /** When the entry left the site, if it did. */
  unpublishedAt: number | null;
  deletedAt: number | null;
  /** Place in the whole ranking of this landmark and slice, from 1. */
  position: number;
  /** Place in the run before, if it was ranked there. */
  previousPosition: number | null;
}

/** The head of one snapshot: what was computed over what. */
export interface SnapshotHead {
  id: string;
  jobId: string;
  landmark: Landmark;
  /**
   * '' for everyone, or what divides the persons, and which part of them this is: `channel`, `segment`, `tier`, `cohort`
   * (quarter of the first order, `2026-Q1`), `customers` (`new` or `existing`), or `accounts` (`company`), where a company
   * stands in the place of its persons.
   */
  sliceOf: string;
  slice: string;
  /** Persons in the population, and how many of them have an outcome above zero. */
  population: number;
  withValue: number;
  items: number;
  /** Persons the landmark needs before it says anything (30). */
  needed: number;
  value: 'clv' | 'margin' | 'revenue' | 'predicted' | 'total';
  fdr: number;
  currency: string;
  timezone: string;
  /** True when the data came from the demonstration. */
  simulated: boolean;
  report: RankingReport;
  /** Of a slice: items of which there is not enough data there, which its ranking does not list. */
  leftOut?: number;
  /**
   * Of the slice `accounts:company`, whose population are companies: how many persons they are made of, and of how many no
   * company is known, who are left out.
   */
  accounts?: { persons: number; withoutCompany: number } | null;
  createdAt: number;
  /** Of everyone: until when touches and orders are in these figures, where they were refreshed after the run. */
  refreshedAt?: number;
}

/** What a ranking knows of itself. */
export interface RankingReport {
  /** Items that can be compared with what is typical, and how many that takes. */
  comparable: number;
  itemsNeeded: number;
  /**
   * What is typical, or null when too few items can be compared: by how much ordinary items differ beyond chance (standard
   * deviation, log(1 + value)), and the share of items that are ordinary.
   */
  typical: { spread: number; ordinary: number } | null;
  falsification?: Falsification;
}

/** A question to which the ranking must answer no, or by chance alone, if it can be trusted. */
export interface FalsificationCheck {
  name: 'negative control' | 'shuffles' | 'split halves' | 'sign flips' | 'value before';
  /** Null when there was too little to check. */
  passed: boolean | null;
  /** What was to be expected and what was found, of how many. */
  expected: number | null;
  found: number | null;
  of: number | null;
  /** Of `value before`: by how many times readers had been worth what the others had been, for the middle item. */
  ratio?: number;
  note: string | null;
}

/** How the ranking stood when it was tried to be proved wrong. */
export interface Falsification {
  checks: FalsificationCheck[];
  /** Null when no check can say anything. `value before` is about the plain figures alone, and no part of this. */
  passed: boolean | null;
}

export type RankingSort =
  | 'position'
  | 'title'
  | 'exposed'
  | 'rho'
  | 'difference'
  | 'excess'
  | 'qValue'
  | 'score';

/**
 * `GET /clv/rankings?landmark=&slice=channel:ads&kind=&locale=&group=author:Jane Doe&verdict=&search=&sort=position:asc&page=1&pageSize=25`
 * `snapshot` is null before the first run. `GET /clv/rankings/export.csv` takes the same parameters.
 */
export interface RankingPage {
  snapshot: SnapshotHead | null;
  items: RankedItem[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
  /** What the filters can be set to in the latest run. */
  facets: {
    landmarks: Landmark[];
    /** Of the landmark shown; `all` has none. */
    slices: { of: string; values: string[] }[];
    kinds: string[];
    locales: string[];
    /** What content belongs to (`topic`, and the configuration's groups) and the first values of it; `more`: search for the others. */
    groups: { by: string; values: string[]; more: boolean }[];
  };
  /** The run under way, if there is one, and the last that ended. */
  running: string | null;
  lastRun: { id: string; status: string; finishedAt: number | null; error: string | null } | null;
  /** What is there to rank: tells an empty screen what to say next. */
  data: { contents: number; touches: number; identifiedVisitors: number; customers: number; orders: number };
}

/** What is said of all items of a group, such as those of one author. */
export interface GroupFigures {
  value: string;
  /** Items that the ranking lists, how many of them have an excess, and how many it takes to say something of the group. */
  items: number;
  comparable: number;
  needed: number;
  /** Items with that verdict. */
  associated: number;
  belowTypical: number;
  /** Mean excess of the items (log(1 + value)) with its 95 % interval, and by how much theirs differ in truth (standard deviation). */
  excess: number | null;
  excessLow: number | null;
  excessHigh: number | null;
  spread: number | null;
  /** Of the mean excess, the q-value over all groups of the view. */
  pValue: number | null;
  qValue: number | null;
  verdict: Exclude<Verdict, 'support-like'>;
  /** Persons × items: somebody who read three of the items counts three times. */
  readings: number;
}

export type GroupSort =
  | 'value'
  | 'items'
  | 'comparable'
  | 'associated'
  | 'belowTypical'
  | 'excess'
  | 'qValue'
  | 'readings';

/**
 * `GET /clv/rankings/groups?by=author&landmark=&slice=&kind=&locale=&group=&search=&sort=excess:desc&page=1&pageSize=25`
 * `by` is one of `dimensions`. `GET /clv/rankings/groups/export.csv` takes the same parameters.
 */
export interface GroupPage {
  snapshot: SnapshotHead | null;
  by: string;
  /** `kind`, `locale`, `topic` where a content type has topics, and the configuration's groups. */
  dimensions: string[];
  /** An item stands in each of its groups. */
  groups: GroupFigures[];
  /** Items that match and are in none. */
  ungrouped: number;
  pagination: RankingPage['pagination'];
}

/** `GET /clv/rankings/group-values?by=tag&search=&limit=20`: those with most items first; `total` is how many match. */
export interface GroupValues {
  values: { value: string; items: number }[];
  total: number;
}

/** `GET /clv/rankings/item?uid=&documentId=&locale=`: the item in each landmark of the latest run, for the panel. */
export interface ItemPanel {
  tracked: boolean;
  items: { snapshot: SnapshotHead; item: RankedItem }[];
  /** Touches so far, by kind; from the snapshot, never counted on the spot. */
  readers: number;
}

/** `POST /clv/rankings/run` answers 202 with `{ jobId }`; 409 with the running `{ jobId }` when there is one. */
export interface RunStarted {
  jobId: string;
}

/** `Job.result` of a `rank` job. */
export interface RankResult {
  snapshots: number;
  items: number;
  population: number;
  seconds: number;
  /** Of a refresh: touches that came in since, and persons whose browsers changed; none of a whole run. */
  refresh?: { touches: number; reread: number };
}
