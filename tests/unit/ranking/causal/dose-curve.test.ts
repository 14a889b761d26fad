import { describe, expect, it } from 'vitest';
import { doseCurve } from '../../../../server/src/ranking/models/causal/dose-curve';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const random = seededRandom(31);
const noise = (n: number) => Float64Array.from({ length: n }, () => sampleNormal(random));
const unexposed = noise(500);

describe('value by dose', () => {
  it('rises with the dose where value does, and the trend says so', () => {
    const doses = Float64Array.from({ length: 1000 }, () => 600 * random());
    const residuals = noise(1000).map((e, i) => e + doses[i]! / 200);
    const curve = doseCurve({ doses, residuals, unexposed });
    expect(curve.groups.map(({ n }) => n)).toEqual([200, 200, 200, 200, 200]);
    curve.groups.forEach((group, g) => {
      expect(group.low!).toBeLessThan(group.mean!);
      expect(group.high!).toBeGreaterThan(group.mean!);
      if (g > 0) {
        expect(group.mean!).toBeGreaterThan(curve.groups[g - 1]!.mean!);
        expect(group.from).toBeGreaterThan(curve.groups[g - 1]!.to);
      }
    });
    expect(curve.unexposed).toMatchObject({ n: 500 });
    expect(Math.abs(curve.unexposed.mean!)).toBeLessThan(0.2);
    expect(curve.trend!.low!).toBeGreaterThan(0.4);
    expect(curve.trend!.pValue).toBeLessThan(1e-9);
  });

  it('has a trend whose interval holds nothing in about 95 of 100 worlds without one', () => {
    let held = 0;
    for (let world = 0; world < 200; world++) {
      const { trend } = doseCurve({ doses: noise(80), residuals: noise(80), unexposed: [] });
      if (trend!.low! <= 0 && trend!.high! >= 0) held++;
    }
    expect(held).toBeGreaterThanOrEqual(182);
    expect(held).toBeLessThanOrEqual(198);
  });

  it('gives the mean and the interval of the persons of a group', () => {
    const residuals = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? i % 2 : 10));
    const doses = residuals.map((_, i) => (i < 30 ? 1 : 2));
    const [first, second] = doseCurve({ doses, residuals, unexposed }).groups;
    // Half zeros, half ones: a variance of 30/29 · 1/4, and 2.04523 is Student's 97.5 % quantile of 29 degrees.
    expect(first).toMatchObject({ from: 1, to: 1, n: 30, mean: 0.5 });
    expect(first!.high! - 0.5).toBeCloseTo(2.04523 * Math.sqrt(1 / 4 / 29), 5);
    expect(second).toEqual({ from: 2, to: 2, n: 30, mean: 10, low: 10, high: 10 });
  });
});

describe('the groups', () => {
  it('keep persons of equal dose together and nobody is lost, however the doses fall', () => {
    for (let world = 0; world < 100; world++) {
      const n = 30 + Math.floor(400 * random());
      const values = 1 + Math.floor(12 * random());
      const doses = Float64Array.from({ length: n }, () => 1 + Math.floor(values * random() ** 3));
      const { groups } = doseCurve({ doses, residuals: noise(n), unexposed });
      expect(groups.length).toBeLessThanOrEqual(5);
      expect(groups.reduce((sum, group) => sum + group.n, 0)).toBe(n);
      groups.forEach((group, g) => {
        expect(group.n).toBeGreaterThanOrEqual(30);
        expect(group.n).toBe(doses.filter((dose) => dose >= group.from && dose <= group.to).length);
        if (g > 0) expect(group.from).toBeGreaterThan(groups[g - 1]!.to);
      });
    }
  });

  it('are fewer for fewer persons, and do not depend on their order', () => {
    const sizes = (n: number) => {
      const doses = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n);
      return doseCurve({ doses, residuals: doses, unexposed }).groups.map((group) => group.n);
    };
    expect(sizes(149)).toEqual([37, 38, 37, 37]);
    expect(sizes(90)).toEqual([30, 30, 30]);
    expect(sizes(59)).toEqual([59]);
  });

  it('are one without a trend where all took the same', () => {
    const curve = doseCurve({ doses: new Float64Array(100).fill(3), residuals: noise(100), unexposed });
    expect(curve.groups).toMatchObject([{ from: 3, to: 3, n: 100 }]);
    expect(curve).toMatchObject({ trend: null, refused: null });
  });
});

describe('nothing but what can be said', () => {
  it('refuses with fewer exposed than a group needs, and says how many there are', () => {
    const curve = doseCurve({ doses: noise(29), residuals: noise(29), unexposed: noise(3) });
    expect(curve).toEqual({
      unexposed: { n: 3, mean: null, low: null, high: null },
      groups: [],
      trend: null,
      refused: { reason: 'too few exposed', needed: 30, has: 29 },
    });
  });

  it('has no interval for a perfect order', () => {
    const doses = Float64Array.from({ length: 40 }, (_, i) => i);
    const { trend } = doseCurve({ doses, residuals: doses, unexposed });
    expect(trend).toEqual({ n: 40, rho: 1, low: null, high: null, pValue: 0 });
  });

  it('throws for doses without residual and for what is no number', () => {
    expect(() => doseCurve({ doses: [1, 2], residuals: [1], unexposed: [] })).toThrow(
      '2 doses for 1 residuals',
    );
    expect(() => doseCurve({ doses: [1], residuals: [Number.NaN], unexposed: [] })).toThrow('not finite');
  });
});
