import { ItemStatistics } from './item-statistics';
import type { Division } from './landmark';
import { boundaryOf, isMember } from './membership';
import { type Population, population } from './population';

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
}

/**
 * Divides what persons consumed from what they were worth, and sums it up for `rank`:
 * `all`: everyone in orders (refunds too) or touches; any touch; all orders.
 * `first-order`: customers, who have an order that is no refund; touches strictly before their first order; all their orders.
 * a moment: everyone seen before it; touches before it; orders from it on.
 * A value is 0 without an order. Every content item is listed.
 */
export function statisticsOf(
  history: History,
  division: Division,
): { population: Population; statistics: ItemStatistics<number> } {
  const firstOrder = earliest(
    history.persons,
    history.orders.filter(({ refund }) => !refund),
  );
  const firstPaid = earliest(history.persons, history.orders);
  const firstTouch = earliest(history.persons, history.touches);

  const memberOf = new Int32Array(history.persons).fill(-1);
  let size = 0;
  for (let person = 0; person < history.persons; person++) {
    const firstSeenAt = Math.min(firstPaid[person]!, firstTouch[person]!);
    if (isMember(division, { firstOrderAt: firstOrder[person]!, firstSeenAt })) memberOf[person] = size++;
  }

  const values = new Float64Array(size);
  const valuesFrom = typeof division === 'object' ? division.at : Number.NEGATIVE_INFINITY;
  for (const { person, at, value } of history.orders) {
    if (at >= valuesFrom && memberOf[person]! >= 0) values[memberOf[person]!]! += value;
  }

  const ranked = population(values);
  const statistics = new ItemStatistics<number>(ranked.bins.length);
  firstTouchesByContent(history).forEach((firstTouches, contentId) => {
    statistics.sumsOf(contentId);
    for (const [person, at] of firstTouches) {
      const member = memberOf[person]!;
      const exposed = member >= 0 && at < boundaryOf(division, firstOrder[person]!);
      const deviation = exposed ? ranked.deviations[member]! : 0;
      statistics.add({
        contentId,
        bin: exposed ? ranked.binOf[member]! : 0,
        exposed: exposed ? 1 : 0,
        rankSum: exposed ? ranked.midRanks[member]! : 0,
        deviationSum: deviation,
        deviationSquares: deviation * deviation,
        readers: 1,
        readersAlreadyCustomers: at >= firstOrder[person]! ? 1 : 0,
      });
    }
  });
  return { population: ranked, statistics };
}

/** Each person's earliest moment in some events, Infinity without one. */
function earliest(persons: number, events: { person: number; at: number }[]): Float64Array {
  const moments = new Float64Array(persons).fill(Number.POSITIVE_INFINITY);
  for (const { person, at } of events) if (at < moments[person]!) moments[person] = at;
  return moments;
}

/** For each content item, when each person first touched it. */
function firstTouchesByContent({ contents, touches }: History): Map<number, number>[] {
  const byContent = Array.from({ length: contents }, () => new Map<number, number>());
  for (const { person, content, at } of touches) {
    const firsts = byContent[content];
    if (firsts && at < (firsts.get(person) ?? Number.POSITIVE_INFINITY)) firsts.set(person, at);
  }
  return byContent;
}
