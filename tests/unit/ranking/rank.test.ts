import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../server/src/ranking/api-types';
import { type History, rankHistory } from '../../../server/src/ranking/models/history';
import { inMajorUnits } from '../../../server/src/ranking/models/in-major-units';
import { divisionOf } from '../../../server/src/ranking/models/landmark';
import { shrunkenScores } from '../../../server/src/ranking/models/shrunken-score';
import { supportShareOf, verdict } from '../../../server/src/ranking/models/verdict';
import { benjaminiHochberg } from '../../../server/src/stats/benjamini-hochberg';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { studentTQuantile } from '../../../server/src/stats/student-t-quantile';
import { studentTTails } from '../../../server/src/stats/student-t-tails';

const ORDINARY = 20;

/**
 * 1,000 customers who read at 0 and order at 10. Item 0 goes with twice the value, item 1 with half of it, item 2 is read
 * by 20 only, item 3 by all, item 4 by nobody, item 5 only after the order; the rest are ordinary.
 */
function history({ ordinary = ORDINARY, activity = 0 } = {}): History {
  const random = seededRandom(11);
  const result: History = { persons: 1000, contents: 6 + ordinary, touches: [], orders: [] };
  for (let person = 0; person < 1000; person++) {
    const hidden = Math.exp(activity * (random() + random() - 1));
    const reads = [random() < 0.3 * hidden, random() < 0.3 * hidden, person < 20, true, false, false];
    for (let item = 0; item < ordinary; item++) reads.push(random() < (0.1 + 0.02 * item) * hidden);
    reads.forEach((read, content) => {
      if (read) result.touches.push({ person, content, at: 0 });
    });
    if (person < 100) result.touches.push({ person, content: 5, at: 10 });
    const factor = (reads[0] ? 2 : 1) * (reads[1] ? 0.5 : 1) * hidden;
    result.orders.push({ person, at: 10, value: Math.round(20_000 * factor * Math.exp(random() - 0.5)) });
  }
  return result;
}

const ranking = (options = {}) => rankHistory(history(options), 'first-order', { fdr: 0.1 });
const figuresOf = (wanted: number, options = {}) =>
  ranking(options).items.find(({ item }) => item === wanted)!.figures;

