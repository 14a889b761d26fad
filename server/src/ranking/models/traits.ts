import { signedLog } from '../../stats/signed-log';
import { knownBefore } from './known-before';
import type { Persons } from './persons';
import type { Scope } from './scope';

/** Something known of every member by the end of their exposure, which may go with both reading and value. */
export interface Trait {
  /** `reading`, `visits`, `tenure`, `priorValue`, `accountSize`, or `channel:` and its name. */
  name: string;
  /** By place. */
  values: Float64Array;
  /** The same, had the person read one item fewer. */
  without: Float64Array;
  /** Σ x and Σ x² over all places. */
  total: number;
  totalSquares: number;
}

const DAY = 86_400_000;
/** Channels that are told apart; the others are taken together. */
const MOST_CHANNELS = 8;

/**
 * What items are adjusted for: only what was so before the outcome began, and what no item can have brought about. Orders
 * between a first touch and the landmark may come of what was read, and to adjust for them would take that away; so prior
 * value ends where reading begins, and is known at a date alone: nobody has ordered before their first order.
 *
 * @param unit minor units in a major unit
 */
export function traitsOf(persons: Persons, scope: Scope, unit: number): Trait[] {
  const { division, members, boundaries, items, days, loneDays } = scope;
  const trait = (name: string, of: (person: number, place: number) => number): Trait => {
    const values = Float64Array.from(members, of);
    return traitOf(name, values, values);
  };
  // Where exposure has no end, everyone is known until the last sign of anybody.
  const end = scope.lastActiveAt.reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY);
  const { channels, companies } = persons;
  const hasChannel = knownBefore(persons, division, (person) => channels[person] !== undefined);
  const hasCompany = knownBefore(
    persons,
    division,
    (person) => !companies || companies[person] !== undefined,
  );
  const fewer = (count: number) => Math.max(0, count - 1);
  const visits = (onDays: number, count: number) => Math.log((1 + onDays) / (1 + count));
  // Without one of the items, as many fewer days as an item has on average that was the only one of its day.
  const fewerDays = (count: number, place: number) => days[place]! - loneDays[place]! / Math.max(1, count);
  const traits = [
    traitOf(
      'reading',
      Float64Array.from(items, Math.log1p),
      Float64Array.from(items, (count) => Math.log1p(fewer(count))),
    ),
    // Over how many days for as many items: the number of items itself is in `reading`.
    traitOf(
      'visits',
      Float64Array.from(items, (count, place) => visits(days[place]!, count)),
      Float64Array.from(items, (count, place) => visits(fewerDays(count, place), fewer(count))),
    ),
    trait('tenure', (person, place) => {
      const known = Math.min(boundaries[place]!, end) - persons.firstSeenAt[person]!;
      return Math.log1p(Math.max(0, known) / DAY);
    }),
    trait('accountSize', (person) => (hasCompany(person) ? Math.log(persons.accountSizes[person]!) : 0)),
  ];
  if (typeof division === 'object') {
    traits.push(trait('priorValue', (person) => signedLog(persons.priorValues[person]! / unit)));
  }
  for (const channel of busiest(members.filter(hasChannel), channels)) {
    const cameByIt = (person: number) => hasChannel(person) && channels[person] === channel;
    traits.push(trait(`channel:${channel}`, (person) => Number(cameByIt(person))));
  }
  return traits.filter(({ values }) => varies(values));
}

function traitOf(name: string, values: Float64Array, without: Float64Array): Trait {
  let total = 0;
  let totalSquares = 0;
  for (const value of values) {
    total += value;
    totalSquares += value * value;
  }
  return { name, values, without, total, totalSquares };
}

function busiest(members: Int32Array, channels: Persons['channels']): string[] {
  const counts = new Map<string, number>();
  for (const person of members) {
    const channel = channels[person];
    if (channel !== undefined) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, MOST_CHANNELS)
    .map(([channel]) => channel);
}

const varies = (values: Float64Array): boolean => values.some((value) => value !== values[0]);
