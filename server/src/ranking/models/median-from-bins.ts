import type { ValueBin } from './population';

/**
 * Median of the persons counted in each bin. Exact where the middle lies in bins of one value; inside a wider bin its
 * persons are taken to be spread evenly from the least to the greatest value.
 *
 * @param countIn persons in the bin of that index
 * @returns null for nobody
 */
export function medianFromBins(bins: ValueBin[], countIn: (bin: number) => number): number | null {
  let total = 0;
  for (let bin = 0; bin < bins.length; bin++) total += countIn(bin);
  if (total === 0) return null;
  const lower = valueAt(Math.floor((total - 1) / 2), bins, countIn);
  return total % 2 === 1 ? lower : (lower + valueAt(total / 2, bins, countIn)) / 2;
}

/** The value of the person at a place, from 0, in ascending order. */
function valueAt(place: number, bins: ValueBin[], countIn: (bin: number) => number): number {
  let before = 0;
  let bin = 0;
  while (before + countIn(bin) <= place) before += countIn(bin++);
  const { min, max } = bins[bin]!;
  return min + (max - min) * ((place - before + 0.5) / countIn(bin));
}
