import { describe, expect, it } from 'vitest';
import {
  type ContentTouch,
  type CustomerCase,
  fitCustomers,
  Past,
  purchaseFeatures,
  ReadingFeatures,
  scoreCustomer,
} from '../../../../server/src/clv/models/content';
import { simulateWorld } from '../../../../server/src/ranking/models/simulate/world';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { samplePoisson } from '../../../../server/src/stats/sample-poisson';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { casesOfWorld } from '../../../support/content-cases';

const DAY = 86_400_000;
const CUT = 400 * DAY;
const TOPICS = ['care', 'safety', 'trends'];
const ITEMS = Array.from({ length: 12 }, (_, i) => ({
  id: `i${i}`,
  type: 'article',
  topics: [TOPICS[i % 3]!],
}));

/** Customers with a rate known to the model without content; reading item 0 multiplies what comes by `factor`. */
function customers(count: number, seed: number, factor: number): CustomerCase[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const expected = sampleGamma(random, 2, 0.02);
    const touches: ContentTouch[] = ITEMS.filter(() => random() < 0.3).map((item) => ({
      item,
      at: Math.floor(random() * 399) * DAY,
      kind: 'read',
      seconds: 60,
      depth: 80,
      channel: null,
    }));
    const orders = Array.from({ length: 1 + samplePoisson(random, 2) }, () => ({
      at: random() * CUT,
      value: 40,
    }));
    const lift = touches.some(({ item }) => item.id === 'i0') ? factor : 1;
    const outcome = 20 * samplePoisson(random, (expected * lift) / 20);
    return { past: Past.of({ touches, orders }, CUT), expected, outcome };
  });
}

/** Fits, and is sure that there was enough. */
function fitted(cases: CustomerCase[], seed = 1) {
  const result = fitCustomers(cases, { seed });
  if ('notEnough' in result) throw new Error(`not enough: ${JSON.stringify(result.notEnough)}`);
  return result;
}

describe('content-aware prediction for customers', () => {
  const at = Date.UTC(2024, 0, 1) + 548 * DAY;
  const end = Date.UTC(2024, 0, 1) + 730 * DAY;
  const options = { customers: 2500, contents: 20, seed: 3, confounding: 0, reading: 1 };
  const { customers: readers } = casesOfWorld(simulateWorld(options), 2500, { at, end });

  it('lowers the error on people it has not seen, where reading tells of value', () => {
    const { model, report } = fitted(readers);
    expect(report.devianceChange).toMatchObject({ n: readers.length });
    expect((report.devianceChange as { high: number }).high).toBeLessThan(0);
    expect((report.giniChange as { low: number }).low).toBeGreaterThan(0);
    expect(model.used).toBe(true);
    expect(Math.abs(report.with.bias!)).toBeLessThan(0.03);
    expect(report.calibration).toHaveLength(10);
    const mean = report.with.predicted / report.n;
    for (const { predicted, actual, low, high } of report.calibration) {
      expect(Math.abs(predicted - actual)).toBeLessThan(high! - low! + 0.05 * mean);
    }
  });

  it('gains nothing when reading is dealt out to other people, and hardly loses', () => {
    const shuffled = readers.map(({ past, ...rest }, i) => {
      const other = readers[(i + 999) % readers.length]!.past;
      return { ...rest, past: Past.of({ orders: past.orders, touches: other.touches }, at) };
    });
    const { model, report } = fitted(shuffled);
    expect(model.used).toBe(false);
    expect((report.giniChange as { low: number }).low).toBeLessThanOrEqual(0);
    expect(report.deviance.with / report.deviance.without).toBeLessThan(1.01);
    expect(report.with.rmse / report.without.rmse).toBeLessThan(1.01);
  });

  it('finds a known effect, says its size with an interval, and hides no figure that is no number', () => {
    const { report } = fitted(customers(2000, 7, 2));
    const [clearest] = report.signals;
    expect(clearest).toMatchObject({ key: 'item:i0', name: 'i0', group: 'item' });
    expect(clearest!.low).toBeLessThan(2);
    expect(clearest!.high).toBeGreaterThan(1.5);
    expect(clearest!.low).toBeGreaterThan(1);
    expect(JSON.stringify(report)).not.toMatch(/null,"high"|NaN/);
    for (const { effect, low, high } of report.signals) expect(low <= effect && effect <= high).toBe(true);
  });

  it('scores one person from its JSON as it predicts', () => {
    const cases = customers(1000, 8, 2);
    const model = JSON.parse(JSON.stringify(fitted(cases).model));
    const reading = new ReadingFeatures(model.vocabulary);
    const score = ({ past, expected }: CustomerCase) =>
      scoreCustomer(model, purchaseFeatures(past, expected, model.floor), reading.of(past));
    const total = cases.reduce((sum, person) => sum + score(person), 0);
    const came = cases.reduce((sum, { outcome }) => sum + outcome, 0);
    expect(model.used).toBe(true);
    expect(total / came).toBeCloseTo(1, 3);
    const [person] = cases;
    const { orders } = person!.past;
    const touch: ContentTouch = {
      item: ITEMS[0]!,
      at: DAY,
      kind: 'read',
      seconds: 60,
      depth: 80,
      channel: null,
    };
    const other: ContentTouch = { ...touch, item: ITEMS[3]! };
    const withTouches = (...touches: ContentTouch[]) =>
      score({ ...person!, past: Past.of({ orders, touches }, CUT) });
    expect(withTouches(touch)).toBeGreaterThan(1.2 * withTouches(other));
  });

  it('needs no reader to score, and stays finite at the extremes', () => {
    const { model } = fitted(customers(500, 9, 1.5));
    const reading = new ReadingFeatures(model.vocabulary);
    for (const expected of [null, 0, 1e-300, 1e12]) {
      const past = Past.of({ orders: [{ at: 0, value: 1e12 }], touches: [] }, 1e14);
      const score = scoreCustomer(model, purchaseFeatures(past, expected, model.floor), reading.of(past));
      expect(Number.isFinite(score) && score >= 0).toBe(true);
    }
  });
});

describe('too little to compare', () => {
  const cases = customers(400, 10, 1);

  it.each([
    ['few customers', cases.slice(0, 150), { has: 150, needs: 200, of: 'customers' }],
    [
      'nobody who bought again',
      cases.map((c) => ({ ...c, outcome: 0 })),
      { has: 0, needs: 50, of: 'orders' },
    ],
    [
      'nobody who read',
      cases.map((c) => ({ ...c, past: Past.of({ orders: c.past.orders, touches: [] }, CUT) })),
      { has: 0, needs: 50, of: 'people' },
    ],
  ])('is said of %s', (_, few, notEnough) => {
    expect(fitCustomers(few)).toEqual({ notEnough });
  });

  it('is said of an order of people who are all worth the same, not of their errors', () => {
    const { report } = fitted(cases.map((person) => ({ ...person, outcome: 5 })));
    expect(report.with.mae).toBeLessThan(0.5);
    expect(report.with.gini).toBeNull();
    expect(report.giniChange).toHaveProperty('notEnough');
    expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/);
  });

  it('passes over people who have not bought', () => {
    const prospects = cases.map((c) => ({
      ...c,
      past: Past.of({ orders: [], touches: c.past.touches }, CUT),
    }));
    const { report } = fitted([...cases, ...prospects]);
    expect(report.n).toBe(400);
  });
});
