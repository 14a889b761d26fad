import type { Exposures } from './exposures';
import type { Division } from './landmark';
import { boundaryOf, isMember } from './membership';
import type { Persons } from './persons';
import { type Population, population } from './population';

/** One landmark among some of the persons: whom it is about, when the exposure of each ends, and what came of them. */
export interface Scope {
  division: Division;
  /** Numbers of the persons of the population; all arrays are in their order, by place. */
  members: Int32Array;
  /** Place of each person, −1 for who does not belong. */
  placeOf: Int32Array;
  boundaries: Float64Array;
  population: Population;
  /** Different items touched before the boundary, and different UTC days on which a first touch of one fell. */
  items: Int32Array;
  days: Int32Array;
  /** Of these days, those on which it was the only one. */
  loneDays: Int32Array;
  /** Last sign of the person before the boundary: there was no opportunity to touch what came out later. */
  lastActiveAt: Float64Array;
}

const DAY = 86_400_000;

export function scopeOf(persons: Persons, exposures: Exposures, division: Division): Scope {
  const placeOf = new Int32Array(persons.count).fill(-1);
  const list: number[] = [];
  for (let person = 0; person < persons.count; person++) {
    const firstOrderAt = persons.firstOrderAt[person]!;
    const firstSeenAt = persons.firstSeenAt[person]!;
    if (!isMember(division, { firstOrderAt, firstSeenAt })) continue;
    placeOf[person] = list.length;
    list.push(person);
  }
  const members = Int32Array.from(list);
  const boundaries = Float64Array.from(members, (person) =>
    boundaryOf(division, persons.firstOrderAt[person]!),
  );
  const outcome = typeof division === 'object' ? persons.valuesFromDate : persons.values;
  return {
    division,
    members,
    placeOf,
    boundaries,
    population: population(Float64Array.from(members, (person) => outcome[person]!)),
    ...readingOf(persons, exposures, { division, members, placeOf, boundaries }),
  };
}

/** What each member read before the boundary, and until when there was a sign of them. */
function readingOf(
  persons: Persons,
  { person, firstAt }: Exposures,
  { division, members, placeOf, boundaries }: Pick<Scope, 'division' | 'members' | 'placeOf' | 'boundaries'>,
): Pick<Scope, 'items' | 'days' | 'loneDays' | 'lastActiveAt'> {
  const size = members.length;
  const items = new Int32Array(size);
  // Who orders is there at that moment; of everyone else only what was seen of them tells.
  const lastActiveAt = Float64Array.from(members, (member, place) =>
    division === 'first-order' ? boundaries[place]! : persons.firstSeenAt[member]!,
  );
  for (let i = 0; i < person.length; i++) {
    const place = placeOf[person[i]!]!;
    if (place < 0 || firstAt[i]! >= boundaries[place]!) continue;
    items[place]!++;
    if (firstAt[i]! > lastActiveAt[place]!) lastActiveAt[place] = firstAt[i]!;
  }
  return { items, ...daysOf(placeOf, boundaries, items, { person, firstAt }), lastActiveAt };
}

function daysOf(
  placeOf: Int32Array,
  boundaries: Float64Array,
  items: Int32Array,
  { person, firstAt }: Pick<Exposures, 'person' | 'firstAt'>,
): Pick<Scope, 'days' | 'loneDays'> {
  const start = new Uint32Array(items.length + 1);
  for (let place = 0; place < items.length; place++) start[place + 1] = start[place]! + items[place]!;
  const next = start.slice();
  const dayOf = new Int32Array(start[items.length]!);
  for (let i = 0; i < person.length; i++) {
    const place = placeOf[person[i]!]!;
    if (place >= 0 && firstAt[i]! < boundaries[place]!) {
      dayOf[next[place]!++] = Math.floor(firstAt[i]! / DAY);
    }
  }
  const days = new Int32Array(items.length);
  const loneDays = new Int32Array(items.length);
  for (let place = 0; place < items.length; place++) {
    const own = dayOf.subarray(start[place]!, start[place + 1]!).sort();
    for (let i = 0; i < own.length; i++) {
      if (own[i] === own[i - 1]) continue;
      days[place]!++;
      if (own[i] !== own[i + 1]) loneDays[place]!++;
    }
  }
  return { days, loneDays };
}