describe('a ranking', () => {
  it('says of each item what its figures allow', () => {
    const verdicts = new Map(ranking().items.map(({ item, figures }) => [item, figures.verdict]));
    expect([0, 1, 2, 3, 4, 5].map((item) => verdicts.get(item))).toEqual([
      'associated',
      'below typical',
      'not enough data',
      'not enough data',
      'not enough data',
      'support-like',
    ]);
    const ordinary = [...verdicts].filter(([item]) => item > 5).map(([, word]) => word);
    expect(ordinary).toEqual(Array.from({ length: ORDINARY }, () => 'not distinguishable'));
    expect(ranking().items[0]!.item).toBe(0);
  });

  it('tells the effect in logarithms of value as the excess, and in money as the adjusted difference', () => {
    const best = figuresOf(0);
    expect(best.excessLow!).toBeLessThan(Math.log(2));
    expect(best.excessHigh!).toBeGreaterThan(Math.log(2));
    expect(best.adjustedDifferenceLow!).toBeGreaterThan(0);
    expect(best.adjustedRhoLow!).toBeGreaterThan(0);
    const worst = figuresOf(1);
    expect(worst.excessLow!).toBeLessThan(-Math.log(2));
    expect(worst.excessHigh!).toBeGreaterThan(-Math.log(2));
  });

  it('is not misled by readers who read and buy more of everything, as the plain figures are', () => {
    const { items } = ranking({ activity: 2 });
    const ordinary = items.filter(({ item }) => item > 5).map(({ figures }) => figures);
    expect(ordinary.filter(({ rhoLow }) => rhoLow! > 0).length).toBeGreaterThan(10);
    expect(ordinary.filter((figures) => figures.verdict === 'associated')).toEqual([]);
    expect(items[0]).toMatchObject({ item: 0, figures: { verdict: 'associated' } });
  });

  it('tests items with enough persons on both sides as one family, by their excess', () => {
    const tested = ranking().items.filter(({ figures }) => figures.qValue !== null);
    expect(tested.map(({ item }) => item).sort((a, b) => a - b)).toEqual([
      0,
      1,
      ...Array.from({ length: ORDINARY }, (_, i) => 6 + i),
    ]);
    const { df } = ranking().typical!;
    const pValues = tested.map(({ figures: { excess, excessHigh } }) => {
      const standardError = (excessHigh! - excess!) / studentTQuantile(0.975, df);
      return studentTTails(excess! / standardError, df);
    });
    benjaminiHochberg(pValues).forEach((q, i) => {
      expect(tested[i]!.figures.qValue).toBeCloseTo(q, 10);
    });
    expect(figuresOf(2)).toMatchObject({ exposed: 20, pValue: null, qValue: null, score: null });
    expect(figuresOf(2).difference).not.toBeNull();
  });

  it('of few items gives adjusted figures and an order, but calls nothing typical and none remarkable', () => {
    const { items, typical, comparable } = ranking({ ordinary: 10 });
    expect(typical).toBeNull();
    expect(comparable).toBe(12);
    expect(items[0]).toMatchObject({
      item: 0,
      figures: { excess: null, qValue: null, verdict: 'not distinguishable' },
    });
    expect(items[0]!.figures.adjustedDifferenceLow!).toBeGreaterThan(0);
  });

  it('gives null, never NaN, where a figure is not defined', () => {
    const nobody = figuresOf(4);
    for (const figure of Object.values(nobody)) expect(figure).not.toBeNaN();
    expect(nobody).toMatchObject({
      exposed: 0,
      unexposed: 1000,
      rho: null,
      meanExposed: null,
      difference: null,
      adjustedDifference: null,
      excess: null,
    });
    expect(figuresOf(3)).toMatchObject({ exposed: 1000, rho: null, meanUnexposed: null, ratio: null });
  });

  it('has no figures but means when all values are equal', () => {
    const flat = history();
    flat.orders = flat.orders.map((order) => ({ ...order, value: 100 }));
    const { items } = rankHistory(flat, 'first-order', { fdr: 0.1 });
    expect(items.find(({ item }) => item === 0)!.figures).toMatchObject({
      rho: null,
      pValue: null,
      rankBiserial: null,
      meanExposed: 100,
      difference: 0,
      differenceLow: null,
      adjustedRho: null,
      adjustedDifference: 0,
      adjustedDifferenceLow: null,
      excess: null,
      score: null,
      verdict: 'not distinguishable',
    });
  });

  it('takes no refund for a first order', () => {
    const refunds = Array.from({ length: 400 }, (_, person) => ({ person, at: -1, value: 0, refund: true }));
    const before = history();
    const after = { ...before, orders: [...refunds, ...before.orders] };
    const differences = (of: History) =>
      rankHistory(of, 'first-order', { fdr: 0.1 }).items.map(({ item, figures }) => [
        item,
        figures.difference,
      ]);
    expect(new Map(differences(after) as [number, number][])).toEqual(
      new Map(differences(before) as [number, number][]),
    );
  });

  it('of nobody lists every item without figures', () => {
    const { items } = rankHistory({ persons: 0, contents: 2, touches: [], orders: [] }, 'all', { fdr: 0.1 });
    expect(items).toHaveLength(2);
    for (const { figures } of items) expect(figures).toMatchObject({ exposed: 0, rho: null, score: null });
  });

  it('counts as readers those who ever touched an item, and who of them had ordered by then', () => {
    expect(figuresOf(5)).toMatchObject({ exposed: 0, readers: 100, readersAlreadyCustomers: 100 });
    expect(figuresOf(3)).toMatchObject({ exposed: 1000, readers: 1000, readersAlreadyCustomers: 0 });
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
    excess: 0.1,
    readers: 30,
    readersAlreadyCustomers: 15,
  };

  it.each<[Partial<Figures>, string]>([
    [{}, 'associated'],
    [{ qValue: 0.1001 }, 'not distinguishable'],
    [{ qValue: null }, 'not distinguishable'],
    [{ excess: -0.1 }, 'below typical'],
    [{ excess: null }, 'not distinguishable'],
    [{ difference: -1, rankBiserial: -0.1 }, 'associated'],
    [{ exposed: 29 }, 'not enough data'],
    [{ unexposed: 29 }, 'not enough data'],
    [{ readersAlreadyCustomers: 16 }, 'support-like'],
    [{ readersAlreadyCustomers: 16, exposed: 2 }, 'support-like'],
    [{ readersAlreadyCustomers: 16, readers: 29 }, 'associated'],
  ])('with %o is "%s"', (change, expected) => {
    expect(verdict({ ...figures, ...change }, 0.1, 0.5)).toBe(expected);
  });
});

describe('the share of customers among readers that tells support', () => {
  const items = (count: number, already: number) =>
    Array.from({ length: count }, () => ({ readers: 100, readersAlreadyCustomers: already }));

  it('is half where few customers read the typical item, and where there is no typical item', () => {
    expect(supportShareOf(items(20, 10))).toBe(0.5);
    expect(supportShareOf(items(14, 90))).toBe(0.5);
  });

  it('is three times the odds of the typical item on a site that customers come back to', () => {
    expect(supportShareOf([...items(16, 60), ...items(4, 95)])).toBeCloseTo(4.5 / 5.5, 12);
    expect(supportShareOf(items(20, 100))).toBe(1);
    const few = Array.from({ length: 20 }, () => ({ readers: 29, readersAlreadyCustomers: 29 }));
    expect(supportShareOf([...items(16, 60), ...few])).toBeCloseTo(4.5 / 5.5, 12);
  });
});

describe('amounts', () => {
  it('become major units by the decimals of the currency, and nothing else does', () => {
    const minor = figuresOf(0);
    const major = inMajorUnits(minor, 2);
    expect(major.difference).toBe(minor.difference! / 100);
    expect(major.adjustedDifference).toBe(minor.adjustedDifference! / 100);
    expect(major.medianExposed).toBe(minor.medianExposed! / 100);
    expect(major.ratio).toBe(minor.ratio);
    expect(major.rho).toBe(minor.rho);
    expect(major.excess).toBe(minor.excess);
    expect(major.score).toBe(minor.score);
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
