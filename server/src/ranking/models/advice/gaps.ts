import { benjaminiHochberg } from '../../../stats/benjamini-hochberg';
import { median } from '../../../stats/median';
import { studentTQuantile } from '../../../stats/student-t-quantile';
import { studentTTails } from '../../../stats/student-t-tails';
import type { Interval } from '../../advice/api-types';
import { NEEDED } from '../verdict';
import type { ContentGroup } from './groups';
import type { GroupReading, Reading } from './reading';
import { shareOfReading } from './share-of-reading';

export interface GapGroup {
  group: ContentGroup;
  /** Its items that count, the most read first. */
  items: number[];
  shareOfPieces: number;
  shareOfReading: Interval;
  shareOfOthers: number | null;
  multiple: Interval;
  qValue: number;
  readers: number;
}

/** One piece that is read much is a good piece, not a topic. */
const PIECES_NEEDED = 2;
/** Fewer pieces do not tell how far pieces lie apart. */
export const CATALOGUE_NEEDED = 15;

/**
 * Groups that people of high value read much of while there is little of it: each of their pieces is read clearly more often
 * than other pieces, and there are no more of them than of the average group of the dimension.
 *
 * What is compared are pieces, not readings: thousands of readings make any difference between two topics certain as far as
 * readers go, while it may rest on one popular piece. So the logarithms of readings per month are compared, with Student's
 * interval for as few pieces as there are.
 *
 * @returns how many groups were asked, and those found, the largest lower end first
 */
export function gapsOf(
  groups: ContentGroup[],
  reading: Reading,
  fdr: number,
): { asked: number; found: GapGroup[] } {
  const catalogue = reading.items.length;
  if (catalogue < CATALOGUE_NEEDED) return { asked: 0, found: [] };
  const counted = groups.map((group) => ({
    group,
    items: group.items.filter((item) => reading.rate[item]! > 0),
  }));
  const average = averageSizes(counted);
  const asked = counted
    .filter(
      ({ group, items }) => items.length >= PIECES_NEEDED && items.length <= average.get(group.dimension)!,
    )
    .map(({ group, items }) => ({ group, items, ...multipleOf(items, reading) }));
  const qValues = benjaminiHochberg(asked.map(({ pValue }) => pValue));
  const found = asked.flatMap(({ group, items, multiple }, i): GapGroup[] => {
    if (!(multiple.low > 1) || qValues[i]! > fdr) return [];
    const shares = shareOfReading(items, reading);
    const shareOfPieces = items.length / catalogue;
    if (shares.readers < NEEDED || shares.high.low <= shareOfPieces) return [];
    const mostRead = items.toSorted((a, b) => reading.rate[b]! - reading.rate[a]!);
    return [{ group, items: mostRead, shareOfPieces, ...told(shares), multiple, qValue: qValues[i]! }];
  });
  return { asked: asked.length, found: found.sort((a, b) => b.multiple.low - a.multiple.low) };
}

const told = ({ high, others, readers }: GroupReading) => ({
  shareOfReading: high,
  shareOfOthers: others,
  readers,
});

/** How many pieces a group has, by dimension. */
function averageSizes(counted: { group: ContentGroup; items: number[] }[]): Map<string, number> {
  const sizes = new Map<string, number[]>();
  for (const { group, items } of counted) {
    if (items.length > 0) sizes.set(group.dimension, [...(sizes.get(group.dimension) ?? []), items.length]);
  }
  return new Map(
    [...sizes].map(([dimension, all]) => [dimension, all.reduce((a, b) => a + b, 0) / all.length]),
  );
}

/**
 * Geometric mean of the readings of some pieces as a multiple of the typical other piece. The scatter of pieces is that of the
 * upper half of the others, around their median: the many that hardly anyone reads do not tell how far above the median a
 * piece gets by chance.
 */
function multipleOf(items: number[], { items: all, rate }: Reading): { multiple: Interval; pValue: number } {
  const inside = new Set(items);
  const rest = all.filter((item) => !inside.has(item)).map((item) => Math.log(rate[item]!));
  const typical = median(rest);
  const above = rest.filter((log) => log > typical);
  const df = above.length - 1;
  const variance = above.reduce((sum, log) => sum + (log - typical) ** 2, 0) / above.length;
  const difference = items.reduce((sum, item) => sum + Math.log(rate[item]!), 0) / items.length - typical;
  // π / 2 times that of a mean: the variance of a median (of normal deviations).
  const error = Math.sqrt(variance * (1 / items.length + Math.PI / (2 * rest.length)));
  // Where no piece is read more than another there is nothing to find.
  if (!(df >= 1 && error > 0)) return { multiple: { value: 1, low: 0, high: Infinity }, pValue: 1 };
  const reach = studentTQuantile(0.975, df) * error;
  return {
    multiple: {
      value: Math.exp(difference),
      low: Math.exp(difference - reach),
      high: Math.exp(difference + reach),
    },
    pValue: studentTTails(difference / error, df),
  };
}
