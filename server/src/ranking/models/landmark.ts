const DAY = 86_400_000;

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
  return { at: startOfDay(midnight, timezone) };
}

/** The moment a day begins in a zone, given its midnight in UTC; not midnight there where clocks skip that hour. */
function startOfDay(midnight: number, timezone: string): number {
  const before = midnight - offsetAt(midnight - DAY, timezone);
  const after = midnight - offsetAt(midnight + DAY, timezone);
  const [first, second] = [Math.min(before, after), Math.max(before, after)];
  return first + offsetAt(first, timezone) >= midnight ? first : second;
}

/** Milliseconds by which a zone's clocks are ahead of UTC at a moment. */
function offsetAt(moment: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(moment)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as Record<string, number>;
  const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return local - Math.floor(moment / 1000) * 1000;
}
