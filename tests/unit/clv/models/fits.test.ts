import { describe, expect, it } from 'vitest';
import { bgNbd } from '../../../../server/src/clv/models/bg-nbd';
import { bgCnbdK, mbgCnbdK } from '../../../../server/src/clv/models/cnbd-k';
import { gammaGamma } from '../../../../server/src/clv/models/gamma-gamma';
import { mbgNbd } from '../../../../server/src/clv/models/mbg-nbd';
import type { Fit, Histories } from '../../../../server/src/clv/models/types';
import { uniqueHistories } from '../../../../server/src/clv/models/unique-histories';
import { sampleBeta } from '../../../../server/src/stats/sample-beta';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { type Random, seededRandom } from '../../../../server/src/stats/seeded-random';
import { cdnowHistories } from '../../../support/cdnow';
import { cdnow, hasCdnow } from './cdnow';

function expectParameters(fit: Fit, expected: number[], tolerance = 1e-3) {
  expect(fit).toMatchObject({ converged: true, identified: true, problem: null });
  expect(fit.gradientNorm).toBeLessThan(1e-6);
  const found = Object.values(fit.parameters);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! / value - 1), `${found[i]} against ${value}`).toBeLessThan(tolerance);
  });
}

const weights = (n: number) => new Float64Array(n).fill(1);
const reference = process.env.CLV_REFERENCE_DATA ?? '';

describe.skipIf(!hasCdnow)('on the CDNOW sample', () => {
  const data = hasCdnow ? cdnow() : undefined;
  const histories = (): Histories => {
    const { frequency, recency, age, logGaps } = data!;
    return { frequency, recency, age, logGaps, weight: weights(age.length) };
  };

  it('the BG/NBD is the published one, with its standard errors', () => {
    const fit = bgNbd.fit(histories());
    expectParameters(fit, [0.2425945, 4.413602, 0.792922, 2.425907]);
    expect(Math.abs(fit.logLikelihood + 9582.42921)).toBeLessThan(1e-3);
    const errors = Object.values(fit.standardErrors!);
    [0.012557, 0.378221, 0.185719, 0.705345].forEach((expected, i) => {
      expect(Math.abs(errors[i]! / expected - 1)).toBeLessThan(1e-3);
    });
  });

  it('the MBG/NBD is the published one', () => {
    const fit = mbgNbd.fit(histories());
    expectParameters(fit, [0.5248432, 6.183085, 0.891359, 1.614002]);
    expect(Math.abs(fit.logLikelihood + 9582.13572)).toBeLessThan(1e-3);
  });

  it('gaps are at random: the regular models choose k = 1 and are the plain ones', () => {
    for (const [regular, plain] of [
      [bgCnbdK, bgNbd],
      [mbgCnbdK, mbgNbd],
    ] as const) {
      const fit = regular.fit(histories());
      expect(fit.parameters).toMatchObject({ k: 1, ...plain.fit(histories()).parameters });
      expect(fit.standardErrors!.k).toBe(0);
    }
  });

  it('the Gamma-Gamma is the published one', () => {
    const spends = { frequency: data!.spendDays, mean: data!.meanSpend, weight: weights(data!.age.length) };
    const fit = gammaGamma.fit(spends);
    expectParameters(fit, [6.24957, 3.74422, 15.44352]);
    expect(Math.abs(fit.logLikelihood + 4055.91769)).toBeLessThan(1e-3);
    expect(fit).toMatchObject({ customers: 946, leftOut: 1411, infiniteMean: false });
    expect(gammaGamma.populationMean(fit.parameters)).toBeCloseTo(35.171, 2);
    const { r, low, high } = gammaGamma.correlation(spends);
    expect(r).toBeCloseTo(0.114, 3);
    expect(low).toBeLessThan(r);
    expect(high).toBeGreaterThan(r);
  });

  it('weights, the order of customers and the unit of time change nothing', () => {
    const all = histories();
    const n = all.age.length;
    const fit = bgNbd.fit(all);
    const merged = bgNbd.fit(uniqueHistories({ ...all, logGaps: undefined }));
    expect(merged.parameters).toEqual(fit.parameters);
    const column = (values: Float64Array) => values.map((_, i) => values[n - 1 - i]!);
    const backwards = bgNbd.fit({
      ...all,
      frequency: column(all.frequency),
      recency: column(all.recency),
      age: column(all.age),
    });
    expectParameters(backwards, Object.values(fit.parameters), 1e-7);
    const { r, alpha, a, b } = fit.parameters;
    const scaled = bgNbd.fit({
      ...all,
      recency: all.recency.map((t) => 10 * t),
      age: all.age.map((t) => 10 * t),
    });
    expectParameters(scaled, [r, 10 * alpha, a, b], 1e-7);
    const double = bgNbd.fit({ ...all, weight: all.weight.map(() => 2) });
    expectParameters(double, [r, alpha, a, b], 1e-9);
    expect(double.standardErrors!.r).toBeCloseTo(fit.standardErrors!.r / Math.SQRT2, 9);
    expect(double.logLikelihood).toBeCloseTo(2 * fit.logLikelihood, 6);
  });

  it('a penalty draws the parameters towards their units', () => {
    const free = bgNbd.fit(histories()).parameters;
    const held = bgNbd.fit(histories(), { penalty: 0.1 }).parameters;
    expect(held.r).toBeGreaterThan(free.r);
    expect(Math.abs(Math.log(held.b))).toBeLessThan(Math.abs(Math.log(free.b)));
  });
});

