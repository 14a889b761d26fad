import { describe, expect, it } from 'vitest';
import type { History } from '../../../../server/src/ranking/models/history';
import {
  type ItemJourneys,
  itemJourneys,
} from '../../../../server/src/ranking/models/journeys/item-journeys';
import { transitionsOf } from '../../../../server/src/ranking/models/journeys/transitions';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import {
  DAY,
  itemOf,
  journeysOfHistory,
  journeysOfReaders,
  lettersOf,
  randomHistory,
  stepsOf,
  times,
} from './people';

const NOW = 100 * DAY;
const find = (all: ItemJourneys[], item: number) => all.find((one) => one.item === item)!;

describe('the journeys through an item', () => {
  // After a: 40 read b (20 order), 20 read c (none orders), 10 ordered at once, 8 read nothing more.
  const journeys = journeysOfReaders([
    ...times(20, { reads: 'ab', orders: 3, value: 200 }),
    ...times(20, { reads: 'ab' }),
    ...times(20, { reads: 'dac' }),
    ...times(10, { reads: 'a', orders: 2 }),
    ...times(8, { reads: 'a', from: 90 }),
    ...times(30, { reads: 'dc', orders: 5 }),
    ...times(40, { reads: 'eb' }),
    ...times(3, { reads: 'fa' }),
  ]);
  const all = itemJourneys(journeys, NOW);
  const a = find(all, itemOf('a'));

  it('say where it stands in them, each reader in one place', () => {
    expect(a).toMatchObject({
      readers: 81,
      ordered: 30,
      roles: { only: 10, entry: 20, middle: 0, closing: 0 },
      first: 58,
      last: { ordered: 10, reading: 8, left: 3 },
    });
    expect(a.before.map(({ item, persons }) => [lettersOf([item]), persons])).toEqual([['d', 20]]);
    expect(find(all, itemOf('b')).roles).toEqual({ only: 0, entry: 0, middle: 0, closing: 20 });
    expect(find(all, itemOf('f'))).toBeUndefined();
  });

  it('say what is read next, as a multiple of how often that is next elsewhere', () => {
    const [b, c] = a.next;
    expect([b!.item, b!.persons, b!.ordered]).toEqual([itemOf('b'), 40, 20]);
    expect(b!.share).toMatchObject({ value: 40 / 60, n: 60 });
    // Elsewhere b was next 40 times, of the 20 + 30 + 40 + 3 transitions not from a.
    expect(b!.lift).toMatchObject({ value: expect.closeTo(40 / 60 / (40 / 93), 12), n: 60 });
    expect(c!.lift).toMatchObject({ value: expect.closeTo(20 / 60 / (30 / 93), 12) });
  });

  it('say who ordered later, beside those who went on with something else', () => {
    const [b, c] = a.next;
    expect(b!.conversion).toMatchObject({ value: 0.5, n: 40 });
    expect(c!.conversion).toEqual({ notEnough: { of: 'people', has: 20, needs: 30 } });
    expect(b!.conversionLift).toEqual({ notEnough: { of: 'people', has: 20, needs: 30 } });
    expect(b!.value).toMatchObject({ value: 100, n: 40 });
  });

  it('do not hold it against an item that it was read before', () => {
    // After b, c is always next where it is not known yet.
    const known = journeysOfReaders([...times(50, { reads: 'bc' }), ...times(50, { reads: 'cbd' })]);
    const [c, d] = find(itemJourneys(known, NOW), itemOf('b')).next;
    expect(c!.share).toMatchObject({ value: 1, n: 50 });
    expect(d!.share).toMatchObject({ value: 0.5, n: 100 });
  });
});

/** All of it counted plainly, one pair of items at a time. */
function byHand(journeys: ReturnType<typeof journeysOfHistory>, from: number, to: number) {
  let [taken, ahead, takenElsewhere, aheadElsewhere] = [0, 0, 0, 0];
  for (let person = 0; person < journeys.persons.count; person++) {
    const steps = stepsOf(journeys, person);
    for (let i = 0; i + 1 < steps.length; i++) {
      if (steps.slice(0, i + 1).includes(to)) continue;
      const isTaken = steps[i + 1] === to ? 1 : 0;
      if (steps[i] === from) {
        ahead++;
        taken += isTaken;
      } else {
        aheadElsewhere++;
        takenElsewhere += isTaken;
      }
    }
  }
  return { taken, ahead, takenElsewhere, aheadElsewhere };
}

describe('what is read next', () => {
  it('agrees with counting by hand', () => {
    const journeys = journeysOfHistory(randomHistory(31, 1500, 7));
    const { possible, taken } = transitionsOf(journeys);
    let compared = 0;
    for (const { item, readers, next, before, first, last } of itemJourneys(journeys, NOW)) {
      const { ordered, reading, left } = last;
      const onward = readers - ordered - reading - left;
      expect(next.reduce((sum, { persons }) => sum + persons, 0)).toBeLessThanOrEqual(onward);
      expect(before.reduce((sum, { persons }) => sum + persons, first)).toBeLessThanOrEqual(readers);
      for (const one of next) {
        const expected = byHand(journeys, item, one.item);
        expect(one.persons).toBe(expected.taken);
        expect(possible[one.item]).toBe(expected.ahead + expected.aheadElsewhere);
        expect(taken[one.item]).toBe(expected.taken + expected.takenElsewhere);
        if (!('value' in one.lift)) continue;
        compared++;
        expect(one.share).toMatchObject({ value: expected.taken / expected.ahead, n: expected.ahead });
        const elsewhere = expected.takenElsewhere / expected.aheadElsewhere;
        expect(one.lift.value).toBeCloseTo(expected.taken / expected.ahead / elsewhere, 12);
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('finds the lifts that a simulated chain was made with', () => {
    // Each reads some of 40 items; after item 0, item 1 is three times as likely as others, and item 2 a third as likely.
    const [items, people, seeds] = [40, 12_000, 6];
    const weightOf = (item: number, last: number | undefined) =>
      last !== 0 ? 1 : item === 1 ? 3 : item === 2 ? 1 / 3 : 1;
    const drawn = Array.from({ length: seeds }, (_, seed) => {
      const random = seededRandom(41, seed);
      const history: History = { persons: people, contents: items, touches: [], orders: [] };
      for (let person = 0; person < people; person++) {
        const read: number[] = [];
        const length = 2 + Math.floor(4 * random());
        while (read.length < length) {
          const ahead = [...Array(items).keys()].filter((item) => !read.includes(item));
          const weights = ahead.map((item) => weightOf(item, read.at(-1)));
          let draw = random() * weights.reduce((sum, weight) => sum + weight, 0);
          let place = 0;
          while (draw >= weights[place]!) draw -= weights[place++]!;
          history.touches.push({ person, content: ahead[place]!, at: read.push(ahead[place]!) });
        }
      }
      const next = find(itemJourneys(journeysOfHistory(history), NOW), 0).next;
      return next.find(({ item }) => item === 1)!.lift as { value: number; low: number; high: number };
    });
    // Seen from item 0 with some other items read, the weights sum to about 1.3 more than elsewhere.
    const wanted = 3 * (38 / 39.3);
    const mean = drawn.reduce((sum, { value }) => sum + Math.log(value), 0) / seeds;
    expect(Math.abs(mean - Math.log(wanted))).toBeLessThan(0.15);
    expect(drawn.filter(({ low, high }) => low < wanted && wanted < high).length).toBeGreaterThanOrEqual(4);
  });
});
