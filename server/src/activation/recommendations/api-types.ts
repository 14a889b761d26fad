import type { Stage } from '../../clv/api-types';

/** Types that the client of front ends shares with the server; types only. */

/** Bands of value: thirds of the customers. Nobody is told amounts. */
export type ValueBand = 'low' | 'middle' | 'high';

/** `GET /api/clv/me`: what a page may know of its visitor. */
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
  /** For edges: a JWT (HS256, `activation.edgeSecret`, 1 hour) with tier, stage, value, segments and arm, no identity; null without a secret. */
  token: string | null;
}

/** Why an item is recommended; the numbers say nothing of a person. */
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

export interface Recommendation {
  /** `<uid>/<documentId>[/<locale>]` */
  key: string;
  uid: string;
  documentId: string;
  locale: string | null;
  kind: string;
  title: string;
  /** Expected value relative to a random item: for ordering only. */
  score: number;
  reason: Reason;
  /** The entry as the content API gives it, when `fields`, `populate` or `filters` were asked for. */
  entry?: unknown;
}

/** `GET /api/clv/recommendations` */
export interface Recommendations {
  data: Recommendation[];
  meta: {
    /** `visitor`: made for this one; `tier`: for everyone of a tier; `session`: by the channel alone. */
    personalised: 'visitor' | 'tier' | 'session' | 'none';
    strategy: 'recommended' | 'popular' | 'newest' | 'plain';
    arm: string | null;
    /** When what it goes by was computed; null before the first run. */
    computedAt: number | null;
  };
}
