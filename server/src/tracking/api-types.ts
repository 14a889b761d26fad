/** Types that the admin shares with the server; types only. */

/** `GET /clv/tracking/status`: how tracking fares, for the settings page. */
export interface TrackingStatus {
  enabled: boolean;
  consentMode: 'required' | 'assumed';
  respectGpc: boolean;
  respectDnt: boolean;
  origins: string[];
  readHook: boolean;
  contentTypes: { uid: string; kind: string; title: string; file: string | null; items: number }[];
  /** Totals since the tables were made, by name: accepted, duplicate, rejected, dropped.bot, dropped.consent, dropped.gpc, dropped.overflow, … */
  counters: Record<string, number>;
  lastTouchAt: number | null;
  /** The lines to paste into a page. */
  snippet: string;
}
