import { outSince } from '../adjustment';
import type { Exposures } from '../exposures';

const DAY = 86_400_000;

/** From when to when anything was read, and since when each item could be; epoch ms. */
export interface Times {
  /** First and last sign of a reader: reading is known of this time alone, whenever somebody asks. */
  since: number;
  until: number;
  outSince: Float64Array;
  /** Days that an item was out where the data end, one at least. */
  age(item: number): number;
}

/** @param publishedAt by item; null where nobody knows */
export function timesOf(exposures: Exposures, publishedAt: (number | null)[]): Times {
  let since = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const at of exposures.firstAt) {
    if (at < since) since = at;
    if (at > until) until = at;
  }
  const out = Float64Array.from({ length: exposures.contents }, (_, item) =>
    // Of an item that nobody knows the day of, the first reader tells.
    Math.max(since, outSince(exposures, item, publishedAt[item] ?? Number.POSITIVE_INFINITY)),
  );
  return { since, until, outSince: out, age: (item) => Math.max(1, (until - out[item]!) / DAY) };
}
