import { describe, expect, it, test } from 'vitest';
import { paretoLogLikelihood } from '../../../../server/src/clv/models/pareto-likelihood';
import { paretoNbd } from '../../../../server/src/clv/models/pareto-nbd';
import type { Histories, History } from '../../../../server/src/clv/models/types';
import { uniqueHistories } from '../../../../server/src/clv/models/unique-histories';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { cdnowHistories } from '../../../support/cdnow';
import { clvPoints, expectClose, referenceData } from '../../../support/clv-points';

const history = (frequency: number, recency: number, age: number): History => ({ frequency, recency, age });
const PUBLISHED = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };

describe.skipIf(!referenceData)('the Pareto/NBD and the reference data', () => {
  test('a fit to the CDNOW sample gives the published parameters and standard errors', () => {
    const fit = paretoNbd.fit(cdnowHistories(referenceData!));
    const { r, alpha, s, beta } = fit.parameters;
    expectClose(r, 0.553277, 1e-5);
    expectClose(alpha, 10.577683, 1e-5);
    expectClose(s, 0.60624, 1e-5);
    expectClose(beta, 11.668739, 1e-5);
    expect(fit.logLikelihood).toBeCloseTo(-9594.97618, 4);
    const errors = fit.standardErrors!;
    expectClose(errors.r, 0.0476264, 1e-3);
    expectClose(errors.alpha, 0.8427222, 1e-3);
    expectClose(errors.s, 0.1872594, 1e-3);
    expectClose(errors.beta, 6.2105448, 1e-3);
    expect(fit).toMatchObject({ converged: true, identified: true, problem: null });
  });

  test('a fit to all of CDNOW gives the known parameters', () => {
    const fit = paretoNbd.fit(cdnowHistories(referenceData!, 'orders-full.csv.gz'));
    expectClose(fit.parameters.r, 0.59742, 1e-5);
    expectClose(fit.parameters.alpha, 11.585657, 1e-5);
    expectClose(fit.parameters.s, 0.522186, 1e-5);
    expectClose(fit.parameters.beta, 8.827766, 1e-5);
    expect(fit.logLikelihood).toBeCloseTo(-95415.1186, 3);
    expect(fit.converged).toBe(true);
  });

  test('every point value is met to nine digits', () => {
    const { params, rows, E_X_t } = clvPoints().ParetoNBD;
    const [r, alpha, s, beta] = params;
    const p = { r, alpha, s, beta };
    for (const row of rows) {
      const h = history(row.x, row.tx, row.T);
      expectClose(paretoNbd.logLikelihood(p, h), row.ll);
      expectClose(paretoNbd.pAlive(p, h), row.palive);
      for (const t of [1, 39, 52, 520]) expectClose(paretoNbd.expectedPurchases(p, h, t), row[`cet${t}`]);
      const forever = (rate: number) => paretoNbd.discountedPurchases(p, h, { horizon: Infinity, rate });
      expectClose(forever(0.0027), row.dert_0_0027);
      expectClose(forever(Math.log(1.1) / 52), row.dert_ln1_1_over_52);
    }
    for (const [t, value] of Object.entries<number>(E_X_t)) {
      expectClose(paretoNbd.expectedOfNew(p, Number(t)), value);
    }
    expect(rows).toHaveLength(15);
  });
});

