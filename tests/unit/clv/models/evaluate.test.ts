import { describe, expect, test } from 'vitest';
import { activityOf } from '../../../../server/src/clv/models/activity';
import {
  calibrationByFrequency,
  calibrationByPrediction,
} from '../../../../server/src/clv/models/calibration';
import { capture, ranked } from '../../../../server/src/clv/models/capture-curve';
import { evaluator } from '../../../../server/src/clv/models/evaluate';
import { heuristics } from '../../../../server/src/clv/models/heuristics';
import { track } from '../../../../server/src/clv/models/tracking';
import { samplePoisson } from '../../../../server/src/stats/sample-poisson';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { cdnow, hasCdnow } from './cdnow';

const column = (...values: number[]) => Float64Array.from(values);

describe('an evaluation', () => {
  const actual = column(4, 0, 2, 0, 0);

  test('sums up totals and errors', () => {
    const { customers, predicted, bias, mae, rmse, msle } = evaluator(actual)(column(3, 1, 2, 1, 0));
    expect({ customers, predicted, mae }).toEqual({ customers: 5, predicted: 7, mae: 0.6 });
    expect(bias).toBeCloseTo(1 / 6, 12);
    expect(rmse).toBeCloseTo(Math.sqrt(3 / 5), 12);
    expect(msle).toBeCloseTo((Math.log(5 / 4) ** 2 + 2 * Math.log(2) ** 2) / 5, 12);
  });

  test('gives Gini 1 to the true order, −1 to the reverse, and 0 to one prediction for all', () => {
    const evaluate = evaluator(actual);
    expect(evaluate(column(9, 0, 1, 0, 0)).gini).toBeCloseTo(1, 12);
    expect(evaluate(column(1, 3, 2, 3, 3)).gini).toBeCloseTo(-1, 12);
    expect(evaluate(column(1, 1, 1, 1, 1)).gini).toBeCloseTo(0, 12);
  });

  test('is null where nothing came, and never NaN', () => {
    const evaluation = evaluator(column(0, 0, 0))(column(1, 0, 2));
    expect(evaluation).toMatchObject({ bias: null, gini: null, topDecileShare: null, topFifthShare: null });
    expect(evaluation.intervals).toMatchObject({ bias: null, gini: null });
    expect(JSON.stringify(evaluation)).not.toMatch(/NaN|Infinity/);
    expect(evaluator(column())(column())).toMatchObject({ customers: 0, mae: 0, rmse: 0, gini: null });
  });

  test('does not depend on the order of the customers', () => {
    const random = seededRandom(3);
    const truth = Float64Array.from({ length: 200 }, () => samplePoisson(random, 1));
    const guess = truth.map((value) => Math.floor(value * random() * 3) / 2);
    const { intervals, ...forwards } = evaluator(truth)(guess);
    const backwards = evaluator(truth.toReversed())(guess.toReversed());
    for (const [name, value] of Object.entries(forwards)) {
      expect(backwards[name as keyof typeof forwards], name).toBeCloseTo(value!, 10);
    }
    expect(intervals.rmse!.low).toBeLessThan(forwards.rmse);
  });

  test('gives intervals that hold the figure of the population nineteen times of twenty', () => {
    const random = seededRandom(8);
    const draw = (n: number) => {
      const mean = Float64Array.from({ length: n }, () => 3 * random() ** 2);
      return { mean, actual: mean.map((m) => samplePoisson(random, m)) };
    };
    const population = draw(60_000);
    const truth = evaluator(population.actual)(population.mean);
    const names = ['bias', 'mae', 'rmse', 'gini', 'topDecileShare'] as const;
    const held = { bias: 0, mae: 0, rmse: 0, gini: 0, topDecileShare: 0 };
    const worlds = 100;
    for (let world = 0; world < worlds; world++) {
      const { actual, mean } = draw(300);
      const { intervals } = evaluator(actual)(mean);
      for (const name of names) {
        if (intervals[name]!.low <= truth[name]! && truth[name]! <= intervals[name]!.high) held[name]++;
      }
    }
    for (const name of names) expect(held[name] / worlds, name).toBeGreaterThan(0.86);
  });
});

describe('the capture curve', () => {
  test('lets customers with equal predictions share their places', () => {
    const actual = column(6, 0, 0, 2);
    const { caught, area } = capture(ranked(column(1, 1, 1, 0)), actual, [0.25, 0.75]);
    expect(caught[0]).toBeCloseTo(0.25, 12);
    expect(caught[1]).toBeCloseTo(0.75, 12);
    expect(area).toBeCloseTo(0.5, 12);
  });

  test('counts a customer of weight 2 like two customers', () => {
    const predicted = column(5, 4, 3, 2, 1);
    const actual = column(3, 0, 2, 1, 0);
    const weighted = capture(ranked(predicted), actual, [0.1, 0.5], Uint8Array.of(2, 0, 1, 3, 1));
    const copies = [0, 0, 2, 3, 3, 3, 4];
    const repeated = capture(
      ranked(Float64Array.from(copies, (i) => predicted[i]!)),
      Float64Array.from(copies, (i) => actual[i]!),
      [0.1, 0.5],
    );
    expect(weighted.area).toBeCloseTo(repeated.area, 12);
    weighted.caught.forEach((share, i) => {
      expect(share).toBeCloseTo(repeated.caught[i]!, 12);
    });
  });
});

