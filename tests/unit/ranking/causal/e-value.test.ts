import { describe, expect, it } from 'vitest';
import { eValue, eValueOfRatio } from '../../../../server/src/ranking/models/causal/e-value';

describe('the E-value of a risk ratio', () => {
  // VanderWeele and Ding (2017): formula feeding and infant death, 3.9 (1.8 to 8.7); breastfeeding and ovarian cancer 0.5 (to 0.8).
  it.each([
    [3.9, 7.26],
    [1.8, 3.0],
    [0.5, 3.41],
    [0.8, 1.81],
    [2, 3.41],
  ])('is that of the publication: %s gives %s', (ratio, expected) => {
    expect(eValueOfRatio(ratio)).toBeCloseTo(expected, 2);
  });

  it('is 1 where there is nothing to explain, and the same for a ratio and its inverse', () => {
    expect(eValueOfRatio(1)).toBe(1);
    expect(eValueOfRatio(1 / 3.9)).toBeCloseTo(eValueOfRatio(3.9), 12);
  });

  it('is the least equal strength whose bias factor reaches the ratio', () => {
    // The bounding factor of Ding and VanderWeele (2016): RR₁ RR₂ / (RR₁ + RR₂ − 1).
    for (const ratio of [1.1, 1.5, 3.9, 20]) {
      const e = eValueOfRatio(ratio);
      expect((e * e) / (2 * e - 1)).toBeCloseTo(ratio, 10);
    }
  });
});

describe('the E-value of a difference of means', () => {
  // d = 0.5 with a standard error of 0.25: exp(0.455) = 1.57617, and exp(0.455 − 0.91 × 1.96 × 0.25) = 1.00914.
  const half = { estimate: 50, low: 50 - 1.96 * 25, high: 50 + 1.96 * 25, spread: 100 };

  it('goes by the risk ratio of the standardised difference', () => {
    const { estimate, bound } = eValue(half)!;
    expect(estimate).toBeCloseTo(1.57617 + Math.sqrt(1.57617 * 0.57617), 4);
    expect(bound).toBeCloseTo(1.00914 + Math.sqrt(1.00914 * 0.00914), 3);
  });

  it('is the same below zero', () => {
    const below = { estimate: -half.estimate, low: -half.high, high: -half.low, spread: 100 };
    expect(eValue(below)!.estimate).toBeCloseTo(eValue(half)!.estimate, 12);
    expect(eValue(below)!.bound).toBeCloseTo(eValue(half)!.bound, 12);
  });

  it('is 1 for an interval that holds zero or ends there', () => {
    expect(eValue({ estimate: 5, low: -1, high: 11, spread: 10 })!.bound).toBe(1);
    expect(eValue({ estimate: 5, low: 0, high: 10, spread: 10 })!.bound).toBe(1);
    expect(eValue({ estimate: 0, low: -1, high: 1, spread: 10 })).toEqual({ estimate: 1, bound: 1 });
  });

  it('is none where the outcome does not vary, or beyond any number', () => {
    expect(eValue({ estimate: 5, low: 4, high: 6, spread: 0 })).toBe(null);
    expect(eValue({ estimate: 0, low: 0, high: 0, spread: 0 })).toBe(null);
    expect(eValue({ estimate: 1e6, low: 9e5, high: 2e6, spread: 1 })).toBe(null);
  });
});
