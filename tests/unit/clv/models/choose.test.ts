import { describe, expect, test } from 'vitest';
import { activityOf } from '../../../../server/src/clv/models/activity';
import { bgNbd } from '../../../../server/src/clv/models/bg-nbd';
import { calibrationByFrequency } from '../../../../server/src/clv/models/calibration';
import { type Choice, choose } from '../../../../server/src/clv/models/choose';
import { automaticSplit, forecast } from '../../../../server/src/clv/models/forecast';
import { mbgNbd } from '../../../../server/src/clv/models/mbg-nbd';
import { type OrderDays, orderDays } from '../../../../server/src/clv/models/order-days';
import { paretoNbd } from '../../../../server/src/clv/models/pareto-nbd';
import { askEach, mergedHistories } from '../../../../server/src/clv/models/predict';
import { type Rfm, rfm } from '../../../../server/src/clv/models/rfm';
import { track } from '../../../../server/src/clv/models/tracking';
import type {
  Fit,
  Histories,
  History,
  TransactionModel,
  TransactionModelName,
} from '../../../../server/src/clv/models/types';
import { sampleExponential } from '../../../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { cdnow, hasCdnow } from './cdnow';

const SPLIT = 364;
const END = 546;

/** Customers who order by a gamma-mixed Poisson process and leave after a while, over a year and a half. */
function world(customers: number, seed = 1): OrderDays {
  const random = seededRandom(seed);
  const orders: { customer: number; day: number }[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const first = Math.floor(random() * 180);
    const rate = sampleGamma(random, 0.8, 60);
    const last = Math.min(END, first + sampleExponential(random, 1 / 400));
    for (let day = first; day <= last; day += sampleExponential(random, rate))
      orders.push({ customer, day: Math.floor(day) });
  }
  const columns = {
    customer: Int32Array.from(orders, ({ customer }) => customer),
    at: Float64Array.from(orders, ({ day }) => day * 86_400_000),
    value: Float64Array.from(orders, () => 1000 + Math.floor(random() * 4000)),
    refund: new Uint8Array(orders.length),
  };
  return orderDays(columns, { customers, timezone: 'UTC', end: END });
}

const observed = (days: OrderDays): Rfm =>
  rfm(days, { unit: 'week', until: SPLIT, holdoutEnd: END, minorUnits: 100 });

/** A model that expects the orders so far times a factor, and is wrong by chance, in its own way, by as much as `wobble`. */
function fake(
  name: TransactionModelName,
  factor: number,
  { wobble = 0, ...fit }: Partial<Fit> & { wobble?: number } = {},
): TransactionModel {
  const own = Math.round(1e6 * wobble);
  return {
    name,
    parameterNames: [],
    fit: () => ({ parameters: {}, converged: true, identified: true, problem: null, ...fit }) as Fit,
    expectedPurchases: (_: unknown, h: History) =>
      h.frequency * factor +
      wobble * (seededRandom(Math.round(7 * h.age), Math.round(7 * h.recency), own)() - 0.5),
    pAlive: () => 0.5,
    pActive: () => 0.5,
  } as unknown as TransactionModel;
}

