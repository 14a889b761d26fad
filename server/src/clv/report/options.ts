import type { Stage } from '../api-types';
import type { Rates } from '../convert';
import type { TierLimits, TierSettings } from '../kpis/tiers';

export interface KpiOptions extends Rates {
  timezone: string;
  /** The moment up to which everything is counted. */
  now: number;
  /** Yearly rate at which later money is worth less. */
  discountRate: number;
  /** What CLV:CAC and a year's retention are held against. */
  targets: { ratio: number; retention?: number };
  tiers: TierSettings & { of: 'total' | 'historical' | 'predicted' };
  /** Limits that were settled elsewhere; computed by the rule unless given. */
  tierLimits?: TierLimits;
  /** The rule of inactivity, where it was settled elsewhere; told by the gaps between orders unless given. */
  inactivityDays?: number;
  /** The run before: when it was, and the tiers it put persons in. */
  previous?: { at: number; tiers: ReadonlyMap<string, string> } | null;
}

/** What a run expects of one person. */
export interface Prediction {
  /** Minor units of the report's currency; null when nothing can be said. */
  predicted: number | null;
  pAlive: number | null;
  /** Usual time between two orders in milliseconds. */
  gap: number | null;
  /** Told here unless given. */
  stage?: Stage;
}
