import { describe, expect, it } from 'vitest';
import { creditByMarkov, type Path, totalsOf } from '../../../../server/src/ranking/models/attribution';
import { backwardChain } from '../../../../server/src/ranking/models/attribution/backward-chain';
import { passingDense } from '../../../../server/src/ranking/models/attribution/passing-dense';
import { passingSparse } from '../../../../server/src/ranking/models/attribution/passing-sparse';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { ForwardChain } from './forward-chain';
import { randomPaths, sum } from './random-paths';

const ORDERS = [1, 2, 3, 4];
const ITEMS = 6;
const paths = randomPaths(11, { items: ITEMS, rows: 60 });

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-11) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!), `${i}: ${actual[i]}`).toBeLessThan(tolerance);
  }
};

describe.each(ORDERS)('a chain of order %i', (order) => {
  it.each([true, false])(
    'loses by a removal what solving the chain without the item says (nulls: %s)',
    (nulls) => {
      const chain = new ForwardChain(paths, order, nulls);
      const { removalEffect, conversionRate } = creditByMarkov(paths, { order, nulls });
      const base = chain.conversionRate();
      expect(conversionRate).toBeCloseTo(base, 11);
      near(
        removalEffect!,
        Array.from({ length: ITEMS }, (_, item) => 1 - chain.conversionRate(item) / base),
      );
    },
  );

  it('converts as often as the paths did', () => {
    const { conversions, nulls } = totalsOf(paths);
    expect(new ForwardChain(paths, order).conversionRate()).toBeCloseTo(
      conversions / (conversions + nulls),
      11,
    );
    expect(creditByMarkov(paths, { order }).conversionRate).toBe(conversions / (conversions + nulls));
    expect(creditByMarkov(paths, { order, nulls: false }).conversionRate).toBe(1);
  });

  it('loses what a long simulation loses, within its noise', () => {
    const chain = new ForwardChain(paths, order);
    const random = seededRandom(5, order);
    const passing = new Array<number>(ITEMS).fill(0);
    let converted = 0;
    for (let n = 0; n < 60_000; n++) {
      const walk = chain.walk(random);
      if (!walk.converted) continue;
      converted++;
      for (const item of walk.passed) passing[item]!++;
    }
    const { removalEffect } = creditByMarkov(paths, { order });
    expect(converted).toBeGreaterThan(10_000);
    removalEffect!.forEach((share, item) => {
      const z = (passing[item]! / converted - share) / Math.sqrt((share * (1 - share)) / converted);
      expect(Math.abs(z), `item ${item}: ${passing[item]! / converted} against ${share}`).toBeLessThan(4);
    });
  });

  it.each([
    ['few items', randomPaths(21, { items: 5, rows: 300 })],
    ['many items', randomPaths(22, { items: 60, rows: 300 })],
    ['walks that hardly end', randomPaths(23, { items: 3, rows: 4, on: 0.99 })],
    ['one item alone', [{ items: [0, 0, 0, 0, 0, 0], conversions: 1, value: 2, nulls: 1 }]],
  ])('is solved alike by elimination and by sweeps: %s', (_, some) => {
    const chain = backwardChain(some, order, true);
    const dense = passingDense(chain);
    const sparse = passingSparse(chain);
    near(sparse.conversions, dense.conversions, 1e-12);
    near(sparse.value, dense.value, 1e-12);
  });

  it('follows pairs of items that go round for long', () => {
    const round = Array.from({ length: 4000 }, (_, i) => i % 2);
    const some: Path[] = [
      { items: [2, ...round], conversions: 1, value: 10, nulls: 0 },
      { items: [0, 3], conversions: 1, value: 30, nulls: 2 },
    ];
    const chain = backwardChain(some, order, true);
    near(passingSparse(chain).conversions, passingDense(chain).conversions, 1e-12);
    const { conversions, value } = creditByMarkov(some, { order });
    expect(sum(conversions)).toBeCloseTo(2, 10);
    expect(sum(value)).toBeCloseTo(40, 10);
  });
});

it('agrees with the toy chain of c1, c2 and c3 to the last digits', () => {
  const toy: Path[] = [
    { items: [0, 1, 2], conversions: 1, value: 0, nulls: 0 },
    { items: [0], conversions: 0, value: 0, nulls: 1 },
    { items: [1, 2], conversions: 0, value: 0, nulls: 1 },
  ];
  const { conversions, removalEffect, conversionRate } = creditByMarkov(toy);
  near(conversions, [0.2, 0.4, 0.4], 1e-15);
  near(removalEffect!, [0.5, 1, 1], 1e-15);
  expect(conversionRate).toBe(1 / 3);
});

it('remembers as many touches as its order: after a > b the way on differs from after c > b', () => {
  const some: Path[] = [
    { items: [0, 1, 3], conversions: 1, value: 1, nulls: 0 },
    { items: [2, 1, 4], conversions: 0, value: 0, nulls: 1 },
  ];
  const first = creditByMarkov(some, { order: 1 }).removalEffect!;
  const second = creditByMarkov(some, { order: 2 }).removalEffect!;
  near(first, [0.5, 1, 0.5, 1, 0]);
  near(second, [1, 1, 0, 1, 0]);
});

it('credits the value by the value that is lost, and by the conversions where some path has less than none', () => {
  const some = (worth: number): Path[] => [
    { items: [0], conversions: 1, value: worth, nulls: 1 },
    { items: [1], conversions: 1, value: 30, nulls: 1 },
  ];
  near(creditByMarkov(some(10)).value, [10, 30]);
  near(creditByMarkov(some(10)).conversions, [1, 1]);
  near(creditByMarkov(some(-10)).value, [10, 10]);
});

it('has no removal effects when nothing converted', () => {
  const none = creditByMarkov([{ items: [0], conversions: 0, value: 0, nulls: 2 }]);
  expect(none.removalEffect).toBeUndefined();
  expect(none.conversionRate).toBe(0);
  expect(creditByMarkov([]).conversionRate).toBeNull();
});