describe('a choice', () => {
  const seen = observed(world(600));

  test('takes the model with the lowest RMSE where the others are clearly worse', () => {
    const choice = choose(seen, [fake('pareto-nbd', 6), fake('mbg-nbd', 8), fake('bg-cnbd-k', 0.3)]);
    expect(choice.model).toBe('bg-cnbd-k');
    const excess = choice.candidates[0]!.excess!;
    expect(excess.value).toBeGreaterThan(2 * excess.standardError);
  });

  test('prefers the simpler of two that the holdout cannot tell apart, whoever wins by a hair', () => {
    const winners = new Set<string>();
    for (let i = 0; i < 8; i++) {
      const regular = fake('mbg-cnbd-k', 0.3, { wobble: 0.1 + i / 1e4 });
      const plain = fake('mbg-nbd', 0.3, { wobble: 0.1 - i / 1e4 });
      const choice = choose(seen, [regular, plain]);
      const [first, second] = choice.candidates.map(({ evaluation }) => evaluation!.rmse);
      winners.add(first! < second! ? 'regular' : 'plain');
      const { value, standardError } = choice.candidates[1]!.excess!;
      expect(choice.model).toBe(value <= standardError ? 'mbg-nbd' : 'mbg-cnbd-k');
    }
    expect([...winners].sort()).toEqual(['plain', 'regular']);
  });

  test.each([
    ['did not converge', { converged: false, problem: 'The fit did not converge.' }],
    ['is not identified', { identified: false, problem: 'The data do not identify a.' }],
    ['is the model without k', { parameters: { k: 1 } }],
  ])('leaves out a fit that %s, and says why', (_, fit) => {
    const choice = choose(seen, [fake('mbg-cnbd-k', 0.3, fit), fake('bg-nbd', 6)]);
    expect(choice.model).toBe('bg-nbd');
    expect(choice.candidates[0]!.problem).toBeTruthy();
  });

  test('says so when a model that is not identified was better', () => {
    const limit = { identified: false, problem: 'The data do not identify s.' };
    const models = [fake('pareto-nbd', 0.3, limit), fake('mbg-nbd', 6), fake('bg-nbd', 8)];
    const { model, reason } = choose(seen, models);
    expect(model).toBe('mbg-nbd');
    expect(reason).toContain('mbg-nbd has the lowest RMSE on the holdout of the models whose parameters');
  });

  test('takes a model that is not identified for its predictions, where none is and it beats every plain rule', () => {
    const limit = { identified: false, problem: 'The data do not identify s.' };
    const atLimit = { ...mbgNbd, fit: (h: Histories) => ({ ...mbgNbd.fit(h), ...limit }) };
    const good = choose(seen, [atLimit, fake('bg-nbd', 20, limit)]);
    expect(good.model).toBe('mbg-nbd');
    expect(good.reason).toContain('identify the parameters of no model');
    const poor = choose(seen, [fake('mbg-nbd', 20, limit)]);
    expect(poor).toMatchObject({ model: null });
    expect(poor.fallback).not.toBeNull();
  });

  test('leaves out predictions that are no numbers', () => {
    const choice = choose(seen, [fake('bg-nbd', Number.NaN)]);
    expect(choice).toMatchObject({ model: null });
    expect(choice.candidates[0]).toMatchObject({ evaluation: null, predicts: false });
    expect(choice.fallback).not.toBeNull();
  });

  test('falls back to a rule, and says how many customers are missing', () => {
    const few = choose(observed(world(20)), [mbgNbd]);
    expect(few.model).toBeNull();
    expect(few.reason).toMatch(/^not enough data: \d+ of 30 customers with a repeat order/);
    expect(few.fallback).not.toBeNull();
    expect(few.heuristics).toHaveLength(5);
  });

  test('warns where a plain rule is better beyond doubt', () => {
    expect(choose(seen, [fake('bg-nbd', 20)]).reason).toContain('beware: a plain rule had a lower RMSE');
  });

  test('of real models goes by the data, and is the same for the customers in another order', () => {
    const choice = choose(seen, [bgNbd, mbgNbd, paretoNbd]);
    expect(choice.model).not.toBeNull();
    for (const { evaluation, problem } of choice.candidates) {
      expect(problem).toBeNull();
      expect(Math.abs(evaluation!.bias!)).toBeLessThan(0.25);
    }
    const bias = choice.heuristics.map(({ evaluation }) => evaluation.bias!);
    expect(Math.max(...bias.map(Math.abs))).toBe(1);
  });
});

describe('a forecast', () => {
  const days = world(600, 3);
  const options = {
    models: [mbgNbd, paretoNbd],
    unit: 'week',
    end: END,
    yearlyRate: 0.1,
    minorUnits: 100,
  } as const;

  test('with a split is of that day, and with the fit that was checked', () => {
    const result = forecast(days, { ...options, split: SPLIT });
    expect(result.seen.until).toBe(SPLIT);
    expect(result.horizon).toBe(26);
    const { choice } = result.check!;
    expect(result.fit).toBe(choice.candidates.find(({ name }) => name === choice.model)!.fit);
  });

  test('without one is of the end, chosen on a holdout of half the time and fitted again on all', () => {
    const result = forecast(days, options);
    expect(result.seen.until).toBe(END);
    expect(result.check!.seen.until).toBe(automaticSplit(0, END, 366));
    expect(result.check!.seen.until).toBe(273);
    const { choice } = result.check!;
    expect(result.fit).not.toBe(choice.candidates.find(({ name }) => name === choice.model)!.fit);
    expect(result.horizon).toBeCloseTo(52.18, 2);
  });

  test('holds out no more than the horizon', () => {
    expect(automaticSplit(0, END, 28)).toBe(END - 28);
  });

  test('is worth less the dearer money is, and as much as its orders when it costs nothing', () => {
    const free = forecast(days, { ...options, models: [mbgNbd], yearlyRate: 0 }).predictions!;
    const dear = forecast(days, { ...options, models: [mbgNbd], yearlyRate: 0.5 }).predictions!;
    free.clv.forEach((value, i) => {
      expect(value).toBeCloseTo(free.expectedPurchases[i]! * free.expectedValue[i]!, 9);
      expect(dear.clv[i]!).toBeLessThan(value);
      expect(dear.clv[i]!).toBeGreaterThan(value / 1.5);
    });
  });

  test('goes by a rule where nothing can be fitted, without a P(alive)', () => {
    const result = forecast(world(20), options);
    expect(result.problem).toMatch(/not enough data: \d+ of 30/);
    expect(result.fit).toBeNull();
    expect(result.predictions!.pAlive).toBeNull();
    expect(result.predictions!.clv.every(Number.isFinite)).toBe(true);
  });

  test('does not put a rule in the place of the one model that was asked for', () => {
    const result = forecast(world(20), { ...options, models: [mbgNbd] });
    expect(result).toMatchObject({ model: 'mbg-nbd', fit: null, predictions: null });
  });
});

