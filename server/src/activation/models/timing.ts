/** When somebody is most likely to do something again; see the function. */
export interface Timing {
  /** 1 (Monday) to 7. */
  weekday: number;
  /** 0 to 23: when a window of three hours begins. */
  hour: number;
  /** How many events it rests on. */
  n: number;
}

/** With fewer, one event more would often say something else. */
export const LEAST_EVENTS = 5;
/** Hours of the window. */
const WINDOW = 3;
/** Weights of a bin and of its neighbours on either side. */
const HOUR_KERNEL = [3, 2, 1];
const DAY_KERNEL = [2, 1];

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * At which weekday and hours events mostly were, on the clock of a time zone. Weekdays and hours are counted apart, since few
 * people do anything often enough for 168 bins. Both lie on a circle, so each count is smoothed around it (Fisher, "Statistical
 * Analysis of Circular Data", 1993, 2.2) by a triangular kernel: s(h) = (3 c(h) + 2 c(h ± 1) + c(h ± 2)) / 9 for hours and
 * s(d) = (2 c(d) + c(d ± 1)) / 4 for weekdays. The weekday is where s is largest, the hour where a window of three hours, s(h) +
 * s(h + 1) + s(h + 2), is; of equals the first.
 *
 * @param times epoch milliseconds
 * @param timezone IANA name
 * @returns null with fewer than five events
 */
export function timingOf(times: readonly number[], timezone: string): Timing | null {
  if (times.length < LEAST_EVENTS) return null;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const days = new Array<number>(7).fill(0);
  const hours = new Array<number>(24).fill(0);
  for (const time of times) {
    for (const { type, value } of format.formatToParts(time)) {
      if (type === 'weekday') days[WEEKDAYS.indexOf(value)]! += 1;
      else if (type === 'hour') hours[Number(value)]! += 1;
    }
  }
  const smoothHours = smoothed(hours, HOUR_KERNEL);
  const windows = smoothHours.map((_, begin) => {
    let sum = 0;
    for (let step = 0; step < WINDOW; step++) sum += smoothHours[(begin + step) % 24]!;
    return sum;
  });
  return {
    weekday: largest(smoothed(days, DAY_KERNEL)) + 1,
    hour: largest(windows),
    n: times.length,
  };
}

/** Whole numbers, so that equal windows are equal: the kernel's sum is left out. */
function smoothed(counts: readonly number[], kernel: readonly number[]): number[] {
  const size = counts.length;
  return counts.map((count, i) => {
    let sum = kernel[0]! * count;
    for (let step = 1; step < kernel.length; step++) {
      sum += kernel[step]! * (counts[(i + step) % size]! + counts[(i - step + size) % size]!);
    }
    return sum;
  });
}

function largest(values: readonly number[]): number {
  let best = 0;
  for (const [i, value] of values.entries()) if (value > values[best]!) best = i;
  return best;
}
