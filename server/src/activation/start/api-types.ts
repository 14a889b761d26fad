import type { Figure } from '../../clv/api-types';

/** Types that the admin shares with the server; types only. Times are epoch milliseconds. */

/** What leads from nothing to a ranking, in order; the last two make use of it. */
export type StartStepKey =
  | 'contents'
  | 'touches'
  | 'identified'
  | 'orders'
  | 'value'
  | 'ranking'
  | 'recommended'
  | 'segment';

export interface StartStep {
  key: StartStepKey;
  done: boolean;
  /** The way to the ranking does not wait for it. */
  optional: boolean;
  /** How many there are, counted up to 1,000; null where a number says nothing. */
  count: number | null;
  /** When the last one came, where that is known. */
  lastAt: number | null;
}

/** `GET /clv/start`: judged from what is stored, at each call anew. */
export interface StartChecklist {
  steps: StartStep[];
  /** The run of values or of the ranking that is under way. */
  running: { value: string | null; ranking: string | null };
}

/** An item that rose or fell since the run before. */
export interface Mover {
  contentId: number;
  title: string;
  kind: string;
  position: number;
  previousPosition: number;
}

/** `GET /clv/widget`: each part is null for whoever may not see it. */
export interface WidgetData {
  ranking: {
    /** When the last ranking was computed; null before the first. */
    at: number | null;
    /** Those with enough data that rose and fell most. */
    up: Mover[];
    down: Mover[];
    /** Whether there was a run before to compare with. */
    compared: boolean;
  } | null;
  value: {
    /** When values were last computed; null before the first time. */
    at: number | null;
    /** CLV:CAC and what it is held against; null when the report has none. */
    ratio: Figure | null;
    target: number | null;
  } | null;
  sync: {
    /** Those that are switched on. */
    connections: number;
    /** Those of them where somebody has to do something. */
    failing: { id: string; name: string }[];
  } | null;
}
