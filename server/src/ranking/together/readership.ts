import type { Exposures } from '../models/exposures';

/** Of the end of the data. */
const RECENT = 28 * 86_400_000;

/** By which share of all readers each item was read: ever, and first of late among those who first read anything then. */
export interface Readership {
  persons: number;
  reach: Float64Array;
  recent: Float64Array;
}

export function readershipOf({ contents, start, person, firstAt }: Exposures): Readership {
  const until = firstAt.reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY);
  const everyone = new Set<number>();
  const ofLate = new Set<number>();
  const reach = new Float64Array(contents);
  const recent = new Float64Array(contents);
  for (let item = 0; item < contents; item++) {
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      everyone.add(person[i]!);
      reach[item]!++;
      if (firstAt[i]! < until - RECENT) continue;
      ofLate.add(person[i]!);
      recent[item]!++;
    }
  }
  const share = (of: number) => (count: number) => count / Math.max(1, of);
  return {
    persons: everyone.size,
    reach: reach.map(share(everyone.size)),
    recent: recent.map(share(ofLate.size)),
  };
}
