import { describe, expect, it } from 'vitest';
import {
  exposuresOf,
  type History,
  personsOf,
  rankInputOf,
} from '../../../server/src/ranking/models/history';
import type { Division } from '../../../server/src/ranking/models/landmark';
import { traitsOf } from '../../../server/src/ranking/models/traits';

const DAY = 86_400_000;
const LANDMARK = { at: 100 * DAY };

/**
 * Person 0 ordered, then read three items on two days, then ordered twice; person 1 read one item and ordered later; person
 * 2 ordered only; person 3 came after the landmark.
 */
const history: History = {
  persons: 4,
  contents: 3,
  touches: [
    { person: 0, content: 0, at: 20 * DAY },
    { person: 0, content: 1, at: 20 * DAY + 5 },
    { person: 0, content: 1, at: 40 * DAY },
    { person: 0, content: 2, at: 50 * DAY },
    { person: 1, content: 0, at: 90 * DAY },
    { person: 3, content: 0, at: 101 * DAY },
  ],
  orders: [
    { person: 0, at: 10 * DAY, value: 5000 },
    { person: 0, at: 30 * DAY, value: 700 },
    { person: 0, at: 110 * DAY, value: 900 },
    { person: 1, at: 120 * DAY, value: 100 },
    { person: 2, at: 60 * DAY, value: 2000 },
    { person: 2, at: 130 * DAY, value: 1 },
  ],
  channels: ['ads', undefined, 'search', 'ads'],
};

function traitsAt(division: Division, of: History = history) {
  const { persons, scope } = rankInputOf(of, division, { fdr: 0.1 });
  return new Map(traitsOf(persons, scope, 100).map((trait) => [trait.name, trait]));
}

describe('what items are adjusted for', () => {
  const traits = traitsAt(LANDMARK);
  const values = (name: string) => [...traits.get(name)!.values];

  it('is how much else was read, the item itself left out', () => {
    expect(values('reading')).toEqual([3, 1, 0].map(Math.log1p));
    expect([...traits.get('reading')!.without]).toEqual([2, 0, 0].map(Math.log1p));
  });

  it('is over how many days that was', () => {
    expect(values('visits')).toEqual([Math.log(3 / 4), Math.log(2 / 2), Math.log(1)]);
  });

  it('is how long people had been known when there was a last sign of anybody before the landmark', () => {
    expect(values('tenure')).toEqual([80, 0, 30].map(Math.log1p));
  });

  it('is what people had been worth before they first read anything, and before the landmark', () => {
    expect(values('priorValue')).toEqual([50, 0, 20].map(Math.log1p));
    expect(traitsAt('first-order').has('priorValue')).toBe(false);
    expect(traitsAt('all').has('priorValue')).toBe(false);
  });

  it('is nothing that is known of buyers alone, for that would tell who is going to buy', () => {
    // Persons 0 to 4 order at last, 0 and 1 before the landmark; 5 to 9 never do.
    const buyers: History = {
      persons: 10,
      contents: 1,
      touches: Array.from({ length: 10 }, (_, person) => ({ person, content: 0, at: (20 + person) * DAY })),
      orders: [50, 60, 120, 121, 122].map((day, person) => ({ person, at: day * DAY, value: 100 })),
      channels: Array.from({ length: 5 }, (_, person) => (person % 2 === 0 ? 'ads' : 'search')),
    };
    const names = (division: Division, of: History) =>
      [...traitsAt(division, of).keys()].filter((name) => name.startsWith('channel:'));
    expect(names('all', buyers)).toEqual([]);
    expect([...traitsAt(LANDMARK, buyers).get('channel:ads')!.values]).toEqual([1, ...new Array(9).fill(0)]);
    expect(names('first-order', buyers)).toEqual(['channel:ads', 'channel:search']);
    const known = { ...buyers, channels: Array.from({ length: 10 }, (_, p) => buyers.channels![p % 5]) };
    expect(names('all', known)).toEqual(['channel:ads', 'channel:search']);
    expect(traitsAt(LANDMARK, known).get('channel:ads')!.total).toBe(6);
  });

  it('is the channel they came by, of the eight busiest', () => {
    expect(values('channel:ads')).toEqual([1, 0, 0]);
    expect(values('channel:search')).toEqual([0, 0, 1]);
    const many: History = {
      persons: 55,
      contents: 1,
      touches: [],
      orders: Array.from({ length: 55 }, (_, person) => ({ person, at: 1, value: person })),
      // Channel k has k persons.
      channels: Array.from({ length: 10 }, (_, k) => Array<string>(k + 1).fill(`c${k + 1}`)).flat(),
    };
    const channels = [...traitsAt(LANDMARK, many).keys()].filter((name) => name.startsWith('channel:'));
    expect(channels).toEqual([10, 9, 8, 7, 6, 5, 4, 3].map((k) => `channel:c${k}`));
  });

  it('is nothing that is the same for everyone', () => {
    expect(traits.has('accountSize')).toBe(false);
    const { channels: _, ...unknown } = history;
    expect([...traitsAt(LANDMARK, unknown).keys()].some((name) => name.startsWith('channel:'))).toBe(false);
  });

  it('is no order between a first touch and the landmark, which may come of what was read', () => {
    const richer: History = {
      ...history,
      orders: [...history.orders, { person: 0, at: 45 * DAY, value: 99_900 }],
    };
    expect(traitsAt(LANDMARK, richer).get('priorValue')).toEqual(traits.get('priorValue'));
  });
});

describe('a history in memory', () => {
  it('takes the first touch of each item by each person, whatever the order of touches', () => {
    const { start, person, firstAt } = exposuresOf({ ...history, touches: history.touches.toReversed() });
    const firsts = [0, 1, 2].map((item) =>
      Object.fromEntries(
        Array.from({ length: start[item + 1]! - start[item]! }, (_, i) => [
          person[start[item]! + i],
          firstAt[start[item]! + i]! / DAY,
        ]),
      ),
    );
    expect(firsts[0]).toEqual({ 0: 20, 1: 90, 3: 101 });
    expect(Object.keys(firsts[1]!)).toEqual(['0']);
    expect(firsts[2]).toEqual({ 0: 50 });
  });

  it('divides orders at a date', () => {
    const persons = personsOf(history, LANDMARK);
    expect([...persons.values]).toEqual([6600, 100, 2001, 0]);
    expect([...persons.valuesFromDate]).toEqual([900, 100, 1, 0]);
    expect([...persons.priorValues]).toEqual([5000, 0, 2000, 0]);
  });
});
