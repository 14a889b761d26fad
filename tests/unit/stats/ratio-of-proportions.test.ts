import { describe, expect, it } from 'vitest';
import { ratioOfProportions } from '../../../server/src/stats/ratio-of-proportions';

describe('the ratio of two shares', () => {
  it('agrees with SciPy', () => {
    // scipy.stats.contingency.relative_risk(27, 122, 44, 487)
    const { ratio, low, high } = ratioOfProportions(27, 122, 44, 487);
    expect(ratio).toBeCloseTo(2.4495156482861398, 12);
    expect(low).toBeCloseTo(1.5836990926700116, 12);
    expect(high).toBeCloseTo(3.7886786315466354, 12);
  });

  it('turns over with its groups', () => {
    const there = ratioOfProportions(12, 80, 30, 90);
    const back = ratioOfProportions(30, 90, 12, 80);
    expect(there.ratio * back.ratio).toBeCloseTo(1, 14);
    expect(there.low * back.high).toBeCloseTo(1, 14);
  });

  it('has no interval where nobody or everybody is meant, and is nothing without others', () => {
    expect(ratioOfProportions(0, 50, 10, 50)).toEqual({ ratio: 0, low: Number.NaN, high: Number.NaN });
    expect(ratioOfProportions(50, 50, 40, 40)).toEqual({ ratio: 1, low: Number.NaN, high: Number.NaN });
    expect(ratioOfProportions(5, 50, 0, 50).ratio).toBeNaN();
    expect(ratioOfProportions(0, 0, 3, 50).ratio).toBeNaN();
  });
});
