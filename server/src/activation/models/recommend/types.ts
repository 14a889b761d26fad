/** What recommendations are computed from: numbers in, numbers out. */

/** One item that may be recommended, and what is known of it. */
export interface ModelItem {
  /** `clv_contents.id` */
  contentId: number;
  /** `<uid>/<documentId>[/<locale>]` */
  key: string;
  kind: string;
  locale: string;
  title: string;
  topics: string[];
  publishedAt: number | null;
  /** Share of the persons who read it. */
  reach: number;
  /** The same of those who first read anything of late. */
  recent: number;
  /** Expected excess of log(1 + value) of its readers over the typical item's, drawn towards zero; 0 where nothing is known. */
  excess: number;
  /** The same among persons of a tier, drawn towards `excess`. */
  byTier: Record<string, number>;
  /** Spearman's ρ as it is, for the plain order; null where there is none. */
  rho: number | null;
  /** log of how much more often visitors of a channel read it than all do, drawn towards 0. */
  channels: Record<string, number>;
  /** Items that the same people read: index of the other and log of how much more often than by chance, best first. */
  together: [index: number, lift: number][];
}

export interface RecommendationModel {
  /** Of the ranking run. */
  jobId: string;
  madeAt: number;
  landmark: string | null;
  /** Persons that it rests on. */
  persons: number;
  items: ModelItem[];
}

/** What is known of the one whom items are for. */
export interface Taste {
  tier: string | null;
  stage: string | null;
  channel: string | null;
  /** By content id: seconds of attention, and when it was last touched. */
  read: ReadonlyMap<number, { seconds: number; lastAt: number }>;
}

export type Strategy = 'recommended' | 'popular' | 'newest' | 'plain';

/** An index into `model.items` with its score. */
export interface Scored {
  index: number;
  score: number;
}

/** The same with what speaks most for it. */
export interface Ranked extends Scored {
  reason:
    | { kind: 'topic'; topic: string }
    | { kind: 'read-together'; index: number }
    | { kind: 'value'; tier: string | null }
    | { kind: 'channel'; channel: string }
    | { kind: 'new' }
    | { kind: 'popular' };
}
