import { describe, expect, it } from 'vitest';
import { crossFit, splitPersons } from '../../../../server/src/ranking/models/causal/cross-fit';
import { designOf } from '../../../../server/src/ranking/models/causal/design';
import { type CausalOptions, doublyRobust } from '../../../../server/src/ranking/models/causal/doubly-robust';
import {
  type CausalWorldOptions,
  causalWorld,
  plainDifference,
  type Shape,
  trueEffect,
} from '../../../support/causal-world';

const TARGETS = ['overlap', 'everyone'] as const;

/** The error of the estimate in standard errors, by and large, over some worlds. */
function study(
  worlds: number,
  world: Omit<CausalWorldOptions, 'seed'>,
  options: Partial<CausalOptions> = {},
) {
  const { target = 'overlap' } = options;
  let covered = 0;
  const errors: number[] = [];
  const plain: number[] = [];
  for (let seed = 1; seed <= worlds; seed++) {
    const drawn = causalWorld({ ...world, seed });
    const truth = trueEffect(drawn, target);
    const found = doublyRobust(drawn, { ...options, seed, target });
    if (found.refused) throw new Error(`refused: ${found.refused.reason}`);
    if (found.low! <= truth && truth <= found.high!) covered++;
    errors.push((found.estimate! - truth) / found.standardError!);
    plain.push((plainDifference(drawn) - truth) / found.standardError!);
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { coverage: covered / worlds, error: mean(errors), plainError: mean(plain) };
}

describe('in worlds where what makes people read makes them valuable too', () => {
  it.each([
    ['plain', -1],
    ['plain', -2.5],
    ['steep', -1],
    ['uneven', -1],
    ['money', -1],
  ] as [Shape, number][])('finds the effect that the plain difference misses: %s, base %s', (shape, base) => {
    const { coverage, error, plainError } = study(200, { persons: 600, shape, base });
    expect(plainError).toBeGreaterThan(2);
    expect(Math.abs(error)).toBeLessThan(0.35);
    expect(coverage).toBeGreaterThanOrEqual(0.92);
    expect(coverage).toBeLessThanOrEqual(0.98);
  });

  it('finds the effect among everyone where everyone might have read', () => {
    const { coverage, error } = study(
      200,
      { persons: 600, shape: 'uneven', base: 0 },
      { target: 'everyone', clip: 0.01 },
    );
    expect(Math.abs(error)).toBeLessThan(0.35);
    expect(coverage).toBeGreaterThanOrEqual(0.92);
    expect(coverage).toBeLessThanOrEqual(0.98);
  });
});

describe('double robustness', () => {
  it.each(TARGETS)(
    'bears a model of either exposure or outcome that cannot be right, not of both: %s',
    (target) => {
      const errorIn = (shape: Shape) => {
        const world = causalWorld({ seed: 3, persons: 20_000, shape });
        const { estimate, standardError } = doublyRobust(world, { seed: 3, target, clip: 0.01 });
        return Math.abs(estimate! - 1) / standardError!;
      };
      expect(errorIn('exposure product')).toBeLessThan(3);
      expect(errorIn('outcome product')).toBeLessThan(3);
      expect(errorIn('both products')).toBeGreaterThan(6);
    },
  );

  it('is wrong where nothing is adjusted for, and says so by the balance of what it was given', () => {
    const world = causalWorld({ seed: 3, persons: 20_000 });
    const found = doublyRobust({ ...world, covariates: world.covariates.slice(3) }, { seed: 3 });
    expect(found.estimate! - 1).toBeGreaterThan(10 * found.standardError!);
    expect(found.estimate).toBeCloseTo(plainDifference(world), 1);
  });
});

describe('what comes with the estimate', () => {
  const world = causalWorld({ seed: 8, persons: 3000 });
  const found = doublyRobust(world, { seed: 8 });

  it('balances every covariate that was out of balance', () => {
    expect(found.balance).toHaveLength(4);
    expect(Math.max(...found.balance.map(({ before }) => Math.abs(before!)))).toBeGreaterThan(0.3);
    for (const { after } of found.balance) expect(Math.abs(after!)).toBeLessThan(0.05);
  });

  it('counts persons, those beyond overlap and the effective ones', () => {
    const exposed = world.exposed.reduce((sum, is) => sum + is, 0);
    expect(found).toMatchObject({ n: 3000, exposed, refused: null });
    expect(found.effectiveSampleSize.exposed).toBeLessThan(exposed);
    expect(found.effectiveSampleSize.exposed).toBeGreaterThan(exposed / 2);
    expect(found.effectiveSampleSize.unexposed).toBeLessThan(3000 - exposed);
    const truly = world.propensity.filter((e) => e < 0.05 || e > 0.95).length / 3000;
    expect(found.clipped).toBeCloseTo(truly, 1);
    expect(doublyRobust(world, { seed: 8, clip: 0 }).clipped).toBe(0);
  });

  it('widens the interval with the confidence, and goes with the unit of the outcome', () => {
    const wide = doublyRobust(world, { seed: 8, confidence: 0.99 });
    expect(wide.estimate).toBe(found.estimate);
    expect(wide.high! - wide.low!).toBeGreaterThan(1.3 * (found.high! - found.low!));
    const cents = doublyRobust(
      { ...world, outcome: world.outcome.map((y) => 100 * y + 1e7 * 100) },
      { seed: 8 },
    );
    for (const key of ['estimate', 'standardError', 'low', 'high', 'spread'] as const) {
      expect(cents[key]! / 100).toBeCloseTo(found[key]!, 5);
    }
  });

  it('is the same for the same seed, and differs by less than the standard error for others', () => {
    expect(doublyRobust(world, { seed: 8 })).toEqual(found);
    const others = [1, 2, 3, 4].map((seed) => doublyRobust(world, { seed }).estimate!);
    expect(new Set(others).size).toBe(4);
    for (const other of others)
      expect(Math.abs(other - found.estimate!)).toBeLessThan(found.standardError! / 3);
  });

  it('does not depend on the order of the persons but by the split', () => {
    const order = Uint32Array.from({ length: 3000 }, (_, i) => (i * 1009) % 3000);
    const permuted = <T extends Float64Array | Uint8Array>(values: T) =>
      values.map((_, i) => values[order[i]!]!) as T;
    const foldOf = splitPersons(world.exposed, 5, 1);
    const straight = crossFit(designOf(world.covariates, world.outcome), world.exposed, foldOf, 5);
    const mixed = crossFit(
      designOf(world.covariates.map(permuted), permuted(world.outcome)),
      permuted(world.exposed),
      permuted(foldOf),
      5,
    );
    for (const key of ['propensity', 'ifExposed', 'ifUnexposed'] as const) {
      const expected = permuted(straight[key]);
      const furthest = mixed[key].reduce(
        (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
        0,
      );
      expect(furthest).toBeLessThan(1e-4);
    }
  });

  it('bears covariates that do not vary, say the same twice or are none at all', () => {
    const [first, ...rest] = world.covariates as [Float64Array];
    const odd = [first, first, ...rest, new Float64Array(3000).fill(7)];
    const again = doublyRobust({ ...world, covariates: odd }, { seed: 8 });
    expect(again.estimate).toBeCloseTo(found.estimate!, 1);
    expect(again.balance.at(-1)).toEqual({ before: 0, after: 0 });
    const none = doublyRobust({ ...world, covariates: [] }, { seed: 8 });
    expect(none.estimate).toBeCloseTo(plainDifference(world), 2);
    expect(none.balance).toEqual([]);
  });
});

it('splits persons into folds of equal size within either group', () => {
  const { exposed } = causalWorld({ seed: 2, persons: 1003 });
  const foldOf = splitPersons(exposed, 5, 9);
  for (const arm of [0, 1]) {
    const sizes = [0, 1, 2, 3, 4].map(
      (fold) => foldOf.filter((of, i) => of === fold && exposed[i] === arm).length,
    );
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
});
