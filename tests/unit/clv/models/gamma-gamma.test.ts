import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { gammaGamma, type Spends } from '../../../../server/src/clv/models/gamma-gamma';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const file = path.join(process.env.CLV_REFERENCE_DATA ?? '', 'reference', 'clv-points.json');
const hasReference = process.env.CLV_REFERENCE_DATA !== undefined && existsSync(file);
if (!hasReference)
  console.info('CLV_REFERENCE_DATA is not set: reference points of the Gamma-Gamma are skipped');

const P = { p: 6.25, q: 3.74, gamma: 15.44 };
const near = (actual: number | null, expected: number, tolerance = 1e-9) =>
  expect(Math.abs(actual! - expected) / Math.abs(expected), `${actual} against ${expected}`).toBeLessThan(
    tolerance,
  );

/** Customers with the mean of so many orders each. */
function simulated(n: number, { p, q, gamma }: typeof P, seed: number): Spends {
  const random = seededRandom(seed);
  const rows = Array.from({ length: n }, () => {
    const frequency = 1 + Math.floor(6 * random());
    const rate = sampleGamma(random, q, gamma);
    return { frequency, mean: sampleGamma(random, p * frequency, rate) / frequency };
  });
  return {
    frequency: Float64Array.from(rows, ({ frequency }) => frequency),
    mean: Float64Array.from(rows, ({ mean }) => mean),
    weight: new Float64Array(n).fill(1),
  };
}

it('who has ordered nothing yet tells nothing of the parameters', () => {
  expect(gammaGamma.logLikelihood(P, { frequency: 0, mean: 0 })).toBe(0);
});

it.skipIf(!hasReference)('the reference points of the Gamma-Gamma are met to 1e-9', () => {
  const { params, pop_mean, rows } = JSON.parse(readFileSync(file, 'utf8')).GammaGamma;
  const [p, q, gamma] = params;
  near(gammaGamma.populationMean({ p, q, gamma }), pop_mean);
  for (const { x, m, expected, ll } of rows) {
    near(gammaGamma.expectedSpend({ p, q, gamma }, { frequency: x, mean: m }), expected);
    if (ll !== null) near(gammaGamma.logLikelihood({ p, q, gamma }, { frequency: x, mean: m }), ll);
  }
});