describe('calibration', () => {
  test('groups by tenths of the prediction, equal ones together, lowest first', () => {
    const predicted = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : i));
    const groups = calibrationByPrediction(predicted, predicted);
    expect(groups.map(({ group, customers }) => [group, customers])).toEqual([
      ['3', 20],
      ['6', 4],
      ['7', 4],
      ['8', 4],
      ['9', 4],
      ['10', 4],
    ]);
    for (const group of groups) expect(group.actual).toBeCloseTo(group.predicted, 12);
  });

  test('has an interval for the mean of what came, but not of one customer', () => {
    const groups = calibrationByFrequency(column(0, 0, 9), column(0.5, 0.5, 2), column(0, 2, 3));
    expect(groups.map(({ group }) => group)).toEqual(['0', '7+']);
    expect(groups[0]).toMatchObject({ customers: 2, predicted: 0.5, actual: 1 });
    expect(groups[0]!.high).toBeCloseTo(1 + 1.96, 2);
    expect(groups[1]).toMatchObject({ customers: 1, actual: 3, low: null, high: null });
  });
});

test('activity is told right by a probability above one half', () => {
  const activity = activityOf(column(1, 1, 0.2), column(0.9, 0.1, 0.1), column(3, 0, 1));
  expect(activity).toEqual({ active: 2 / 3, byAlive: 1 / 3, byActive: 2 / 3 });
});

describe.skipIf(!hasCdnow)('on CDNOW', () => {
  const seen = hasCdnow ? cdnow() : (undefined as never);
  const evaluate = hasCdnow ? evaluator(seen.holdout!.orders) : (undefined as never);

  test('the histories are those of the literature', () => {
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const count = (accepts: (x: number) => boolean) => seen.frequency.filter(accepts).length;
    expect(seen.customer.length).toBe(2357);
    expect(sum(seen.frequency)).toBe(2457);
    expect(sum(seen.holdout!.orders)).toBe(1882);
    expect(seen.holdout!.periods).toBe(39);
    expect(seen.spendDays.filter((n) => n > 0).length).toBe(946);
    const histogram = [0, 1, 2, 3, 4, 5, 6].map((x) => count((value) => value === x));
    expect([...histogram, count((x) => x >= 7)]).toEqual([1411, 439, 214, 100, 62, 38, 29, 64]);
    expect(seen.recency[0]).toBeCloseTo(30.43, 2);
    expect(seen.age[0]).toBeCloseTo(38.86, 2);
  });

  // The silence of some customers is 26 weeks to the day; a published 2,594.3 lies between both readings of "after".
  test.each([
    ['same-as-before', 2457, 0.8973, 1.971, 0.3491],
    ['rate', 2930.1, 1.0237, 2.2119, 0.401],
    ['hiatus', 2592.2, 0.9394, 2.1866, 0.3662],
    ['hiatus-13', 1535, 0.7463, 1.8687, 0.3104],
    ['zero', 0, 0.7985, 2.2064, 0.4627],
  ])('the heuristic %s predicts %d orders, with MAE %d and RMSE %d', (name, total, mae, rmse, msle) => {
    const rule = heuristics(seen, 39).find((heuristic) => heuristic.name === name)!;
    const evaluation = evaluate(rule.predicted);
    expect(evaluation.predicted).toBeCloseTo(total, 1);
    expect(evaluation.mae).toBeCloseTo(mae, 4);
    expect(evaluation.rmse).toBeCloseTo(rmse, 4);
    expect(evaluation.msle).toBeCloseTo(msle, 3);
  });

  test('the best order would catch .684 of the orders in a tenth and .887 in a fifth', () => {
    const best = evaluate(seen.holdout!.orders);
    expect(best.gini).toBeCloseTo(1, 12);
    expect(best.topDecileShare).toBeCloseTo(0.684, 3);
    expect(best.topFifthShare).toBeCloseTo(0.887, 3);
  });

  test('the tracking counts every repeat order, 2,457 by week 39 and 4,339 by week 78', () => {
    const weeks = track(seen, (t) => t / 20);
    expect(weeks.length).toBe(78);
    expect(weeks[38]).toMatchObject({ period: 39, end: seen.until, cumulativeActual: 2457, holdout: false });
    expect(weeks[39]!.holdout).toBe(true);
    expect(weeks[77]!.cumulativeActual).toBe(4339);
    const lived = seen.age.reduce((sum, age) => sum + age, 0);
    expect(weeks[38]!.cumulativePredicted).toBeCloseTo(lived / 20, 8);
    const byWeek = weeks.reduce((sum, { predicted }) => sum + predicted, 0);
    expect(byWeek).toBeCloseTo(weeks[77]!.cumulativePredicted, 8);
  });
});
