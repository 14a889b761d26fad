import { ExposureLog, type Exposures } from './exposures';
import type { Division } from './landmark';
import { type Orders, valuesBefore } from './orders';
import type { Persons } from './persons';
import { type RankInput, type Ranking, rank } from './rank';
import { scopeOf } from './scope';

/** Persons and content items are numbered from 0. Times are epoch milliseconds. */
export interface Touch {
  person: number;
  /** -1 for one that is not to be ranked, though it tells that the person was there. */
  content: number;
  at: number;
}

export interface Order {
  person: number;
  at: number;
  /** What it adds to the person's value, in minor units; a refund takes away. */
  value: number;
  /** A refund is nobody's first order. */
  refund?: boolean;
}

/** Everything known of some persons, in memory. */
export interface History {
  persons: number;
  contents: number;
  touches: Touch[];
  orders: Order[];
  /** When each item came out, by number; null or missing where nobody knows. */
  publishedAt?: (number | null)[];
  /** The channel each person came by. */
  channels?: (string | undefined)[];
}

/**
 * Ranks everything that a history holds.
 *
 * @param unit minor units in a major unit of the values: 100 for EUR, 1 for JPY
 */
export function rankHistory(
  history: History,
  division: Division,
  options: { fdr: number; unit?: number },
): Ranking & { population: number } {
  const input = rankInputOf(history, division, options);
  return { ...rank(input), population: input.scope.population.size };
}

/** What a ranking of everything that a history holds is made of. */
export function rankInputOf(
  history: History,
  division: Division,
  { fdr, unit = 100 }: { fdr: number; unit?: number },
): RankInput {
  const persons = personsOf(history, division);
  const exposures = exposuresOf(history);
  const publishedAt = Array.from(
    { length: history.contents },
    (_, item) => history.publishedAt?.[item] ?? null,
  );
  return { persons, exposures, scope: scopeOf(persons, exposures, division), publishedAt, unit, fdr };
}

/** @param division a date divides the orders into those before it and those from it on */
export function personsOf(history: History, division: Division): Persons {
  const { persons: count, touches, orders, channels = [] } = history;
  const never = () => new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const persons: Persons = {
    count,
    firstOrderAt: never(),
    firstSeenAt: never(),
    values: new Float64Array(count),
    valuesFromDate: new Float64Array(count),
    priorValues: new Float64Array(count),
    channels: Array.from({ length: count }, (_, person) => channels[person]),
    accountSizes: new Float64Array(count).fill(1),
  };
  const from = typeof division === 'object' ? division.at : Number.NEGATIVE_INFINITY;
  const { firstOrderAt, firstSeenAt } = persons;
  const firstTouchAt = never();
  for (const { person, at } of touches) firstTouchAt[person] = Math.min(firstTouchAt[person]!, at);
  for (const { person, at, value, refund } of orders) {
    if (!refund) firstOrderAt[person] = Math.min(firstOrderAt[person]!, at);
    firstSeenAt[person] = Math.min(firstSeenAt[person]!, at);
    persons.values[person]! += value;
    if (at >= from) persons.valuesFromDate[person]! += value;
  }
  persons.priorValues = valuesBefore(
    ordersOf(history),
    firstTouchAt.map((at) => Math.min(at, from)),
  );
  for (let person = 0; person < count; person++) {
    firstSeenAt[person] = Math.min(firstSeenAt[person]!, firstTouchAt[person]!);
  }
  return persons;
}

/** The orders as columns. */
export function ordersOf({ orders }: History): Orders {
  return {
    person: Int32Array.from(orders, ({ person }) => person),
    at: Float64Array.from(orders, ({ at }) => at),
    value: Float64Array.from(orders, ({ value }) => value),
  };
}

/** When each person first touched each item. */
export function exposuresOf({ contents, touches }: History): Exposures {
  const firsts = Array.from({ length: contents }, () => new Map<number, number>());
  for (const { person, content, at } of touches) {
    const known = firsts[content];
    if (known && at < (known.get(person) ?? Number.POSITIVE_INFINITY)) known.set(person, at);
  }
  const log = new ExposureLog();
  firsts.forEach((persons, content) => {
    for (const [person, at] of persons) log.add(person, content, at);
  });
  return log.byItem([...firsts.keys()]);
}
