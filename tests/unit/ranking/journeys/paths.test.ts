import { describe, expect, it } from 'vitest';
import { LENGTHS, pathsToOrder } from '../../../../server/src/ranking/models/journeys/paths';
import {
  itemOf,
  journeysOfHistory,
  journeysOfReaders,
  lettersOf,
  randomHistory,
  stepsOf,
  times,
} from './people';

describe('paths to the first order', () => {
  const readers = [
    ...times(30, { reads: 'abc', orders: 5, value: 300 }),
    ...times(12, { reads: 'xbc'.replace('x', 'd'), orders: 9, value: 100 }),
    ...times(10, { reads: 'c', orders: 1, value: 50 }),
    ...times(4, { reads: 'ef', orders: 3 }),
    ...times(50, { reads: 'abc' }),
  ];
  const paths = pathsToOrder(journeysOfReaders(readers));
  const ofLength = (length: number) => paths.find((one) => one.length === length)!;
  const told = (length: number) =>
    ofLength(length).paths.map(({ items, customers }) => `${lettersOf(items)} ${customers}`);

  it('are the last items in order, shorter where nothing was read before', () => {
    expect(told(2)).toEqual(['bc 42', 'c 10']);
    expect(told(3)).toEqual(['abc 30', 'dbc 12', 'c 10']);
    expect(told(5)).toEqual(told(3));
    expect(ofLength(2).few).toEqual({ paths: 1, customers: 4 });
  });

  it('carry their share, their time and what their customers are worth', () => {
    const [abc, , c] = ofLength(3).paths;
    expect(abc!.share).toMatchObject({ value: 30 / 56, n: 56 });
    expect(abc!.days.median).toMatchObject({ value: 5, n: 30 });
    expect(abc!.value).toMatchObject({ value: 300, n: 30 });
    expect(c!.days.median).toMatchObject({ value: 1, n: 10 });
  });

  it('can be those of some customers alone', () => {
    const some = pathsToOrder(journeysOfReaders(readers), (person) => person >= 30);
    expect(some[1]!.paths.map(({ items }) => lettersOf(items))).toEqual(['dbc', 'c']);
    expect(some[1]!.customers).toBe(26);
  });

  it('hold every customer once, agree with counting by hand, and never tell of fewer than five', () => {
    const journeys = journeysOfHistory(randomHistory(21, 3000, 5));
    const { persons, start } = journeys;
    const customers = [...Array(persons.count).keys()].filter(
      (p) => persons.firstOrderAt[p]! < Number.POSITIVE_INFINITY && start[p]! < start[p + 1]!,
    );
    for (const { length, customers: all, paths: shown, others, few } of pathsToOrder(journeys)) {
      const byHand = new Map<string, number>();
      for (const p of customers) {
        const path = stepsOf(journeys, p).slice(-length).join('>');
        byHand.set(path, (byHand.get(path) ?? 0) + 1);
      }
      expect(all).toBe(customers.length);
      expect(shown.reduce((sum, path) => sum + path.customers, 0) + others.customers + few.customers).toBe(
        all,
      );
      expect(shown.length + others.paths + few.paths).toBe(byHand.size);
      for (const { items, customers: n } of shown) {
        expect(n).toBe(byHand.get(items.join('>')));
        expect(n).toBeGreaterThanOrEqual(5);
      }
      expect(few.customers).toBe([...byHand.values()].filter((n) => n < 5).reduce((sum, n) => sum + n, 0));
    }
  });

  it('are told of every length', () => {
    expect(paths.map(({ length }) => length)).toEqual(LENGTHS);
    expect(itemOf('c')).toBe(2);
  });
});
