import { describe, expect, it } from 'vitest';
import { doublyRobust } from '../../../../server/src/ranking/models/causal/doubly-robust';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const N = 1000;
const random = seededRandom(12);
const covariates = [0, 1].map(() => Float64Array.from({ length: N }, () => sampleNormal(random)));
const outcome = covariates[0]!.map((x) => x + sampleNormal(random));
const firstExposed = (count: number) => Uint8Array.from({ length: N }, (_, i) => (i < count ? 1 : 0));

const NOTHING = { estimate: null, standardError: null, low: null, high: null, spread: null };

function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (value !== null && typeof value === 'object') Object.values(value).forEach(expectFinite);
}

describe.each(['overlap', 'everyone'] as const)('for %s, nothing is said', (target) => {
  it.each([
    ['too few exposed', 29, 29],
    ['too few exposed', 0, 0],
    ['too few unexposed', 971, 29],
    ['too few unexposed', 1000, 0],
  ] as const)('of %s: %i of 1,000', (reason, exposed, has) => {
    const found = doublyRobust({ exposed: firstExposed(exposed), outcome, covariates }, { seed: 1, target });
    expect(found).toMatchObject({ ...NOTHING, n: N, exposed, refused: { reason, needed: 30, has } });
    expectFinite(found);
  });

  it('where a covariate all but tells who was exposed, for want of overlap', () => {
    const exposed = Uint8Array.from(covariates[0]!, (x) => (x > 0 ? 1 : 0));
    const found = doublyRobust({ exposed, outcome, covariates }, { seed: 1, target });
    expect(found).toMatchObject({ ...NOTHING, refused: { reason: 'no overlap', needed: 50 } });
    expect(found.refused!.has).toBeLessThan(50);
    expect(found.clipped).toBeGreaterThan(0.7);
    expect(found.balance).toHaveLength(2);
    expectFinite(found);
  });

  it('where the groups touch in a sliver of very many persons', () => {
    const many = Float64Array.from({ length: 20_000 }, () => sampleNormal(random));
    const exposed = Uint8Array.from(many, (x) => (x > 0 ? 1 : 0));
    const noisy = many.map((x) => x + sampleNormal(random));
    const found = doublyRobust({ exposed, outcome: noisy, covariates: [many] }, { seed: 1, target });
    expect(found.refused).toMatchObject({ reason: 'no overlap' });
    expect(found.refused!.needed).toBeGreaterThan(350);
  });

  it('where within the groups every outcome is the same', () => {
    const exposed = firstExposed(400);
    for (const constant of [outcome.map(() => 5), Float64Array.from(exposed)]) {
      const found = doublyRobust({ exposed, outcome: constant, covariates }, { seed: 1, target });
      expect(found).toMatchObject({ ...NOTHING, refused: { reason: 'does not vary', needed: 2, has: 1 } });
    }
  });

  it('but with 30 exposed at random it is, in finite numbers', () => {
    const found = doublyRobust({ exposed: firstExposed(30), outcome, covariates }, { seed: 1, target });
    expect(found.refused).toBe(null);
    expect(found.low!).toBeLessThan(found.estimate!);
    expectFinite(found);
  });

  it('wrongly where one group is all zero, or the outcome follows from a covariate', () => {
    const exposed = firstExposed(400);
    const zeros = outcome.map((y, i) => (exposed[i] ? y : 0));
    for (const odd of [zeros, covariates[0]!]) {
      const found = doublyRobust({ exposed, outcome: odd, covariates }, { seed: 1, target });
      expect(found.refused).toBe(null);
      expectFinite(found);
    }
  });
});

it.each([
  ['a column has 3 values for 1000 persons', { outcome: new Float64Array(3) }, {}],
  ['a column has 0 values for 1000 persons', { covariates: [new Float64Array(0)] }, {}],
  ['not finite', { outcome: outcome.map((y, i) => (i === 7 ? Number.NaN : y)) }, {}],
  ['not finite', { covariates: [outcome.map(() => Number.POSITIVE_INFINITY)] }, {}],
  ['other values than 0 and 1', { exposed: new Uint8Array(N).fill(2) }, {}],
  ['folds: 3 to 20, not 2', {}, { folds: 2 }],
  ['folds: 3 to 20, not 4.5', {}, { folds: 4.5 }],
  ['clip: from 0 to below 0.5, not 0.5', {}, { clip: 0.5 }],
  ['confidence: between 0 and 1, not 95', {}, { confidence: 95 }],
])('throws what is the matter: %s', (message, input, options) => {
  const whole = { exposed: firstExposed(400), outcome, covariates, ...input };
  expect(() => doublyRobust(whole, { seed: 1, ...options })).toThrow(message);
});
