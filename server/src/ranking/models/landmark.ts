import { startOfDayIn } from '../../clv/start-of-day';

/** Where exposure ends and outcome begins: not at all, at each person's first order, or at one moment for all. */
export type Division = 'all' | 'first-order' | { at: number };

/**
 * Reads a landmark as settings, files and the command line write it.
 *
 * @param timezone IANA zone in which a day begins
 * @returns undefined when it is none of `all`, `first-order` and an existing day `YYYY-MM-DD`
 */
export function divisionOf(landmark: string, timezone: string): Division | undefined {
  if (landmark === 'all' || landmark === 'first-order') return landmark;
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(landmark)) return undefined;
  const midnight = Date.parse(`${landmark}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== landmark) return undefined;
  return { at: startOfDayIn(timezone)(landmark) };
}
