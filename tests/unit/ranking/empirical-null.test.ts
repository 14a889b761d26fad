import { describe, expect, it } from 'vitest';
import { empiricalNull, type ItemEffect } from '../../../server/src/ranking/models/empirical-null';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const LOCATION = 0.3;
const SLOPE = 0.1;
const SPREAD = 0.05;
const CENTRE = 300;
const lineAt = (exposed: number) => LOCATION + SLOPE * Math.log(exposed / CENTRE);

/** Items of 30 to 3,000 readers around a line in the logarithm of reach; some of them stand above it. */
function drawn(seed: number, items: number, { remarkable = 0, spread = SPREAD, above = 0.6 } = {}) {
  const random = seededRandom(seed);
  return Array.from({ length: items }, (_, i): ItemEffect => {
    const exposed = Math.round(30 * 100 ** random());
    const standardError = 1 / Math.sqrt(exposed);
    const extra = i < remarkable * items ? above * (0.5 + random()) : 0;
    const own = Math.hypot(spread, standardError) * sampleNormal(random);
    return { exposed, standardError, effect: lineAt(exposed) + extra + own };
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('what is typical', () => {
  it('takes fifteen items', () => {
    expect(empiricalNull(drawn(1, 14))).toBeNull();
    expect(empiricalNull(drawn(1, 15))).not.toBeNull();
  });

  it.each([0, 0.1, 1 / 3])('is found among items of which a share of %f stands out', (remarkable) => {
    const fits = Array.from({ length: 40 }, (_, i) => empiricalNull(drawn(i, 150, { remarkable }))!);
    for (const exposed of [60, 300, 1500]) {
      const errors = fits.map((fit) => fit.typical(exposed).effect - lineAt(exposed));
      expect(Math.abs(mean(errors))).toBeLessThan(0.03);
      const within = fits.filter(
        (fit, i) => Math.abs(errors[i]!) < 1.96 * fit.typical(exposed).standardError,
      ).length;
      // 38 of 40 on average; a little less is allowed where a third stands out.
      expect(within).toBeGreaterThanOrEqual(30);
    }
    expect(Math.abs(mean(fits.map(({ spread }) => spread)) - SPREAD)).toBeLessThan(0.03);
    const ordinary = mean(fits.map((fit) => fit.ordinary));
    // The wide rest takes some of the ordinary ones where it is large.
    expect(ordinary).toBeGreaterThan(1 - remarkable - 0.2);
    if (remarkable > 0.2) expect(ordinary).toBeLessThan(0.8);
  });

  it('has no spread where chance explains how items differ, on most draws', () => {
    const spreads = Array.from({ length: 20 }, (_, i) => empiricalNull(drawn(i, 60, { spread: 0 }))!.spread);
    expect(mean(spreads)).toBeLessThan(0.02);
  });

  it('expects much of what stands far out, and next to nothing of the rest', () => {
    const items = drawn(5, 100, { remarkable: 0.1, above: 1 });
    const fit = empiricalNull(items)!;
    const typical = fit.typical(1000).effect;
    expect(fit.remarkable(typical + 1, 0.03, 1000)).toBeGreaterThan(0.9);
    expect(Math.abs(fit.remarkable(typical + 0.05, 0.03, 1000))).toBeLessThan(0.02);
    expect(fit.remarkable(typical, 0.03, 1000)).toBeCloseTo(0, 12);
  });

  it('moves with all effects, grows with their scale, and does not depend on the order of items', () => {
    const items = drawn(6, 50, { remarkable: 0.2 });
    const fit = empiricalNull(items)!;
    const moved = empiricalNull(items.map((item) => ({ ...item, effect: item.effect + 7 })))!;
    const grown = empiricalNull(
      items.map(({ effect, standardError, exposed }) => ({
        effect: 3 * effect,
        standardError: 3 * standardError,
        exposed,
      })),
    )!;
    const back = empiricalNull(items.toReversed())!;
    expect(moved.typical(100).effect).toBeCloseTo(fit.typical(100).effect + 7, 6);
    expect(moved.spread).toBeCloseTo(fit.spread, 6);
    expect(grown.typical(100).effect).toBeCloseTo(3 * fit.typical(100).effect, 5);
    expect(grown.spread).toBeCloseTo(3 * fit.spread, 5);
    expect(back.typical(100).effect).toBeCloseTo(fit.typical(100).effect, 8);
  });

  it('has no slope where all are read alike, and goes no further than the items it was fitted to', () => {
    const alike = drawn(7, 30).map((item) => ({ ...item, exposed: 200, standardError: 0.07 }));
    const fit = empiricalNull(alike)!;
    expect(fit.typical(10)).toEqual(fit.typical(100_000));
    const wide = empiricalNull(drawn(8, 60))!;
    expect(wide.typical(1_000_000)).toEqual(wide.typical(10_000));
  });
});
