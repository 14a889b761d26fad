import { startOfDayIn } from '../start-of-day';

const DAY = 86_400_000;

/** The number of a calendar day: days since 1970-01-01. The day must exist and be written `2026-01-31`. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;

/** The reverse of `dayNumber`. */
export const dayName = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/**
 * Gives the number of the calendar day on which a moment (UTC epoch milliseconds) falls in an IANA time zone. The zone's
 * clock is asked once for each day that occurs, so that a million moments cost little.
 *
 * @throws RangeError when there is no such time zone
 */
export function localDaysIn(timezone: string): (time: number) => number {
  const startOfDay = startOfDayIn(timezone);
  const starts = new Map<number, number>();
  const startOf = (day: number): number => {
    let start = starts.get(day);
    if (start === undefined) {
      start = startOfDay(dayName(day));
      starts.set(day, start);
    }
    return start;
  };
  return (time) => {
    // No zone's day is further than one from that of UTC.
    const day = Math.floor(time / DAY);
    if (time < startOf(day)) return day - 1;
    return time < startOf(day + 1) ? day : day + 1;
  };
}