describe('the Pareto/NBD', () => {
  test('what other packages print for it comes out', () => {
    const h = history(26, 30.86, 31);
    expect(paretoNbd.pAlive(PUBLISHED, h)).toBeCloseTo(0.9979, 4);
    expect(paretoNbd.expectedPurchases(PUBLISHED, h, 52)).toBeCloseTo(25.46, 1);
    const rounded = { r: 0.55, alpha: 10.58, s: 0.61, beta: 11.67 };
    expectClose(paretoNbd.expectedPurchases(rounded, history(132, 200, 200), 10), 6.2060517889632418);
    expectClose(paretoNbd.expectedPurchases(rounded, history(133, 200, 200), 10), 6.2528722475748113);
    const walkthrough = { r: 0.553397, alpha: 10.580199, s: 0.606062, beta: 11.656224 };
    const paradox = [10, 15, 20, 25].map((x) =>
      paretoNbd.expectedPurchases(walkthrough, history(x, 20, 39), 52),
    );
    [0.70597, 0.14419, 0.022499, 0.0030918].forEach((value, i) => {
      expectClose(paradox[i]!, value, 1e-4);
    });
    const growth = [0, 0.05077821, 0.09916088, 0.14542507, 0.1897993, 0.23247466, 0.27361274];
    growth.forEach((value, t) => {
      expect(Math.abs(paretoNbd.expectedOfNew(PUBLISHED, t) - value)).toBeLessThan(0.01);
    });
    expectClose(paretoNbd.expectedOfNew(walkthrough, 52), 1.473113, 1e-6);
  });

  test('parameters that made other packages overflow give numbers', () => {
    const steep = { r: 10.465, alpha: 0.00798565181, s: 3.0516, beta: 2.82 };
    for (const x of [0, 1, 300, 1000]) {
      expect(paretoNbd.logLikelihood(steep, history(x, x && 30, 31))).toBeTypeOf('number');
      expect(paretoNbd.logLikelihood(steep, history(x, x && 30, 31))).not.toBeNaN();
    }
    const p = { r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 };
    const active = [
      history(221, 103.42857, 103.57143),
      history(254, 97.14286, 97.28571),
      history(161, 94.71429, 98),
      history(204, 98.57143, 99.42857),
    ];
    for (const h of active) expect(paretoNbd.pAlive(p, h)).toBeGreaterThan(0.1);
  });

  test.each([
    ['s = 1', { ...PUBLISHED, s: 1 }, { ...PUBLISHED, s: 1 + 1e-9 }],
    ['alpha = beta', { ...PUBLISHED, beta: 10.578 }, { ...PUBLISHED, beta: 10.578 + 1e-8 }],
  ])('nothing special happens at %s', (_, exact, beside) => {
    const h = history(2, 30.43, 38.86);
    for (const ask of questions) expectClose(ask(exact, h), ask(beside, h), 1e-7);
  });

  test('a customer seen just now is one, whatever the parameters', () => {
    for (const x of [0, 1, 1000]) expect(paretoNbd.pAlive(PUBLISHED, history(x, x && 10, x && 10))).toBe(1);
    expect(paretoNbd.logLikelihood(PUBLISHED, history(0, 0, 0))).toBe(0);
    expectClose(
      paretoNbd.expectedPurchases(PUBLISHED, history(0, 0, 0), 39),
      paretoNbd.expectedOfNew(PUBLISHED, 39),
      1e-14,
    );
  });

  test('an endless future without a discount rate is refused', () => {
    const ask = () =>
      paretoNbd.discountedPurchases(PUBLISHED, history(1, 2, 3), { horizon: Infinity, rate: 0 });
    expect(ask).toThrow('give a rate or a horizon');
  });

  test('discounting at no rate takes nothing, and a long horizon comes to the endless one', () => {
    const h = history(2, 30.43, 38.86);
    const discounted = (horizon: number, rate: number) =>
      paretoNbd.discountedPurchases(PUBLISHED, h, { horizon, rate });
    expect(discounted(39, 0)).toBe(paretoNbd.expectedPurchases(PUBLISHED, h, 39));
    expectClose(discounted(39, 1e-12), discounted(39, 0), 1e-9);
    expectClose(discounted(20_000, 0.0027), discounted(Infinity, 0.0027), 1e-12);
  });

  test('the derivatives are those of the log-likelihood', () => {
    const random = seededRandom(11);
    const between = (low: number, high: number) => 10 ** (low + (high - low) * random());
    for (let i = 0; i < 300; i++) {
      const p = [between(-1, 1), between(-1, 2), between(-1, 1), between(-1, 2)] as const;
      const age = between(0, 2);
      const x = i % 4 === 0 ? 0 : Math.ceil(between(0, 2));
      const row = [x, x === 0 ? 0 : age * random(), age] as const;
      const gradient: [number, number, number, number] = [0, 0, 0, 0];
      paretoLogLikelihood(...p, ...row, gradient);
      for (let k = 0; k < 4; k++) {
        const at = (shift: number) =>
          paretoLogLikelihood(
            ...(p.map((v, j) => (j === k ? v * (1 + shift) : v)) as [number, number, number, number]),
            ...row,
          );
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(gradient[k]! * p[k]!).toBeCloseTo(slope, 4);
      }
    }
  });
});

const questions: ((p: typeof PUBLISHED, h: History) => number)[] = [
  (p, h) => paretoNbd.logLikelihood(p, h),
  (p, h) => paretoNbd.pAlive(p, h),
  (p, h) => paretoNbd.expectedPurchases(p, h, 39),
  (p, h) => paretoNbd.discountedPurchases(p, h, { horizon: Infinity, rate: 0.002 }),
  (p, h) => paretoNbd.pActive(p, h, 39),
  (p) => paretoNbd.expectedOfNew(p, 39),
  (p, h) => paretoNbd.purchaseRate(p, h, 10),
];

/** Customers who behave as the model says. */
function simulated(customers: number, seed: number, scale = 1): Histories {
  const random = seededRandom(seed);
  const columns = { frequency: [] as number[], recency: [] as number[], age: [] as number[] };
  for (let i = 0; i < customers; i++) {
    const age = 27 + Math.floor(12 * random());
    const { purchases } = paretoNbd.drawFuture(PUBLISHED, history(0, 0, 0), age, random);
    columns.frequency.push(purchases.length);
    columns.recency.push((purchases.at(-1) ?? 0) * scale);
    columns.age.push(age * scale);
  }
  return {
    frequency: Float64Array.from(columns.frequency),
    recency: Float64Array.from(columns.recency),
    age: Float64Array.from(columns.age),
    weight: new Float64Array(customers).fill(1),
  };
}

