import type { Formats } from '../../format';
import { thinned } from './Axes';

const MOST_TICKS = 5;

/** Names for some of the months that stand at 0, 1, 2 …, the last among them. */
export function monthTicks(months: string[], format: Formats) {
  const all = months.map((month, x) => ({ x, label: format.month(month) }));
  return thinned(all, MOST_TICKS);
}
