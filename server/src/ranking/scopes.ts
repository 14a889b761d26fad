import type { Value } from '../storage/insert-rows';
import { ItemStatistics } from './models/item-statistics';
import type { Division } from './models/landmark';
import { boundaryOf, isMember } from './models/membership';
import { type Population, population } from './models/population';
import { NEEDED } from './models/verdict';
import type { People } from './people';

/** One landmark in one channel: a ranking of its own. */
export interface Scope {
  landmark: string;
  /** '' is every channel. */
  channel: string;
  division: Division;
  population: Population;
  /** Numbers of the persons of the population, in its order. */
  members: Int32Array;
  statistics: ItemStatistics<number>;
}

const MAX_CHANNELS = 10;
/** For the database, which knows no infinity: after every time there is. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** The channels most customers came by, as far as they have enough of them to say anything. */
export function busiestChannels({ channels, firstOrderAt }: People): string[] {
  const customers = new Map<string, number>();
  channels.forEach((channel, person) => {
    if (channel !== undefined && firstOrderAt[person]! < Number.POSITIVE_INFINITY)
      customers.set(channel, (customers.get(channel) ?? 0) + 1);
  });
  return [...customers]
    .filter(([, count]) => count >= NEEDED)
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, MAX_CHANNELS)
    .map(([channel]) => channel);
}

/** Ranks the values of those who belong to a landmark and channel. */
export function scopeOf(people: People, landmark: string, division: Division, channel: string): Scope {
  const members: number[] = [];
  for (let person = 0; person < people.count; person++) {
    if (channel !== '' && people.channels[person] !== channel) continue;
    const firstOrderAt = people.firstOrderAt[person]!;
    const firstSeenAt = people.firstSeenAt[person]!;
    if (isMember(division, { firstOrderAt, firstSeenAt })) members.push(person);
  }
  const values = typeof division === 'object' ? people.valuesFromDate : people.values;
  const ranked = population(Float64Array.from(members, (person) => values[person]!));
  return {
    landmark,
    channel,
    division,
    population: ranked,
    members: Int32Array.from(members),
    statistics: new ItemStatistics(ranked.bins.length),
  };
}

/** What the database needs of the members of a scope; those without a browser have no touches and are left out. */
export function* memberRows(
  people: People,
  { members, population, division }: Scope,
  number: number,
): Generator<Value[]> {
  for (let i = 0; i < members.length; i++) {
    const person = members[i]!;
    if (person >= people.linked) continue;
    const firstOrderAt = people.firstOrderAt[person]!;
    yield [
      person,
      number,
      population.binOf[i]!,
      Math.min(NEVER, boundaryOf(division, firstOrderAt)),
      Math.min(NEVER, firstOrderAt),
      population.midRanks[i]!,
      population.deviations[i]!,
    ];
  }
}
