import type { Exposures } from '../exposures';
import type { Persons } from '../persons';
import { sortSteps } from './sort-steps';

/**
 * What each person read on the way to the first order, and of who never ordered all that they read: different items in the
 * order of their first touch. The steps of person `p` stand at the places from `start[p]` to `start[p + 1]`.
 */
export interface Journeys {
  persons: Persons;
  items: number;
  start: Uint32Array;
  item: Int32Array;
  /** Epoch milliseconds. */
  at: Float64Array;
}

/** Lays the exposures out by person. What a customer first touched at the moment of the first order or later is no step. */
export function journeysOf({ contents, start: of, person, firstAt }: Exposures, persons: Persons): Journeys {
  const { count, firstOrderAt } = persons;
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < person.length; i++) {
    if (firstAt[i]! < firstOrderAt[person[i]!]!) start[person[i]! + 1]!++;
  }
  for (let p = 0; p < count; p++) start[p + 1]! += start[p]!;
  const next = start.slice();
  const item = new Int32Array(start[count]!);
  const at = new Float64Array(start[count]!);
  for (let content = 0; content < contents; content++) {
    for (let i = of[content]!; i < of[content + 1]!; i++) {
      const p = person[i]!;
      if (firstAt[i]! >= firstOrderAt[p]!) continue;
      const place = next[p]!++;
      item[place] = content;
      at[place] = firstAt[i]!;
    }
  }
  for (let p = 0; p < count; p++) sortSteps(at, item, start[p]!, start[p + 1]!);
  return { persons, items: contents, start, item, at };
}

export const hasOrdered = ({ firstOrderAt }: Persons, person: number): boolean =>
  firstOrderAt[person]! < Number.POSITIVE_INFINITY;
