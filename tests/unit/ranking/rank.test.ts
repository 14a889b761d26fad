import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../server/src/ranking/api-types';
import { type History, statisticsOf } from '../../../server/src/ranking/models/exposure';
import { inMajorUnits } from '../../../server/src/ranking/models/in-major-units';
import { divisionOf } from '../../../server/src/ranking/models/landmark';
import { rank } from '../../../server/src/ranking/models/rank';
import { shrunkenScores } from '../../../server/src/ranking/models/shrunken-score';
import { verdict } from '../../../server/src/ranking/models/verdict';
import { benjaminiHochberg } from '../../../server/src/stats/benjamini-hochberg';
import { seededRandom } from '../../../server/src/stats/seeded-random';

/**
 * 400 customers who read at 0 and order at 10. Item 0 goes with 50 more, item 1 with 50 less, item 2 with nothing, item 3
 * is read by 20 only, item 4 by all, item 5 by nobody, item 6 only after the order.
 */
function history(): History {
  const random = seededRandom(11);
  const result: History = { persons: 400, contents: 7, touches: [], orders: [] };
  for (let person = 0; person < 400; person++) {
    const reads = [person % 2 === 0, person % 3 === 0, person % 5 === 0, person < 20, true, false];
    reads.forEach((read, content) => {
      if (read) result.touches.push({ person, content, at: 0 });
    });
    if (person < 100) result.touches.push({ person, content: 6, at: 10 });
    const value = 200 + 50 * Number(reads[0]) - 50 * Number(reads[1]) + Math.floor(random() * 100);
    result.orders.push({ person, at: 10, value });
  }
  return result;
}

const ranking = (fdr = 0.1) => {
  const { population, statistics } = statisticsOf(history(), 'first-order');
  return rank(population, statistics, { fdr });
};
const figuresOf = (contentId: number) => ranking().find((item) => item.contentId === contentId)!.figures;

describe('a ranking', () => {
  it('says of each item what its figures allow', () => {
    expect(ranking().map(({ contentId, figures }) => [contentId, figures.verdict])).toEqual([
      [0, 'associated'],
      [2, 'not distinguishable'],
      [1, 'below typical'],
      [4, 'not enough data'],
      [3, 'not enough data'],
      [5, 'not enough data'],
      [6, 'support-like'],
    ]);
  });

  it('tests only items with 30 persons on both sides, as one family', () => {
    const items = ranking();
    const tested = items.filter(({ figures }) => figures.pValue !== null);
    expect(tested.map(({ contentId }) => contentId)).toEqual([0, 2, 1]);
    expect(tested.map(({ figures }) => figures.qValue)).toEqual(
      benjaminiHochberg(tested.map(({ figures }) => figures.pValue!)),
    );
    expect(figuresOf(3)).toMatchObject({ exposed: 20, pValue: null, qValue: null, score: null });
    expect(figuresOf(3).difference).not.toBeNull();
  });

  it('gives null, never NaN, where a figure is not defined', () => {
    const nobody = figuresOf(5);
    for (const figure of Object.values(nobody)) expect(figure).not.toBeNaN();
    expect(nobody).toMatchObject({
      exposed: 0,
      unexposed: 400,
      rho: null,
      meanExposed: null,
      difference: null,
    });
    expect(figuresOf(4)).toMatchObject({ exposed: 400, rho: null, meanUnexposed: null, ratio: null });
  });

  it('has no figures but means when all values are equal', () => {
    const flat = history();
    flat.orders = flat.orders.map((order) => ({ ...order, value: 100 }));
    const { population, statistics } = statisticsOf(flat, 'first-order');
    const { figures } = rank(population, statistics, { fdr: 0.1 }).find((item) => item.contentId === 0)!;
    expect(figures).toMatchObject({
      rho: null,
      pValue: null,
      rankBiserial: null,
      meanExposed: 100,
      difference: 0,
      differenceLow: null,
      score: null,
      verdict: 'not distinguishable',
    });
  });

  it("scores an item that settles everyone's value by its difference", () => {
    const settled = history();
    settled.orders = settled.orders.map((order) => ({ ...order, value: order.person % 2 === 0 ? 450 : 0 }));
    const { population, statistics } = statisticsOf(settled, 'first-order');
    const [first] = rank(population, statistics, { fdr: 0.1 });
    expect(first).toMatchObject({ contentId: 0, figures: { score: 450, verdict: 'associated' } });
  });

  it('takes no refund for a first order', () => {
    const refunds = Array.from({ length: 400 }, (_, person) => ({ person, at: -1, value: 0, refund: true }));
    const before = history();
    const after = { ...before, orders: [...refunds, ...before.orders] };
    const figures = ({ population, statistics }: ReturnType<typeof statisticsOf>) =>
      rank(population, statistics, { fdr: 0.1 });
    expect(figures(statisticsOf(after, 'first-order'))).toEqual(figures(statisticsOf(before, 'first-order')));
  });

  it('of nobody lists every item without figures', () => {
    const { population, statistics } = statisticsOf(
      { persons: 0, contents: 2, touches: [], orders: [] },
      'all',
    );
    const items = rank(population, statistics, { fdr: 0.1 });
    expect(items).toHaveLength(2);
    for (const { figures } of items) expect(figures).toMatchObject({ exposed: 0, rho: null, score: null });
  });

  it('counts as readers those who ever touched an item, and who of them had ordered by then', () => {
    expect(figuresOf(6)).toMatchObject({ exposed: 0, readers: 100, readersAlreadyCustomers: 100 });
    expect(figuresOf(0)).toMatchObject({ exposed: 200, readers: 200, readersAlreadyCustomers: 0 });
  });
});