describe('a fit of the Pareto/NBD', () => {
  it('finds the parameters that made the data, within its standard errors', () => {
    const fit = paretoNbd.fit(simulated(4000, 1));
    expect(fit.problem).toBeNull();
    for (const name of paretoNbd.parameterNames) {
      expect(Math.abs(fit.parameters[name] - PUBLISHED[name])).toBeLessThan(3.5 * fit.standardErrors![name]);
    }
  });

  it('does not depend on the unit of time', () => {
    const weeks = paretoNbd.fit(simulated(1000, 2));
    const days = paretoNbd.fit(simulated(1000, 2, 7));
    expectClose(days.parameters.r, weeks.parameters.r, 1e-6);
    expectClose(days.parameters.alpha, 7 * weeks.parameters.alpha, 1e-6);
    expectClose(days.parameters.beta, 7 * weeks.parameters.beta, 1e-6);
    expectClose(
      paretoNbd.pAlive(days.parameters, history(2, 70, 210)),
      paretoNbd.pAlive(weeks.parameters, history(2, 10, 30)),
      1e-6,
    );
  });

  it('does not depend on how rows are grouped or sorted', () => {
    const rows = simulated(600, 3);
    // Whole weeks, so that some are equal.
    rows.recency = rows.recency.map(Math.floor);
    const merged = uniqueHistories(rows);
    const twice: Histories = {
      frequency: rows.frequency.slice().reverse(),
      recency: rows.recency.slice().reverse(),
      age: rows.age.slice().reverse(),
      weight: rows.weight.map(() => 2),
    };
    expect(merged.age.length).toBeLessThan(rows.age.length);
    const [one, grouped, double] = [rows, merged, twice].map((given) => paretoNbd.fit(given));
    for (const name of paretoNbd.parameterNames) {
      expectClose(grouped!.parameters[name], one!.parameters[name], 1e-6);
      expectClose(double!.parameters[name], one!.parameters[name], 1e-6);
    }
    expectClose(double!.standardErrors!.r, one!.standardErrors!.r / Math.SQRT2, 1e-4);
  });

  it('says so when nobody ever stops', () => {
    const steady = simulated(500, 4);
    steady.recency = steady.age.slice();
    steady.frequency = steady.frequency.map((x) => x + 1);
    const fit = paretoNbd.fit(steady);
    expect(fit.identified).toBe(false);
    expect(fit.standardErrors).toBeNull();
    expect(fit.problem).toContain('do not identify');
  });

  it('refuses to fit nobody', () => {
    const nobody = new Float64Array(0);
    expect(() => paretoNbd.fit({ frequency: nobody, recency: nobody, age: nobody, weight: nobody })).toThrow(
      'nobody to fit',
    );
  });
});

describe('a drawn future of the Pareto/NBD', () => {
  it.each([history(2, 30.43, 38.86), history(0, 0, 38.86), history(7, 29.43, 38.86)])(
    'agrees on average with what is expected of %o',
    (h) => {
      const random = seededRandom(7, h.frequency);
      const draws = 40_000;
      let [sum, squares, active, gone, late] = [0, 0, 0, 0, 0];
      for (let i = 0; i < draws; i++) {
        const { purchases, lifetime } = paretoNbd.drawFuture(PUBLISHED, h, 39, random);
        sum += purchases.length;
        squares += purchases.length ** 2;
        if (purchases.length > 0) active++;
        if (lifetime === 0) gone++;
        if (lifetime < (purchases.at(-1) ?? 0)) late++;
      }
      expect(late).toBe(0);
      const mean = sum / draws;
      const noise = Math.sqrt((squares / draws - mean * mean) / draws);
      expect(Math.abs(mean - paretoNbd.expectedPurchases(PUBLISHED, h, 39))).toBeLessThan(4 * noise);
      expect(Math.abs(active / draws - paretoNbd.pActive(PUBLISHED, h, 39))).toBeLessThan(0.01);
      expect(Math.abs(1 - gone / draws - paretoNbd.pAlive(PUBLISHED, h))).toBeLessThan(0.01);
    },
  );

  it('lists its orders in time order, within the horizon', () => {
    const random = seededRandom(9);
    for (let i = 0; i < 500; i++) {
      const { purchases } = paretoNbd.drawFuture(PUBLISHED, history(26, 30.86, 31), 52, random);
      expect(purchases).toEqual([...purchases].sort((a, b) => a - b));
      expect(purchases.every((at) => at > 0 && at < 52)).toBe(true);
    }
  });
});