describe.skipIf(!hasCdnow)('on the whole of CDNOW', () => {
  const histories = hasCdnow ? cdnowHistories(reference, 'orders-full.csv.gz') : undefined;

  it.each([
    ['BG/NBD', bgNbd, [0.251624, 4.788943, 0.723434, 2.161088], -95368.4439],
    ['MBG/NBD', mbgNbd, [0.63714, 7.310291, 0.807474, 1.228394], -95336.9583],
  ] as const)('the %s is the published one', (_, model, parameters, logLikelihood) => {
    expect(uniqueHistories(histories!).age).toHaveLength(8685);
    const fit = model.fit(histories!);
    expectParameters(fit, [...parameters]);
    expect(Math.abs(fit.logLikelihood - logLikelihood)).toBeLessThan(1e-3);
  });
});

/** Customers whose rate, coin and stages are as told. */
function simulated(n: number, random: Random, k: number, draw: () => { rate: number; p: number }): Histories {
  const columns = {
    frequency: [] as number[],
    recency: [] as number[],
    age: [] as number[],
    logGaps: [] as number[],
  };
  for (let i = 0; i < n; i++) {
    const { rate, p } = draw();
    const age = 20 + 30 * random();
    let orders = 0;
    let last = 0;
    let logGaps = 0;
    for (let gap = 0; random() >= p; orders++, last += gap) {
      gap = sampleGamma(random, k, rate);
      if (last + gap > age) break;
      logGaps += Math.log(gap);
    }
    columns.frequency.push(orders);
    columns.recency.push(last);
    columns.age.push(age);
    columns.logGaps.push(logGaps);
  }
  const { frequency, recency, age, logGaps } = columns;
  return {
    frequency: Float64Array.from(frequency),
    recency: Float64Array.from(recency),
    age: Float64Array.from(age),
    logGaps: Float64Array.from(logGaps),
    weight: weights(n),
  };
}

