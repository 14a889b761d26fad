import { describe, expect, it } from 'vitest';
import {
  creditByEqualSplit,
  creditByRule,
  type Path,
  timeDecayWeights,
} from '../../../../server/src/ranking/models/attribution';

const path = (...items: number[]): Path => ({ items, conversions: 1, value: 100, nulls: 5 });
const near = (actual: ArrayLike<number>, expected: number[]) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 12);
};

describe('rules on paths', () => {
  it.each([
    ['first', [1, 0, 0, 0]],
    ['last', [0, 0, 0, 1]],
    ['linear', [0.25, 0.25, 0.25, 0.25]],
    ['position', [0.4, 0.1, 0.1, 0.4]],
  ] as const)('credit by %s', (model, expected) => {
    const { conversions, value } = creditByRule([path(0, 1, 2, 3)], model);
    near(conversions, [...expected]);
    near(
      value,
      expected.map((share) => 100 * share),
    );
  });

  it.each(['first', 'last', 'linear', 'position', 'time-decay'] as const)(
    'give the only touch everything by %s',
    (model) => near(creditByRule([path(1)], model).conversions, [0, 1]),
  );

  it('split two touches evenly by position', () => {
    near(creditByRule([path(0, 1)], 'position').conversions, [0.5, 0.5]);
  });

  it('count an item that was touched again again by linear, and once by the equal split', () => {
    near(creditByRule([path(0, 1, 0)], 'linear').conversions, [2 / 3, 1 / 3]);
    near(creditByEqualSplit([path(0, 1, 0)]).conversions, [0.5, 0.5]);
  });

  it('halve the weight by a touch, or by seven, in time decay', () => {
    near(creditByRule([path(0, 1, 2)], 'time-decay', 1).conversions, [1 / 7, 2 / 7, 4 / 7]);
    const [first, , , , , , , last] = creditByRule([path(0, 1, 2, 3, 4, 5, 6, 7)], 'time-decay').conversions;
    expect(last! / first!).toBeCloseTo(2, 12);
  });

  it('keep time decay finite when every touch was very long ago', () => {
    near(timeDecayWeights([1e6, 1e6 + 7]), [2 / 3, 1 / 3]);
  });
});