describe('the Gamma-Gamma model', () => {
  it('has densities of means that integrate to 1 and to the mean of all', () => {
    for (const frequency of [1, 4, 40]) {
      let mass = 0;
      let mean = 0;
      for (let u = -12; u < 25; u += 0.01) {
        const m = Math.exp(u);
        const density = Math.exp(gammaGamma.logLikelihood(P, { frequency, mean: m })) * m * 0.01;
        mass += density;
        mean += density * m;
      }
      near(mass, 1, 1e-10);
      near(mean, gammaGamma.populationMean(P)!, 1e-9);
    }
  });

  it('expects more of who spent more, and ever closer to the own mean', () => {
    const of = (frequency: number, mean: number) => gammaGamma.expectedSpend(P, { frequency, mean })!;
    expect(of(2, 50)).toBeGreaterThan(of(2, 40));
    const distances = [1, 3, 10, 100, 10_000].map((x) => Math.abs(of(x, 80) - 80));
    expect(distances).toEqual([...distances].sort((one, other) => other - one));
    expect(distances.at(-1)).toBeLessThan(0.01);
  });

  it('takes who spent nothing for somebody new', () => {
    expect(gammaGamma.expectedSpend(P, { frequency: 3, mean: 0 })).toBe(gammaGamma.populationMean(P));
    expect(gammaGamma.expectedSpend(P, { frequency: 0, mean: 0 })).toBe(gammaGamma.populationMean(P));
  });

  it('says plainly when the mean of all is infinite', () => {
    const heavy = { p: 2, q: 0.8, gamma: 10 };
    expect(gammaGamma.populationMean(heavy)).toBeNull();
    expect(gammaGamma.expectedSpend(heavy, { frequency: 3, mean: 30 })).toBeGreaterThan(0);
    const fit = gammaGamma.fit(simulated(3000, heavy, 4));
    expect(fit.infiniteMean).toBe(true);
    expect(fit.problem).toMatch(/infinite/);
    expect(fit.identified).toBe(true);
  });

  it('finds the parameters of simulated customers, whatever the currency', () => {
    const spends = simulated(4000, P, 1);
    const fit = gammaGamma.fit(spends);
    for (const name of ['p', 'q', 'gamma'] as const) {
      expect(Math.abs(fit.parameters[name] - P[name]) / fit.standardErrors![name]).toBeLessThan(4);
    }
    const yen = gammaGamma.fit({ ...spends, mean: spends.mean.map((m) => 160 * m) });
    near(yen.parameters.p, fit.parameters.p, 1e-6);
    near(yen.parameters.gamma, 160 * fit.parameters.gamma, 1e-6);
    near(yen.standardErrors!.q, fit.standardErrors!.q, 1e-5);
  });

  it('leaves out who has no repeat order or spent nothing, and counts them', () => {
    const { frequency, mean, weight } = simulated(500, P, 2);
    const more = {
      frequency: Float64Array.of(...frequency, 0, 2, 2),
      mean: Float64Array.of(...mean, 0, 0, -5),
      weight: Float64Array.of(...weight, 3, 1, 2),
    };
    const fit = gammaGamma.fit(more);
    expect(fit).toMatchObject({ customers: 500, leftOut: 6 });
    expect(fit.parameters).toEqual(gammaGamma.fit({ frequency, mean, weight }).parameters);
    expect(gammaGamma.correlation(more).customers).toBe(500);
  });

  it('counts weights as that many customers', () => {
    const spends = simulated(400, P, 3);
    const twice = (column: Float64Array) => Float64Array.of(...column, ...column);
    const doubled = {
      frequency: twice(spends.frequency),
      mean: twice(spends.mean),
      weight: twice(spends.weight),
    };
    const weighted = gammaGamma.fit({ ...spends, weight: spends.weight.map(() => 2) });
    expect(gammaGamma.fit(doubled).parameters).toEqual(weighted.parameters);
    near(
      gammaGamma.correlation(doubled).r,
      gammaGamma.correlation({ ...spends, weight: doubled.weight.map(() => 2) }).r,
    );
  });

  it('has nothing to fit where nobody came back, and does not identify equal customers', () => {
    const none = {
      frequency: Float64Array.of(0, 0),
      mean: Float64Array.of(0, 0),
      weight: Float64Array.of(1, 1),
    };
    expect(() => gammaGamma.fit(none)).toThrow(/no spend to fit/);
    expect(gammaGamma.correlation(none).r).toBeNaN();
    const equal = {
      frequency: Float64Array.of(2, 3, 4),
      mean: Float64Array.of(9, 9, 9),
      weight: Float64Array.of(1, 1, 1),
    };
    const fit = gammaGamma.fit(equal);
    expect(fit.identified).toBe(false);
    expect(fit.problem).toMatch(/do not identify/);
  });

  it("holds a customer's own mean spend as often as its interval says", () => {
    const random = seededRandom(9);
    let held = 0;
    let sum = 0;
    const draws = 4000;
    for (let i = 0; i < draws; i++) {
      const own = P.p / sampleGamma(random, P.q, P.gamma);
      const frequency = 1 + (i % 4);
      const mean = gammaGamma.drawTotal(P, own, frequency, random) / frequency;
      const { low, high } = gammaGamma.meanSpendInterval(P, { frequency, mean }, 0.9);
      if (low <= own && own <= high) held++;
      sum += gammaGamma.drawMeanSpend(P, { frequency: 2, mean: 22 }, random);
    }
    expect(Math.abs(held / draws - 0.9)).toBeLessThan(4.5 * Math.sqrt(0.09 / draws));
    near(sum / draws, gammaGamma.expectedSpend(P, { frequency: 2, mean: 22 })!, 0.03);
    expect(gammaGamma.drawTotal(P, 30, 0, random)).toBe(0);
  });
});
