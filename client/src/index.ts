import type { TrackerOptions } from './options';
import { listenToPage, startTracker, type Tracker, tracker } from './tracker';

export {
  type Client,
  type ClientOptions,
  createClient,
  type Me,
  type Reason,
  type Recommendation,
  type Recommendations,
  type RecommendationsQuery,
  type Stage,
  type ValueBand,
  visitorHeaders,
} from './api';
export type { ConsentState } from './consent';
export type { TrackerOptions } from './options';
export type { CollectAnswer, CollectBody, CollectEvent } from './protocol';
export type { Tracker } from './tracker';

/** For a server, where there is no page. */
const silent: Tracker = {
  page() {},
  download() {},
  async consent() {
    return undefined;
  },
  async identify() {
    return undefined;
  },
  reset() {},
  async flush() {},
  visitor() {
    return undefined;
  },
  stop() {},
};

let listening = false;

/**
 * Begins to track this page and returns its tracker. A page has one, also as `window.clv`: called again, and on pages
 * that loaded the script, it returns the one that is there, until that is stopped. On a server it does nothing.
 *
 * @example
 * const clv = createTracker({ endpoint: 'https://cms.example.com/api/clv', consent: 'required' });
 * clv.page(`api::article.article/${article.documentId}/${article.locale}`);
 */
export function createTracker(options: TrackerOptions): Tracker {
  if (typeof document === 'undefined') return silent;
  if (window.clv) return window.clv;
  if (!listening) listenToPage();
  listening = true;
  startTracker({ ...options, endpoint: options.endpoint.replace(/\/$/, '') });
  window.clv = {
    ...tracker,
    stop() {
      tracker.stop();
      delete window.clv;
    },
  };
  return window.clv;
}
