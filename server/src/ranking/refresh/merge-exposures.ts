import type { Exposures } from '../models/exposures';

/** How what was known is numbered now. */
export interface Renumbering {
  /** The number now of each person of before; −1 for whose exposures no longer count. */
  personOf: Int32Array;
  /** The item of before that each item is; −1 for one that nobody had touched. */
  itemBefore: Int32Array;
  /** How many persons there are now. */
  persons: number;
}

/**
 * What was known and what is new in one: of a person who touched an item both before and now the earlier touch counts.
 *
 * @param added may tell the same person and item several times
 */
export function mergeExposures(
  known: Exposures,
  added: Exposures,
  { personOf, itemBefore, persons }: Renumbering,
): Exposures {
  const room = known.person.length + added.person.length;
  const person = new Int32Array(room);
  const firstAt = new Float64Array(room);
  const start = new Uint32Array(added.contents + 1);
  /** Where the person stands; below `begin` that was in an item before this one. */
  const placeOf = new Int32Array(persons).fill(-1);
  let length = 0;
  for (let item = 0; item < added.contents; item++) {
    const begin = length;
    const put = (number: number, at: number) => {
      placeOf[number] = length;
      person[length] = number;
      firstAt[length++] = at;
    };
    const before = itemBefore[item]!;
    if (before >= 0) {
      for (let i = known.start[before]!; i < known.start[before + 1]!; i++) {
        const number = personOf[known.person[i]!]!;
        if (number >= 0) put(number, known.firstAt[i]!);
      }
    }
    for (let i = added.start[item]!; i < added.start[item + 1]!; i++) {
      const [number, at] = [added.person[i]!, added.firstAt[i]!];
      const place = placeOf[number]!;
      if (place < begin) put(number, at);
      else if (at < firstAt[place]!) firstAt[place] = at;
    }
    start[item + 1] = length;
  }
  return {
    contents: added.contents,
    start,
    person: person.subarray(0, length),
    firstAt: firstAt.subarray(0, length),
  };
}