describe.skipIf(!hasCdnow)('on CDNOW', () => {
  const seen = hasCdnow ? cdnow() : (undefined as never);
  const models = [bgNbd, mbgNbd, paretoNbd];
  let choice: Choice;
  const chosen = () => {
    choice ??= choose(seen, models);
    return choice;
  };
  const candidate = (name: string) => chosen().candidates.find((one) => one.name === name)!;

  test.each([
    ['pareto-nbd', 1665.5, -0.115, 0.7545, 1.6028, 0.2377, 0.6726, 0.474, 0.629],
    ['mbg-nbd', 1576.7, -0.162, 0.7648, 1.6072, 0.2314, 0.6635, 0.477, 0.63],
    ['bg-nbd', 1653.4, -0.121, 0.7855, 1.608, 0.2343, 0.6624, 0.47, 0.633],
  ])('%s has its published holdout figures', (name, total, bias, mae, rmse, msle, gini, tenth, fifth) => {
    const evaluation = candidate(name).evaluation!;
    expect(evaluation.predicted).toBeCloseTo(total, 1);
    expect(evaluation.bias).toBeCloseTo(bias, 3);
    expect(evaluation.mae).toBeCloseTo(mae, 4);
    expect(evaluation.rmse).toBeCloseTo(rmse, 4);
    expect(evaluation.msle).toBeCloseTo(msle, 4);
    expect(Math.abs(evaluation.gini! - gini)).toBeLessThan(2e-4);
    // Published for a whole number of customers, here for exactly a tenth.
    expect(Math.abs(evaluation.topDecileShare! - tenth)).toBeLessThan(2e-3);
    expect(Math.abs(evaluation.topFifthShare! - fifth)).toBeLessThan(2e-3);
  });

  test.each([
    ['pareto-nbd', 0.774],
    ['mbg-nbd', 0.775],
    ['bg-nbd', 0.339],
  ])('P(alive) of %s tells the active of %d of the customers', (name, share) => {
    const model = models.find((one) => one.name === name)! as TransactionModel;
    const { parameters } = candidate(name).fit;
    const merged = mergedHistories(seen);
    const activity = activityOf(
      askEach(merged, (h) => model.pAlive(parameters, h)),
      askEach(merged, (h) => model.pActive(parameters, h, 39)),
      seen.holdout!.orders,
    );
    expect(activity.active).toBeCloseTo(0.29, 3);
    expect(activity.byAlive).toBeCloseTo(share, 3);
    expect(activity.byActive).toBeGreaterThan(0.77);
  });

  test.each([
    ['pareto-nbd', [0.138, 0.599, 1.196, 1.714, 2.398, 2.907, 3.818, 6.403]],
    ['mbg-nbd', [0.185, 0.551, 1.049, 1.493, 2.104, 2.564, 3.361, 5.848]],
    ['bg-nbd', [0.225, 0.523, 1.044, 1.52, 2.164, 2.654, 3.504, 6.157]],
  ])('%s expects its published orders by orders before', (name, expected) => {
    const groups = calibrationByFrequency(seen.frequency, candidate(name).predicted, seen.holdout!.orders);
    const actual = [0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359];
    groups.forEach((group, i) => {
      expect(Math.abs(group.predicted - expected[i]!)).toBeLessThan(1e-3);
      expect(Math.abs(group.actual - actual[i]!)).toBeLessThan(1e-3);
    });
  });

  test.each([
    ['pareto-nbd', 4270, 0.028],
    ['mbg-nbd', 4050, 0.008],
    ['bg-nbd', 4160.6, 0.015],
  ])('%s tracks %d repeat orders to week 78', (name, total, early) => {
    const model = models.find((one) => one.name === name)! as TransactionModel;
    const { parameters } = candidate(name).fit;
    const weeks = track(seen, (t) => model.expectedOfNew(parameters, t));
    expect(Math.abs(weeks[77]!.cumulativePredicted - total)).toBeLessThan(0.1);
    expect(weeks[38]!.cumulativePredicted / 2457 - 1).toBeCloseTo(early, 3);
  });

  test('the Pareto/NBD is chosen: lowest RMSE, and nothing preferred to it is as good', () => {
    expect(chosen()).toMatchObject({ model: 'pareto-nbd', fallback: null });
    expect(candidate('mbg-nbd').excess!.value).toBeGreaterThan(0);
  });
});
