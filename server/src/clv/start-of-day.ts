const HOUR = 3_600_000;

/**
 * Gives the first moment of a day, written `2026-01-31`, in a time zone. Where the clock skips midnight (summer time
 * in some countries), the day begins later. Days are remembered, since a file has far fewer of them than rows.
 */
export function startOfDayIn(timezone: string): (day: string) => number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  /** Milliseconds that the zone's clock is ahead of UTC at a moment. */
  const ahead = (time: number) => {
    const [day, clock] = format.format(time).split(', ');
    return Date.parse(`${day}T${clock}Z`) - time;
  };
  const known = new Map<string, number>();

  return (day) => {
    let start = known.get(day);
    if (start === undefined) {
      const midnight = Date.parse(`${day}T00:00:00Z`);
      // Offsets on both sides of the wanted moment; no zone is further than 14 hours from UTC.
      const early = midnight - ahead(midnight - 14 * HOUR);
      const late = midnight - ahead(midnight + 14 * HOUR);
      const fits = (time: number) => time + ahead(time) === midnight;
      start = fits(early) ? early : fits(late) ? late : Math.max(early, late);
      known.set(day, start);
    }
    return start;
  };
}
