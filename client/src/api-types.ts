/** Names what the value engine says of where a person stands. */
export type Stage = 'prospect' | 'new' | 'active' | 'at risk' | 'lapsed' | 'won back';

/** Bands of value: thirds of the customers. Nobody is told amounts. */
export type ValueBand = 'low' | 'middle' | 'high';

/** What a page may know of its visitor. */
export interface Me {
  /** Whether the visitor is known by a proven identity, and consent lets us say so. */
  known: boolean;
  tier: string | null;
  stage: Stage | null;
  value: ValueBand | null;
  /** Topics and kinds by how much they are read, most first; shares of attention, 0 to 1. */
  interests: { topics: { name: string; share: number }[]; kinds: { name: string; share: number }[] };
  /** Slugs of public segments. */
  segments: string[];
  /** Which arm of the experiment on recommendations; null when none runs or nothing may be kept. */
  arm: string | null;
  /** For edges: a JWT (HS256, 1 hour) that names the visitor's group and nobody; null without a secret. */
  token: string | null;
}

/** Why an item is recommended. */
export type Reason =
  /** About a topic that the visitor reads. */
  | { kind: 'topic'; topic: string }
  /** Read by those who read this one. */
  | { kind: 'read-together'; key: string; title: string }
  /** Goes with more value among persons of the same tier, or among all. */
  | { kind: 'value'; tier: string | null }
  /** Read by visitors who came the same way. */
  | { kind: 'channel'; channel: string }
  | { kind: 'new' }
  | { kind: 'popular' }
  /** Everything else was read: what was read longest ago. */
  | { kind: 'read-before' };

export interface Recommendation<Entry = unknown> {
  /** `<uid>/<documentId>[/<locale>]` */
  key: string;
  uid: string;
  documentId: string;
  locale: string | null;
  kind: string;
  title: string;
  /** For ordering only. */
  score: number;
  reason: Reason;
  /** The entry as the content API gives it, when `fields`, `populate` or `filters` were asked for. */
  entry?: Entry;
}

export interface Recommendations<Entry = unknown> {
  data: Recommendation<Entry>[];
  meta: {
    /** `visitor`: made for this one; `tier`: for everyone of a tier; `session`: by the channel alone. */
    personalised: 'visitor' | 'tier' | 'session' | 'none';
    strategy: 'recommended' | 'popular' | 'newest' | 'plain';
    arm: string | null;
    /** When what it goes by was computed; null before the first run. */
    computedAt: number | null;
  };
}

/** What may be asked for. */
export interface RecommendationsQuery {
  /** Kinds, such as `article`, or uids of content types; all unless told. */
  type?: string | string[];
  /** Such as `en`; the default locale unless told. */
  locale?: string;
  /** 1 to 50; 5 unless told. */
  limit?: number;
  /** Keys of items that are shown elsewhere on the page. */
  exclude?: string[];
  /** The key of the page that the visitor is on. */
  content?: string;
  /** How the visitor came, such as `newsletter`: it counts where nothing may be known of them. */
  channel?: string;
  /** The same answer for everyone of a tier, which CDNs may keep; nothing of the visitor is used. */
  tier?: string;
  /** As Strapi's content API takes them; the entries come with the answer then. */
  filters?: object;
  fields?: string[];
  populate?: string | string[] | object;
}
