import { describe, expect, it } from 'vitest';
import { analyseJourneys } from '../../../../server/src/ranking/models/journeys';
import { endsOf } from '../../../../server/src/ranking/models/journeys/ends';
import { countJourneys } from '../../../../server/src/ranking/models/journeys/outcomes';
import { sortSteps } from '../../../../server/src/ranking/models/journeys/sort-steps';
import { timeToOrder } from '../../../../server/src/ranking/models/journeys/time-to-order';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import {
  DAY,
  inputOf,
  journeysOfHistory,
  journeysOfReaders,
  randomHistory,
  shuffled,
  stepsOf,
  times,
} from './people';

describe('a journey', () => {
  it('is what somebody read before the first order, each item once', () => {
    const history = {
      persons: 3,
      contents: 4,
      touches: [
        { person: 0, content: 2, at: 5 },
        { person: 0, content: 1, at: 3 },
        { person: 0, content: 2, at: 1 },
        { person: 0, content: 3, at: 20 },
        { person: 0, content: 0, at: 10 },
        { person: 1, content: 3, at: 7 },
      ],
      orders: [
        { person: 0, at: 20, value: 1 },
        { person: 0, at: 10, value: 1 },
        { person: 2, at: 2, value: 1 },
      ],
    };
    const journeys = journeysOfHistory(history);
    // An item touched at the moment of the order was not read before it.
    expect([0, 1, 2].map((person) => stepsOf(journeys, person))).toEqual([[2, 1], [3], []]);
    expect(countJourneys(journeys, 8)).toEqual({
      readers: 2,
      ordered: 1,
      reading: 1,
      left: 0,
      orderedUnread: 1,
    });
  });

  it('takes items of one moment by their numbers, whatever order they were told in', () => {
    const touches = [3, 1, 2, 0].map((content) => ({ person: 0, content, at: content === 0 ? 1 : 5 }));
    const random = seededRandom(3);
    for (let n = 0; n < 5; n++) {
      const journeys = journeysOfHistory({
        persons: 1,
        contents: 4,
        touches: shuffled(touches, random),
        orders: [],
      });
      expect(stepsOf(journeys, 0)).toEqual([0, 1, 2, 3]);
    }
  });

  it('of whoever reads on is open until nothing new was read for 30 days', () => {
    const journeys = journeysOfReaders([{ reads: 'ab' }]);
    expect(countJourneys(journeys, 31 * DAY)).toMatchObject({ reading: 1, left: 0 });
    expect(countJourneys(journeys, 31 * DAY + 1)).toMatchObject({ reading: 0, left: 1 });
  });

  it('is sorted as well when it is long', () => {
    const random = seededRandom(5);
    const length = 3000;
    const at = Float64Array.from({ length }, () => Math.floor(200 * random()));
    const item = Int32Array.from({ length }, (_, i) => (i * 7919) % length);
    const wanted = Array.from(at, (time, i) => [time, item[i]!] as const);
    const kept = wanted.slice(0, 10);
    sortSteps(at, item, 10, length);
    const sorted = wanted.slice(10).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(Array.from(at, (time, i) => [time, item[i]!])).toEqual([...kept, ...sorted]);
  });

  it('tells the same whatever order people and touches come in', () => {
    const history = randomHistory(11, 600, 9);
    const random = seededRandom(12);
    const numbers = shuffled([...Array(history.persons).keys()], random);
    const renamed = <T extends { person: number }>(rows: T[]) =>
      shuffled(
        rows.map((row) => ({ ...row, person: numbers[row.person]! })),
        random,
      );
    const now = 70 * DAY;
    const other = { ...history, touches: renamed(history.touches), orders: renamed(history.orders) };
    expect(analyseJourneys({ ...inputOf(other), now, isTopTier: null })).toEqual(
      analyseJourneys({ ...inputOf(history), now, isTopTier: null }),
    );
  });

  it('says nothing where nobody read anything', () => {
    const nobody = { persons: 3, contents: 4, touches: [], orders: [{ person: 1, at: 5, value: 10 }] };
    const analysis = analyseJourneys({ ...inputOf(nobody), now: 10, isTopTier: () => true });
    expect(analysis).toMatchObject({ items: [], entries: [], closings: [], flow: { persons: 0, nodes: [] } });
    expect(JSON.stringify(analysis)).not.toMatch(/NaN|Infinity/);
    const nothing = { persons: 0, contents: 0, touches: [], orders: [] };
    expect(analyseJourneys({ ...inputOf(nothing), now: 10, isTopTier: null }).counts.readers).toBe(0);
  });
});

describe('the ends of journeys', () => {
  // 40 begin with a, of whom 20 order; 60 begin with b, of whom 15 order after reading c last.
  const journeys = journeysOfReaders([
    ...times(20, { reads: 'ac', orders: 4 }),
    ...times(20, { reads: 'a' }),
    ...times(15, { reads: 'bdc', orders: 10 }),
    ...times(45, { reads: 'bc' }),
    ...times(4, { reads: 'e', orders: 2 }),
  ]);
  const { entries, closings } = endsOf(journeys);

  it('count who began with an item and ordered, against everyone who began elsewhere', () => {
    expect(entries.map(({ item, persons, ordered }) => [item, persons, ordered])).toEqual([
      [1, 60, 15],
      [0, 40, 20],
    ]);
    const a = entries[1]!;
    expect(a.conversion).toMatchObject({ value: 0.5, n: 40 });
    // (20 / 40) / (19 / 64), and exp(±1.96 √(1/20 − 1/40 + 1/19 − 1/64))
    expect(a.lift).toMatchObject({
      value: expect.closeTo(1.6842105, 6),
      low: expect.closeTo(1.0338027, 6),
      high: expect.closeTo(2.7438167, 6),
    });
    // Twenty times of four days are too few for a comparison.
    expect(a.days.median).toEqual({ notEnough: { of: 'people', has: 20, needs: 30 } });
  });

  it('count what was read last, among all customers and among those who read it', () => {
    expect(closings).toEqual([
      {
        item: 2,
        customers: 35,
        share: expect.objectContaining({ value: 35 / 39, n: 39 }),
        readers: 35,
        lastOfReaders: expect.objectContaining({ value: 1, n: 35, high: 1 }),
      },
    ]);
  });

  it('lie as many days apart as the orders came later', () => {
    const time = timeToOrder(journeys);
    expect(time.median).toMatchObject({ value: 4, n: 39 });
    expect(time.upperQuartile).toMatchObject({ value: 10 });
    expect(time.histogram.reduce((sum, { people }) => sum + people, 0)).toBe(39);
  });
});
