/** One axis for many intervals, so that bars can be compared with each other and with zero. */
export interface Scale {
  min: number;
  max: number;
  ticks: number[];
}

/** A figure with its 95 % interval; null where there is none. */
export interface Interval {
  value: number | null;
  low: number | null;
  high: number | null;
}

const MARGIN = 0.04;
const MOST_TICKS = 5;
/** Shares are written short. */
const MOST_SHARES = 7;
/** Beyond a factor of this, shares are told apart by doublings rather than by equal steps. */
const DOUBLINGS_FROM = Math.log(2.5);

/** Multiples of the smallest step of 1, 2 or 5 times a power of ten that leaves at most `most` of them. */
function niceTicks(min: number, max: number, most = MOST_TICKS): number[] {
  const power = 10 ** Math.floor(Math.log10((max - min) / most));
  for (const factor of [1, 2, 5, 10]) {
    const step = factor * power;
    const [first, last] = [Math.ceil(min / step), Math.floor(max / step)];
    // Adding zero turns the -0 of rounding up into 0.
    if (last - first < most)
      return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step + 0);
  }
  return [0];
}

/** Round shares on an axis of logarithms: −20 %, 0, +20 %, or halves and doubles where they reach far. */
export function shareTicks(min: number, max: number): number[] {
  if (Math.max(-min, max) > DOUBLINGS_FROM) {
    return niceTicks(min / Math.LN2, max / Math.LN2)
      .filter(Number.isInteger)
      .map((doublings) => doublings * Math.LN2);
  }
  return niceTicks(Math.expm1(min), Math.expm1(max), MOST_SHARES).map(Math.log1p);
}

/**
 * The axis that shows every figure and zero. An interval may run off it: one item with a handful of readers
 * must not press all the others into a line.
 *
 * @param ticksOf round figures between two ends
 */
export function commonScale(intervals: Interval[], ticksOf: typeof shareTicks = niceTicks): Scale {
  const points = intervals.flatMap(({ value }) => (value === null ? [] : [value]));
  const ends = intervals.flatMap(({ low, high }) => (low === null || high === null ? [] : [low, high]));
  const reach = 2 * Math.max(...points.map(Math.abs), 0);
  const lowest = Math.max(Math.min(...points, ...ends, 0), -reach);
  const highest = Math.min(Math.max(...points, ...ends, 0), reach);
  if (lowest === highest) return { min: -1, max: 1, ticks: [] };
  const margin = (highest - lowest) * MARGIN;
  const [min, max] = [lowest - margin, highest + margin];
  return { min, max, ticks: ticksOf(min, max) };
}

/** Where a value stands on the axis: 0 at its start, 1 at its end; values beyond stop at the edge. */
export function place(scale: Scale, value: number): number {
  return Math.min(Math.max((value - scale.min) / (scale.max - scale.min), 0), 1);
}

/** The largest amount on the scale: decides whether amounts beside it are given with cents. */
export const reach = ({ min, max }: Scale): number => Math.max(-min, max);

/**
 * The ticks whose names do not cover each other, zero before all others.
 *
 * @param at where a tick stands on an axis of length 1
 * @param room what a name takes of it
 */
export function apart(ticks: number[], at: (tick: number) => number, room: number): number[] {
  const kept: number[] = [];
  for (const tick of [...ticks].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    if (kept.every((other) => Math.abs(at(other) - at(tick)) >= room)) kept.push(tick);
  }
  return kept;
}
