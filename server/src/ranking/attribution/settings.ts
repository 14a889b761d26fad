import type { ClvConfig } from '../../config';

/** What the attribution of a run goes by; times are milliseconds. */
export interface AttributionSettings {
  /** Touches count that long before an order. */
  lookBack: number;
  /** Orders of that long before the run are credited. */
  window: number;
  /** Of time decay, in days. */
  halfLifeDays: number;
  /** How many touches the Markov chain remembers, 1 to 4. */
  markovOrder: number;
}

export const DAY = 86_400_000;

/**
 * The settings of a run. Retention deletes old touches, and what is gone must not change the credit of past orders: so no
 * order is credited whose look-back retention does not leave whole. Where it keeps less than two look-backs, one half is
 * the look-back's and the other the orders'.
 */
export function attributionSettings({
  attribution,
  privacy,
}: Pick<ClvConfig, 'attribution' | 'privacy'>): AttributionSettings {
  const { lookbackDays, windowDays, halfLifeDays, markovOrder } = attribution;
  const kept = privacy.retentionDays === false ? Number.POSITIVE_INFINITY : privacy.retentionDays;
  const lookBack = Math.min(lookbackDays, Math.max(Math.floor(kept / 2), kept - windowDays));
  const window = Math.min(windowDays, kept - lookBack);
  return { lookBack: lookBack * DAY, window: window * DAY, halfLifeDays, markovOrder };
}
