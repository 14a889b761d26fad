import { describe, expect, it } from 'vitest';
import { augmentedDifference } from '../../../../server/src/ranking/models/causal/augmented-difference';
import { doublyRobust } from '../../../../server/src/ranking/models/causal/doubly-robust';
import { causalWorld, plainDifference, trueEffect } from '../../../support/causal-world';

const TARGETS = ['overlap', 'everyone'] as const;

/**
 * Two strata. In the first one of 4 is exposed: 10 against 2, 4 and 6, a difference of 6. In the second 4 of 6 are:
 * 20, 22, 24 and 26 against 18 and 20, a difference of 4. Over everyone that is (4·6 + 6·4)/10 = 4.8; by overlap, where
 * the strata count 4·3/16 and 6·2/9, (3/4·6 + 4/3·4)/(3/4 + 4/3) = 4.72.
 */
const STRATA = {
  stratum: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
  exposed: Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 1, 0, 0),
  outcome: Float64Array.of(10, 2, 4, 6, 20, 22, 24, 26, 18, 20),
};
const EXACT = { overlap: 4.72, everyone: 4.8 };

const byStratum = (first: number, second: number, { stratum } = STRATA) =>
  Float64Array.from(stratum, (of) => (of === 0 ? first : second));

describe.each(TARGETS)('in two strata counted by hand, %s', (target) => {
  const { exposed, outcome } = STRATA;
  const right = {
    propensity: byStratum(1 / 4, 2 / 3),
    ifExposed: byStratum(10, 23),
    ifUnexposed: byStratum(4, 19),
  };
  const wrong = {
    propensity: byStratum(1 / 2, 1 / 2),
    ifExposed: byStratum(0, 7),
    ifUnexposed: byStratum(3, 3),
  };

  it('is the exact difference where both predictions are', () => {
    const { estimate, influence } = augmentedDifference(exposed, outcome, right, target, 0.05);
    expect(estimate).toBeCloseTo(EXACT[target], 12);
    expect(influence.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  });

  it('is exact by the propensity alone', () => {
    const nuisances = { ...wrong, propensity: right.propensity };
    expect(augmentedDifference(exposed, outcome, nuisances, target, 0.05).estimate).toBeCloseTo(
      EXACT[target],
      12,
    );
  });

  it('is off where neither is right', () => {
    const { estimate } = augmentedDifference(exposed, outcome, wrong, target, 0.05);
    expect(Math.abs(estimate - EXACT[target])).toBeGreaterThan(1);
  });

  it('is nearly that with fitted and cross-fitted predictions of a thousand times as many', () => {
    const times = <T extends Float64Array | Uint8Array>(values: T) =>
      (values.constructor as Float64ArrayConstructor).from(
        { length: 10_000 },
        (_, i) => values[i % 10]!,
      ) as unknown as T;
    const world = { exposed: times(exposed), outcome: times(outcome), covariates: [times(byStratum(0, 1))] };
    const { estimate } = doublyRobust(world, { seed: 1, target });
    expect(estimate).toBeCloseTo(EXACT[target], 2);
  });
});

it('is exact for everyone by the outcome alone', () => {
  const { exposed, outcome } = STRATA;
  const nuisances = {
    propensity: byStratum(0.5, 0.2),
    ifExposed: byStratum(10, 23),
    ifUnexposed: byStratum(4, 19),
  };
  expect(augmentedDifference(exposed, outcome, nuisances, 'everyone', 0.05).estimate).toBeCloseTo(4.8, 12);
});

describe.each(TARGETS)('with true and with wrong predictions of 50,000 persons, %s', (target) => {
  const world = causalWorld({ seed: 4, persons: 50_000 });
  const truth = trueEffect(world, target);
  const ifExposed = world.ifUnexposed.map((mean, i) => mean + world.effects[i]!);
  const right = { propensity: world.propensity, ifExposed, ifUnexposed: world.ifUnexposed };
  const constant = (value: number) => new Float64Array(50_000).fill(value);
  const wrong = { propensity: constant(0.3), ifExposed: constant(1), ifUnexposed: constant(0) };
  const errorWith = (nuisances: typeof right) => {
    const { estimate } = augmentedDifference(world.exposed, world.outcome, nuisances, target, 0);
    return estimate - truth;
  };

  it('is right when both or either are true, and as wrong as the plain difference when neither is', () => {
    expect(Math.abs(errorWith(right))).toBeLessThan(0.04);
    expect(Math.abs(errorWith({ ...wrong, propensity: right.propensity }))).toBeLessThan(0.06);
    expect(Math.abs(errorWith({ ...right, propensity: wrong.propensity }))).toBeLessThan(0.04);
    const plain = plainDifference(world) - truth;
    expect(plain).toBeGreaterThan(0.5);
    expect(errorWith(wrong)).toBeCloseTo(plain, 0);
  });
});

it('holds propensities within the clip for everyone, so that nobody weighs more than its inverse', () => {
  const nuisances = {
    propensity: Float64Array.of(0.001, 0.5, 0.999),
    ifExposed: new Float64Array(3),
    ifUnexposed: new Float64Array(3),
  };
  const exposed = Uint8Array.of(1, 0, 1);
  const { weights } = augmentedDifference(exposed, Float64Array.of(1, 2, 3), nuisances, 'everyone', 0.05);
  expect([...weights]).toEqual([20, 2, 1 / 0.95]);
});
