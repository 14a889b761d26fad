import type { Exposures } from '../models/exposures';
import type { Division } from '../models/landmark';
import { boundaryOf, isMember } from '../models/membership';
import type { Persons } from '../models/persons';
import type { ValueDistribution } from './api-types';

export const BINS = 24;

/** Bins below the first of values above zero. */
const NEGATIVE = 0;
const ZERO = 1;
const FIRST = 2;

/**
 * How the value of readers and of others is distributed, for every item: in bins of equal width in the logarithm of value,
 * the same for all items.
 *
 * @param unit minor units in a major unit
 * @returns by item; none where nobody has a value above zero
 */
export function valueDistributions(
  persons: Persons,
  { contents, start, person, firstAt }: Exposures,
  division: Division,
  unit: number,
): ValueDistribution[] {
  const values = typeof division === 'object' ? persons.valuesFromDate : persons.values;
  const members: number[] = [];
  const boundaries = new Float64Array(persons.count).fill(Number.NEGATIVE_INFINITY);
  for (let one = 0; one < persons.count; one++) {
    const firstOrderAt = persons.firstOrderAt[one]!;
    if (!isMember(division, { firstOrderAt, firstSeenAt: persons.firstSeenAt[one]! })) continue;
    members.push(one);
    boundaries[one] = boundaryOf(division, firstOrderAt);
  }
  const edges = edgesOf(members.map((one) => values[one]! / unit));
  if (edges.length === 0) return [];
  const binOf = new Uint8Array(persons.count);
  const everyone = new Int32Array(FIRST + BINS);
  for (const one of members) {
    binOf[one] = bin(edges, values[one]! / unit);
    everyone[binOf[one]!]!++;
  }
  return Array.from({ length: contents }, (_, item) => {
    const readers = new Int32Array(FIRST + BINS);
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      if (firstAt[i]! < boundaries[person[i]!]!) readers[binOf[person[i]!]!]!++;
    }
    const others = everyone.map((count, k) => count - readers[k]!);
    const both = (k: number) => ({ readers: readers[k]!, others: others[k]! });
    return {
      edges,
      readers: [...readers.subarray(FIRST)],
      others: [...others.subarray(FIRST)],
      zero: both(ZERO),
      negative: both(NEGATIVE),
    };
  });
}

/** Values of a smaller ratio fall into one bin: the bins between them would be narrower than their edges are written. */
const NEAR = 1.1;

/** From the least to the largest value above zero, with room around values that are near each other. */
function edgesOf(values: number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of values) {
    if (value <= 0) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === 0) return [];
  const room = most < NEAR * least ? 2 : 1;
  const from = Math.log(least / room);
  const width = (Math.log(most * room) - from) / BINS;
  return Array.from({ length: BINS + 1 }, (_, k) => Number(Math.exp(from + k * width).toPrecision(4)));
}

function bin(edges: number[], value: number): number {
  if (value < 0) return NEGATIVE;
  if (value === 0) return ZERO;
  const from = Math.log(edges[0]!);
  const width = (Math.log(edges[BINS]!) - from) / BINS;
  return FIRST + Math.min(BINS - 1, Math.max(0, Math.floor((Math.log(value) - from) / width)));
}
