import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../../server/src/clv/api-types';
import { concentration } from '../../../../server/src/clv/kpis/concentration';
import { quantileFigure, timeToConversion } from '../../../../server/src/clv/kpis/conversion';
import { mapFigure, meanFigure, shareFigure } from '../../../../server/src/clv/kpis/figure';
import {
  addAnswers,
  customerEffortScore,
  netPromoterScore,
  noAnswers,
} from '../../../../server/src/clv/kpis/satisfaction';
import { addTo, covarianceOf, noSums, sumsFigure } from '../../../../server/src/clv/kpis/sums';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { DAY } from './people';

const holds = (figure: Figure, truth: number) =>
  'value' in figure && figure.low! <= truth && truth <= figure.high!;

/** How often intervals hold the truth, over seeds. */
function coverage(seeds: number, trial: (seed: number) => boolean): number {
  let held = 0;
  for (let seed = 1; seed <= seeds; seed++) if (trial(seed)) held += 1;
  return held / seeds;
}

describe('how value is spread', () => {
  test('is known where everyone is worth the same, or one has all', () => {
    const same = concentration(new Array(100).fill(5));
    expect(same.gini).toMatchObject({ value: expect.closeTo(0, 12) });
    expect(same.share80).toMatchObject({ value: expect.closeTo(0.8, 12), n: 100 });
    const one = concentration([1_000, ...new Array(99).fill(0)]);
    expect(one.gini).toMatchObject({ value: expect.closeTo(0.99, 12) });
    expect(one.share80).toMatchObject({ value: expect.closeTo(0.008, 12) });
    expect(one.points[1]).toEqual([0.02, 1]);
  });

  test('is drawn from corner to corner in at most 100 points, rising and hollow', () => {
    const random = seededRandom(2);
    for (const n of [10, 37, 5_000]) {
      const { points } = concentration(Array.from({ length: n }, () => random() ** 4 * 1e6 - 1e4));
      expect(points.length).toBeLessThanOrEqual(100);
      expect([points[0], points.at(-1)]).toEqual([
        [0, 0],
        [1, 1],
      ]);
      for (let i = 1; i < points.length; i++) {
        expect(points[i]![0]).toBeGreaterThan(points[i - 1]![0]);
        expect(points[i]![1]).toBeGreaterThanOrEqual(points[i - 1]![1]);
        expect(points[i]![1]).toBeGreaterThanOrEqual(points[i]![0] - 1e-12);
      }
    }
  });

  test('has an interval that holds the truth as often as it says', () => {
    // An exponential distribution has a Gini coefficient of one half.
    const held = coverage(150, (seed) => {
      const random = seededRandom(seed, 7);
      return holds(
        concentration(
          Array.from({ length: 300 }, () => -Math.log1p(-random())),
          seed,
        ).gini,
        0.5,
      );
    });
    expect(held).toBeGreaterThan(0.88);
    expect(held).toBeLessThan(1);
  });

  test('is not said of few customers, or of none with any value', () => {
    expect(concentration([1, 2, 3]).gini).toEqual({ notEnough: { has: 3, needs: 10, of: 'customers' } });
    expect(concentration(new Array(50).fill(-1))).toMatchObject({
      points: [],
      share80: { notEnough: { has: 0 } },
    });
  });
});

describe('sums over customers', () => {
  test('tell the error of any function of them', () => {
    const random = seededRandom(4);
    const rows = Array.from({ length: 500 }, () => {
      const x = random();
      return [x, 2 * x + random()];
    });
    const sums = noSums(2);
    for (const row of rows) addTo(sums, row);
    // Linearised ratio estimator: the residuals of y − R x (W. Cochran, Sampling Techniques, 2.11).
    const ratio = sums.totals[1]! / sums.totals[0]!;
    const squares = rows.reduce((sum, [x, y]) => sum + (y! - ratio * x!) ** 2, 0);
    const error = Math.sqrt((squares * 500) / 499) / sums.totals[0]!;
    const figure = sumsFigure(sums, ([x, y]) => y! / x!, { positive: false });
    expect(figure).toMatchObject({ value: ratio, n: 500 });
    expect('value' in figure && (figure.high! - figure.value) / 1.959964).toBeCloseTo(error, 8);
    expect(covarianceOf(sums)[1]).toBe(covarianceOf(sums)[2]);
  });

  test('give intervals of a ratio that hold the truth as often as they say', () => {
    const held = coverage(400, (seed) => {
      const random = seededRandom(seed, 3);
      const sums = noSums(2);
      for (let i = 0; i < 200; i++) {
        const months = 1 + Math.floor(random() * 11);
        addTo(sums, [months, random() < 0.3 ? 1 : 0]);
      }
      return holds(
        sumsFigure(sums, ([months, lost]) => lost! / months!),
        0.3 / 6,
      );
    });
    expect(held).toBeGreaterThan(0.91);
    expect(held).toBeLessThan(0.985);
  });
});

