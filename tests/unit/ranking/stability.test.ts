import { describe, expect, it } from 'vitest';
import { overlapByChance, topOverlap } from '../../../server/src/ranking/models/stability';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const items = Array.from({ length: 40 }, (_, i) => `item ${i}`);

describe('the overlap of two top tens', () => {
  it('is whole for the same items in any order among the first, and nothing for others', () => {
    expect(topOverlap(items, [...items.slice(0, 10).reverse(), ...items.slice(10)])).toEqual({
      shared: 10,
      of: 10,
    });
    expect(topOverlap(items, [...items].reverse())).toEqual({ shared: 0, of: 10 });
  });

  it('counts within the first k alone', () => {
    expect(topOverlap(['a', 'b', 'c', 'd'], ['b', 'd', 'a', 'c'], 2)).toEqual({ shared: 1, of: 2 });
  });

  it('is of as many as the shorter ranking has', () => {
    expect(topOverlap([1, 2, 3], [3, 9])).toEqual({ shared: 0, of: 2 });
    expect(topOverlap([], [1])).toEqual({ shared: 0, of: 0 });
  });

  it('is by chance what random orders share on average', () => {
    const random = seededRandom(3);
    const shuffled = () =>
      items
        .map((key) => [random(), key] as const)
        .sort(([x], [y]) => x - y)
        .map(([, key]) => key);
    let shared = 0;
    for (let round = 0; round < 2000; round++) shared += topOverlap(items, shuffled()).shared;
    expect(overlapByChance(40)).toBe(2.5);
    expect(Math.abs(shared / 2000 - 2.5)).toBeLessThan(0.15);
  });

  it('is by chance all of them when there are no more than k', () => {
    expect(overlapByChance(7)).toBe(7);
    expect(overlapByChance(0)).toBe(0);
  });
});