describe('on simulated customers', () => {
  it('the regular model finds how regular they are', () => {
    const random = seededRandom(11);
    const world = simulated(2000, random, 4, () => ({
      rate: sampleGamma(random, 1.5, 2),
      p: sampleBeta(random, 1, 4),
    }));
    const fit = mbgCnbdK.fit(world);
    expect(fit.parameters.k).toBe(4);
    for (const [name, truth] of [
      ['r', 1.5],
      ['alpha', 2],
      ['a', 1],
      ['b', 4],
    ] as const) {
      expect(Math.abs(fit.parameters[name] - truth) / fit.standardErrors![name]).toBeLessThan(4);
    }
    expect(fit.logLikelihood).toBeGreaterThan(mbgNbd.fit(world).logLikelihood);
  });

  it('says which parameters the data do not identify when all customers are alike', () => {
    const random = seededRandom(3);
    const world = simulated(3000, random, 1, () => ({ rate: 0.3, p: 0.1 }));
    const fit = mbgNbd.fit(world);
    expect(fit.identified).toBe(false);
    expect(fit.problem).toMatch(/do not identify/);
    expect(fit.standardErrors).toBeNull();
    expect(fit.covariance).toBeNull();
    expect(fit.parameters.r / fit.parameters.alpha).toBeCloseTo(0.3, 1);
  });

  it('says so when nobody ever came back, or all are the same', () => {
    const nobody = mbgNbd.fit({
      frequency: new Float64Array(50),
      recency: new Float64Array(50),
      age: new Float64Array(50).map((_, i) => i + 1),
      weight: weights(50),
    });
    expect(nobody.identified).toBe(false);
    expect(nobody.problem).toMatch(/do not identify/);
    const same = bgNbd.fit({
      frequency: weights(3),
      recency: weights(3),
      age: weights(3).map(() => 9),
      weight: weights(3),
    });
    expect(same.identified).toBe(false);
    for (const fit of [nobody, same]) {
      expect(Object.values(fit.parameters).every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    }
  });

  it('refuses to fit nobody', () => {
    const none = new Float64Array(0);
    const empty = { frequency: none, recency: none, age: none, weight: none, logGaps: none };
    for (const model of [bgNbd, mbgNbd, bgCnbdK, mbgCnbdK]) {
      expect(() => model.fit(empty)).toThrow(/nobody to fit/);
    }
  });

  it('refuses to compare regularities without the logarithms of gaps', () => {
    const one = { frequency: weights(1), recency: weights(1), age: weights(1), weight: weights(1) };
    expect(() => bgCnbdK.fit(one)).toThrow(/logGaps/);
  });
});

describe('on data that say little or nonsense', () => {
  it('every fit ends at finite parameters, says what is wrong, and predicts finite figures', () => {
    const random = seededRandom(99);
    for (let world = 0; world < 40; world++) {
      const n = 1 + Math.floor(random() * [5, 30, 300][world % 3]!);
      const pace = [0, 1, 5, 20, 0.2][world % 5]!;
      const columns = { frequency: weights(n), recency: weights(n), age: weights(n), logGaps: weights(n) };
      for (let i = 0; i < n; i++) {
        const age = Math.floor(random() * 400) / 7;
        const x = age > 0 ? Math.floor(-Math.log(1 - random()) * pace) : 0;
        const recency = x > 0 ? (world % 4 === 0 ? age : Math.max(0.1, random() * age)) : 0;
        columns.frequency[i] = x;
        columns.recency[i] = recency;
        columns.age[i] = age;
        columns.logGaps[i] = x > 0 ? x * Math.log(recency / x) : 0;
      }
      const histories = { ...columns, weight: weights(n) };
      for (const model of [bgNbd, mbgNbd, world % 8 === 0 ? mbgCnbdK : bgNbd]) {
        const fit: Fit = model.fit(histories);
        const told = `${model.name}, world ${world}: ${JSON.stringify(fit)}`;
        const figures = [...Object.values(fit.parameters), fit.logLikelihood, fit.gradientNorm];
        expect(figures.every(Number.isFinite), told).toBe(true);
        expect(fit.problem === null, told).toBe(fit.converged && fit.identified);
        expect(fit.standardErrors !== null, told).toBe(fit.identified);
        const [frequency, recency, age, logGaps] = [
          columns.frequency[0]!,
          columns.recency[0]!,
          columns.age[0]!,
          0,
        ];
        const h = { frequency, recency, age, logGaps };
        const p = fit.parameters as Record<'k' | 'r' | 'alpha' | 'a' | 'b', number>;
        const predictions = [
          model.pAlive(p, h),
          model.pActive(p, h, 26),
          model.expectedPurchases(p, h, 26),
          model.discountedPurchases(p, h, { horizon: 52, rate: 0.002 }),
          model.purchaseRate(p, h, 3),
          model.expectedOfNew(p, 52),
        ];
        expect(
          predictions.every((value) => Number.isFinite(value) && value >= 0),
          told,
        ).toBe(true);
      }
    }
  });
});
