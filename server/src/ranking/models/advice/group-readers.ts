import type { Exposures } from '../exposures';
import type { Division } from '../landmark';
import { boundaryOf, isMember } from '../membership';
import type { Persons } from '../persons';

/** Different persons of a landmark's population who read any of some items before their boundary. */
export function groupReaders(
  { start, person, firstAt }: Exposures,
  { firstOrderAt, firstSeenAt }: Persons,
  division: Division,
  items: number[],
): number {
  const readers = new Set<number>();
  for (const item of items) {
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      const number = person[i]!;
      const beginnings = { firstOrderAt: firstOrderAt[number]!, firstSeenAt: firstSeenAt[number]! };
      if (firstAt[i]! < boundaryOf(division, beginnings.firstOrderAt) && isMember(division, beginnings))
        readers.add(number);
    }
  }
  return readers.size;
}
