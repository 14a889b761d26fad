import { startOfDayIn } from '../start-of-day';

/** Calendar months of one time zone, one after the other, the last of them under way. */
export interface MonthGrid {
  /** `2026-01`, the latest last. */
  names: string[];
  /** When each begins, and when the last one ends: one more than names. */
  starts: number[];
  /** The month of a moment; clamped to the first and the last. */
  indexOf(time: number): number;
}

/** How many months a grid reaches back at most: 100 years, so that a slip in a date costs little. */
const LONGEST = 1_200;

const monthOf = (number: number) =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;

/** The calendar month of a moment in a time zone, counted from year 0. */
function numberOf(time: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit' });
  const [year, month] = parts.format(time).split('-').map(Number);
  return year! * 12 + month! - 1;
}

/** The months from that of `from` to that of `now`, both included. */
export function monthGrid(from: number, now: number, timezone: string): MonthGrid {
  const last = numberOf(now, timezone);
  const first = Math.max(Math.min(numberOf(Math.min(from, now), timezone), last), last - LONGEST + 1);
  const startOfDay = startOfDayIn(timezone);
  const names = Array.from({ length: last - first + 1 }, (_, i) => monthOf(first + i));
  const starts = [...names, monthOf(last + 1)].map((name) => startOfDay(`${name}-01`));
  return {
    names,
    starts,
    indexOf(time) {
      let low = 0;
      let high = names.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (time >= starts[middle]!) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