describe('a score', () => {
  it('draws a scattered estimate to the mean more than a precise one', () => {
    const spread = [-30, -20, -10, 0, 10, 20, 30].map((value) => ({ value, variance: 4 }));
    const scores = shrunkenScores([...spread, { value: 60, variance: 2500 }, { value: 40, variance: 4 }]);
    expect(scores[8]!).toBeGreaterThan(scores[7]!);
    expect(scores[6]!).toBeLessThan(30);
    expect(scores[6]!).toBeGreaterThan(24);
  });

  it('is the estimate itself where everyone on a side is alike, and leaves the others alone', () => {
    const others = [10, 20, 30].map((value) => ({ value, variance: 16 }));
    const scores = shrunkenScores([...others, { value: 450, variance: 0 }]);
    expect(scores[3]).toBe(450);
    expect(scores.slice(0, 3)).toEqual(shrunkenScores(others));
    expect(shrunkenScores([{ value: 7, variance: 0 }])).toEqual([7]);
  });

  it('is the same for all when chance explains the spread', () => {
    const scores = shrunkenScores([1, 1.1, 0.9].map((value) => ({ value, variance: 1 })));
    expect(Math.max(...scores) - Math.min(...scores)).toBeLessThan(1e-12);
  });

  it('of a single item is the lower end of its interval', () => {
    expect(shrunkenScores([{ value: 10, variance: 4 }])[0]).toBeCloseTo(10 - 1.959964 * 2, 5);
  });
});

describe('a verdict', () => {
  const figures = {
    ...figuresOf(0),
    exposed: 30,
    unexposed: 30,
    qValue: 0.1,
    difference: 1,
    rankBiserial: 0.1,
    readers: 30,
    readersAlreadyCustomers: 15,
  };

  it.each<[Partial<Figures>, string]>([
    [{}, 'associated'],
    [{ qValue: 0.1001 }, 'not distinguishable'],
    [{ qValue: null }, 'not distinguishable'],
    [{ difference: -1, rankBiserial: -0.1 }, 'below typical'],
    [{ difference: -1 }, 'not distinguishable'],
    [{ rankBiserial: -0.1 }, 'not distinguishable'],
    [{ exposed: 29 }, 'not enough data'],
    [{ unexposed: 29 }, 'not enough data'],
    [{ readersAlreadyCustomers: 16 }, 'support-like'],
    [{ readersAlreadyCustomers: 16, exposed: 2 }, 'support-like'],
    [{ readersAlreadyCustomers: 16, readers: 29 }, 'associated'],
  ])('with %o is "%s"', (change, expected) => {
    expect(verdict({ ...figures, ...change }, 0.1)).toBe(expected);
  });
});

describe('amounts', () => {
  it('become major units by the decimals of the currency, and nothing else does', () => {
    const minor = figuresOf(0);
    const major = inMajorUnits(minor, 2);
    expect(major.difference).toBe(minor.difference! / 100);
    expect(major.score).toBe(minor.score! / 100);
    expect(major.medianExposed).toBe(minor.medianExposed! / 100);
    expect(major.ratio).toBe(minor.ratio);
    expect(major.rho).toBe(minor.rho);
    expect(inMajorUnits(minor, 0)).toEqual(minor);
  });
});

describe('a landmark', () => {
  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00Z'],
    ['2026-01-31', 'Europe/Rome', '2026-01-30T23:00:00Z'],
    ['2026-03-29', 'Europe/Rome', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Rome', '2026-03-29T22:00:00Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['2026-01-31', 'Asia/Kathmandu', '2026-01-30T18:15:00Z'],
    ['2026-01-31', 'Pacific/Auckland', '2026-01-30T11:00:00Z'],
  ])('%s in %s begins at %s', (day, timezone, moment) => {
    expect(divisionOf(day, timezone)).toEqual({ at: Date.parse(moment) });
  });

  it('is all, first-order or a day that exists', () => {
    expect(divisionOf('all', 'UTC')).toBe('all');
    expect(divisionOf('first-order', 'UTC')).toBe('first-order');
    for (const other of ['', 'All', '2026-02-30', '2026-1-1', '2026-01-01T00:00:00Z', 'yesterday']) {
      expect(divisionOf(other, 'UTC')).toBeUndefined();
    }
  });
});
