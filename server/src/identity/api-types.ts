/** Types that the admin and the clients share with the server; types only. Times are epoch milliseconds. */

export type ConsentState = 'granted' | 'denied' | 'unknown';

/**
 * `POST /api/clv/identify`: says who uses this browser. The proof is a signed `token`, or an `Authorization: Bearer`
 * header with a users-permissions login or an API token; only with an API token do `customerId` and `email` count.
 */
export interface IdentifyBody {
  /** The visitor's key; the `x-clv-visitor` header or the cookie may say it instead. */
  visitor?: string;
  /** JWT, HS256 with `clv.config.identity.secret`: `sub` (customer id) and/or `email`, `iat`, `exp` (within 24 h). */
  token?: string;
  customerId?: string;
  email?: string;
}

export interface IdentifyAnswer {
  /** Whether what this browser read now counts for the person. */
  linked: boolean;
  /** Why not: the browser asks not to be tracked, consent is missing or denied, or no visitor was named. */
  reason?: 'gpc' | 'dnt' | 'consent-denied' | 'consent-missing' | 'no-visitor';
}

/** `POST /api/clv/consent` */
export interface ConsentBody {
  visitor?: string;
  state: ConsentState;
}

/** `GET /api/clv/consent`, and what the POST answers: what the calling visitor said, and when. */
export interface ConsentAnswer {
  state: ConsentState;
  at: number | null;
  /** What `unknown` means here: `required` tracks nothing before consent, `assumed` tracks until it is denied. */
  mode: 'required' | 'assumed';
}

export interface MergePerson {
  id: string;
  /** The person they are merged into, or their own id. */
  canonicalId: string;
  createdAt: number;
  customerIds: string[];
  userIds: string[];
  /** How many; addresses are kept as hashes only. */
  emails: number;
}

export interface Merge {
  id: string;
  state: 'suggested' | 'merged' | 'undone' | 'dismissed';
  reason: string;
  from: MergePerson;
  into: MergePerson;
  createdAt: number;
  decidedBy: string | null;
  decidedAt: number | null;
  undoneBy: string | null;
  undoneAt: number | null;
}

/**
 * `GET /clv/merges?state=&page=`. `POST /clv/merges` with `{ from, into, reason }` answers 201 with `{ id }`;
 * `POST /clv/merges/:id/accept`, `/undo` and `/dismiss` answer 204.
 */
export interface MergePage {
  merges: Merge[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
}
