/**
 * What a browser sends to `POST <strapi>/api/clv/collect`, as JSON with content type `application/json` or
 * `text/plain` (a beacon, so that no preflight is needed).
 */
export interface CollectBody {
  /** The visitor's key; a first-party cookie or an `x-clv-visitor` header may say it instead. 16 to 64 of [A-Za-z0-9_-]. */
  visitor?: string;
  /** When this body left, by the sender's clock, in epoch milliseconds; the server corrects the events' times by it. */
  sentAt: number;
  /** What the page knows of the visitor's consent. */
  consent?: 'granted' | 'denied' | 'unknown';
  /** At most 100. */
  events: CollectEvent[];
}

export interface CollectEvent {
  /** 8 to 64 of [A-Za-z0-9_-], made once and kept on every retry; best in order of time (UUIDv7). */
  id: string;
  kind: 'view' | 'read' | 'download';
  /** `<uid>/<documentId>` or `<uid>/<documentId>/<locale>`, such as `api::article.article/k2x…/en`. */
  content: string;
  /** By the sender's clock, in epoch milliseconds. */
  at: number;
  /** `read`: seconds visible and in focus since the last `read` of this view. */
  seconds?: number;
  /** `read`: how far down the page was seen, 0 to 100. */
  depth?: number;
  /** Where the visit came from: `utm_source`/`utm_medium` or the referrer's host; at most 64 characters. */
  channel?: string;
}

/** 202 after the events are stored. 400, 413, 429 and 503 say why in `error`; 429 and 503 carry `Retry-After`. */
export interface CollectAnswer {
  /** Events that are now stored, those that were stored before among them. */
  accepted: number;
  rejected: { index: number; reason: string }[];
}
