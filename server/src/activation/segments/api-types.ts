import type { CustomerRow, PersonKind, Stage } from '../../clv/api-types';

/** Types that the admin shares with the server; types only. Amounts are major units; times are epoch milliseconds. */

/** One condition on a person. Lists mean any of them; what the person has none of does not hold. */
export type SegmentRule =
  | { field: 'kind'; is: PersonKind[] }
  | { field: 'tier'; is: string[] }
  | { field: 'stage'; is: Stage[] }
  | { field: 'channel' | 'crmSegment' | 'company' | 'productLine'; is: string[] }
  /** Value within the model's horizon, or with what was bought before, in the report's currency; bounds included. */
  | { field: 'predicted' | 'total' | 'historical' | 'revenue'; min?: number; max?: number }
  | { field: 'orders'; min?: number; max?: number }
  /** P(alive) of customers, probability of a first order of prospects: 0 to 1. */
  | { field: 'pAlive' | 'buyProbability'; min?: number; max?: number }
  /** Answers to surveys. */
  | { field: 'nps'; min?: number; max?: number }
  /** At least, or at most, so many days ago. */
  | { field: 'lastOrder' | 'firstOrder' | 'lastTouch'; atLeastDays?: number; atMostDays?: number }
  /**
   * Consumed, or did not, any of these items, or anything of these kinds, topics or groups; with days, in those before now.
   * `contents` are keys of items.
   */
  | {
      field: 'content';
      did: boolean;
      contents?: string[];
      kinds?: string[];
      topics?: string[];
      withinDays?: number;
      /** Different items at least; 1 unless told. */
      atLeast?: number;
    };

export type SegmentField = SegmentRule['field'];

/** All conditions, or any of them; groups one deep: `all` of `any` is enough for every question. */
export interface SegmentRules {
  match: 'all' | 'any';
  rules: (SegmentRule | { match: 'all' | 'any'; rules: SegmentRule[] })[];
}

export type Membership = 'live' | 'static';

/** `POST /clv/segments`, `PUT /clv/segments/:id` */
export interface SegmentInput {
  name: string;
  /** Made of the name unless told; 1 to 64 of a-z 0-9 -. It never changes once made. */
  slug?: string;
  description?: string;
  /** `live`: whoever fits, as values change. `static`: whoever fitted when it was made or renewed. */
  membership: Membership;
  rules: SegmentRules;
  public: boolean;
  toCrm: boolean;
}

/** What the members of a segment, or those whom rules fit, are worth together. */
export interface SegmentFigures {
  members: number;
  /** Everyone who could be in it. */
  population: number;
  customers: number;
  /** Of those of whom something can be predicted. */
  predicted: { sum: number; mean: number; n: number } | null;
  total: { sum: number; mean: number };
  currency: string;
}

export interface Segment extends Required<SegmentInput> {
  id: string;
  members: number;
  computedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** `GET /clv/segments` */
export interface SegmentList {
  segments: Segment[];
  /** False before the first run of the value engine: then nobody is in any segment. */
  valued: boolean;
}

/** `GET /clv/segments/:id`; `POST /clv/segments/:id/renew` looks at everyone anew, also of a static one. */
export interface SegmentDetail {
  segment: Segment;
  figures: SegmentFigures | null;
  /** Names of triggers and experiments that go by it, so that it is not deleted unawares. */
  usedBy: { kind: 'trigger' | 'experiment'; id: string; name: string }[];
}

/** `GET /clv/segments/:id/members?page=&pageSize=`, most valuable first; `GET /clv/segments/:id/export.csv` has them all. */
export interface SegmentMembers {
  members: CustomerRow[];
  currency: string;
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
}

/** `POST /clv/segments/count` with `{ rules }` */
export interface SegmentCount {
  figures: SegmentFigures | null;
}

/** `GET /clv/segments/options`: what the builder offers. */
export interface SegmentOptions {
  tiers: string[];
  stages: Stage[];
  channels: string[];
  crmSegments: string[];
  companies: string[];
  productLines: string[];
  kinds: string[];
  topics: string[];
  currency: string;
}

/** `GET /clv/segments/contents?search=&keys=`: items by title, or by their keys, for the builder. */
export interface SegmentContents {
  contents: { key: string; title: string; kind: string; locale: string }[];
}

/** `GET /api/clv/segments`, for API tokens. */
export interface OutgoingSegments {
  data: { slug: string; name: string; description: string; membership: Membership; members: number }[];
}

/** `GET /api/clv/segments/:slug/members?after=&limit=`: customers whose consent lets us tell; `since` in ISO 8601. */
export interface OutgoingMembers {
  data: { customerIds: string[]; tier: string | null; since: string }[];
  /** `after` of the next page, which may hold fewer than `limit`; null at the end. */
  meta: { next: string | null };
}
