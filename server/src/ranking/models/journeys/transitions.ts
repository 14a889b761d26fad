import type { Journeys } from './journeys';

/*
 * What is read next is a choice among what was not read yet: whoever read an item cannot come to it for the first time
 * again. So a transition counts for an item only while that item was still ahead, as in a risk set.
 */

/** All transitions from one new item to the next. */
export interface Transitions {
  /** By item: transitions at which it could have been next, and at which it was. */
  possible: Float64Array;
  taken: Uint32Array;
}

export function transitionsOf({ persons, items, start, item }: Journeys): Transitions {
  const possible = new Float64Array(items);
  const taken = new Uint32Array(items);
  let all = 0;
  for (let p = 0; p < persons.count; p++) {
    const [from, to] = [start[p]!, start[p + 1]!];
    if (to > from) all += to - from - 1;
    for (let step = from; step < to; step++) {
      // Once read it was no longer possible.
      possible[item[step]!]! -= to - 1 - step;
      if (step > from) taken[item[step]!]!++;
    }
  }
  for (let content = 0; content < items; content++) possible[content]! += all;
  return { possible, taken };
}

/**
 * At how many of the transitions from an item each of its candidates had been read already.
 *
 * @param candidates of each item
 */
export function alreadyRead(
  { persons, items, start, item }: Journeys,
  candidates: number[][],
): Uint32Array[] {
  const counts = candidates.map((ofItem) => new Uint32Array(ofItem.length));
  /** The last person who read each item, and at which step. */
  const reader = new Int32Array(items).fill(-1);
  for (let p = 0; p < persons.count; p++) {
    const last = start[p + 1]! - 1;
    for (let step = start[p]!; step < last; step++) {
      reader[item[step]!] = p;
      const ofItem = candidates[item[step]!]!;
      const count = counts[item[step]!]!;
      for (let c = 0; c < ofItem.length; c++) if (reader[ofItem[c]!] === p) count[c]!++;
    }
  }
  return counts;
}