describe('figures', () => {
  test('of shares stay within 0 and 1, and of means are Student’s', () => {
    expect(shareFigure(0, 20, 'customers')).toMatchObject({
      value: 0,
      low: 0,
      high: expect.closeTo(0.1611, 4),
    });
    expect(shareFigure(9, 9, 'customers')).toEqual({ notEnough: { has: 9, needs: 10, of: 'customers' } });
    expect(meanFigure(10, 50, 340, 'answers')).toMatchObject({
      value: 5,
      low: expect.closeTo(5 - 2.2622 * Math.sqrt(1), 3),
    });
  });

  test('turn their limits with their unit', () => {
    const churn = { value: 0.05, low: 0.04, high: 0.1, n: 3 };
    expect(mapFigure(churn, (value) => 1 / value)).toEqual({ value: 20, low: 10, high: 25, n: 3 });
    expect(mapFigure({ ...churn, low: null }, (value) => 2 * value)).toMatchObject({
      value: 0.1,
      low: null,
      high: null,
    });
  });

  test('of a median hold it as often as they say, whatever the distribution', () => {
    const truth = Math.log(2);
    const held = coverage(400, (seed) => {
      const random = seededRandom(seed, 9);
      const values = Float64Array.from({ length: 60 }, () => -Math.log1p(-random())).sort();
      return holds(quantileFigure(values, 0.5), truth);
    });
    expect(held).toBeGreaterThan(0.92);
  });

  test('of the time to conversion count everyone once', () => {
    const report = timeToConversion(
      [0, 0.5, 1, 3, 5, 8, 20, 40, 70, 100, 200, 1_000].map((days) => days * DAY),
    );
    expect(report.histogram.map(({ people }) => people)).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(report.median).toMatchObject({ value: 14, n: 12 });
    expect(timeToConversion([]).median).toEqual({ notEnough: { has: 0, needs: 10, of: 'people' } });
  });
});

describe('what customers say', () => {
  test('is promoters less detractors, and the mean effort', () => {
    const answers = noAnswers();
    for (let score = 0; score <= 10; score++) addAnswers(answers, score, null, score >= 9 ? 30 : 10);
    for (let score = 1; score <= 7; score++) addAnswers(answers, null, score, 2);
    expect(netPromoterScore(answers)).toMatchObject({
      value: expect.closeTo((100 * (60 - 70)) / 150, 9),
      n: 150,
    });
    expect(customerEffortScore(answers)).toMatchObject({ value: 4, n: 14 });
    expect(netPromoterScore(noAnswers())).toEqual({ notEnough: { has: 0, needs: 10, of: 'answers' } });
  });

  test('has an interval that holds the truth as often as it says, even where all agree', () => {
    const held = coverage(600, (seed) => {
      const random = seededRandom(seed, 5);
      const answers = noAnswers();
      for (let i = 0; i < 25; i++) {
        const draw = random();
        addAnswers(answers, draw < 0.7 ? 10 : draw < 0.8 ? 3 : 8, null);
      }
      return holds(netPromoterScore(answers), 60);
    });
    expect(held).toBeGreaterThan(0.92);
    const all = noAnswers();
    addAnswers(all, 10, null, 40);
    expect(netPromoterScore(all)).toMatchObject({ value: 100, high: 100 });
    expect('low' in netPromoterScore(all) && (netPromoterScore(all) as { low: number }).low).toBeLessThan(95);
  });
});

test('a skewed mean’s interval holds the truth nearly as often as it says', () => {
  const held = coverage(300, (seed) => {
    const random = seededRandom(seed, 6);
    let [sum, squares] = [0, 0];
    for (let i = 0; i < 100; i++) {
      const value = sampleGamma(random, 1);
      sum += value;
      squares += value * value;
    }
    return holds(meanFigure(100, sum, squares, 'customers'), 1);
  });
  expect(held).toBeGreaterThan(0.9);
});
