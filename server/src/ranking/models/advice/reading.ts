import type { Interval } from '../../advice/api-types';
import type { Exposures } from '../exposures';
import type { Times } from './times';
import { MONTH } from './trends';

/** The reading of the last months: who read how much, and how often each item was read by people of high value. */
export interface Reading {
  exposures: Exposures;
  since: number;
  until: number;
  /** Items that count: out for a month of these at least, and no help for customers. */
  items: number[];
  /** By item: people of high value who first read it in these months, and a half, in a month that it was out; 0 for one that does not count. */
  rate: Float64Array;
  /** By person: items that count which they first read in these months. */
  reads: Int32Array;
  isHigh: Uint8Array;
}

/** What people read of some items. */
export interface GroupReading {
  /** Share of the reading of people of high value, and of everyone else's. */
  high: Interval;
  others: number | null;
  /** People of high value who read any of them. */
  readers: number;
}

export const MONTHS = 12;

/**
 * @param isHigh by person
 * @param counts whether an item is one that an editor could write more of
 */
export function readingOf(
  exposures: Exposures,
  times: Times,
  isHigh: Uint8Array,
  counts: (item: number) => boolean,
): Reading {
  const { until } = times;
  const since = Math.max(times.since, until - MONTHS * MONTH);
  const { start, person, firstAt, contents } = exposures;
  const reads = new Int32Array(isHigh.length);
  const rate = new Float64Array(contents);
  const items: number[] = [];
  for (let item = 0; item < contents; item++) {
    const months = (until - Math.max(since, times.outSince[item]!)) / MONTH;
    if (!(months >= 1) || !counts(item)) continue;
    items.push(item);
    let high = 0;
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      if (firstAt[i]! < since || firstAt[i]! > until) continue;
      reads[person[i]!]!++;
      high += isHigh[person[i]!]!;
    }
    rate[item] = (high + 0.5) / months;
  }
  return { exposures, since, until, items, rate, reads, isHigh };
}

/** How many people of high value read any item that counts. */
export function highReaders({ reads, isHigh }: Reading): number {
  let readers = 0;
  for (let person = 0; person < reads.length; person++) if (isHigh[person] && reads[person]! > 0) readers++;
  return readers;
}
