import { describe, expect, it } from 'vitest';
import { BINOMIAL, POISSON } from '../../../server/src/stats/glm-family';
import { fitRidgeGlm, linearPredictor } from '../../../server/src/stats/ridge-glm';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { samplePoisson } from '../../../server/src/stats/sample-poisson';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { SparseRowsBuilder } from '../../../server/src/stats/sparse-rows';

const random = seededRandom(5);
const N = 400;
const values = Array.from({ length: N }, () => [
  sampleNormal(random),
  random() < 0.3 ? 1 : 0,
  sampleNormal(random),
]);
const builder = new SparseRowsBuilder(3);
for (const row of values) builder.add(row.map((value, column) => [column, value] as const));
const x = builder.build();
const rows = Uint32Array.from({ length: N }, (_, i) => i);
const eta = values.map(([a, b]) => 0.3 + 0.5 * a! - 0.7 * b!);
const counts = Float64Array.from(eta, (value) => samplePoisson(random, Math.exp(value)));
const yes = Float64Array.from(eta, (value) => (random() < BINOMIAL.mean(value) ? 1 : 0));
const of = (...penalty: number[]) => Float64Array.from(penalty);

describe.each([
  ['log link', POISSON, counts],
  ['logit link', BINOMIAL, yes],
] as const)('a ridge regression with %s', (_, family, y) => {
  const meanLoss = (intercept: number, coefficients: Float64Array) => {
    const fit = { intercept, coefficients };
    return rows.reduce((sum, row) => sum + family.loss(y[row]!, linearPredictor(fit, x, row)), 0) / N;
  };

  it.each([0, 0.1, 10])('ends where the penalised loss has no slope, at penalty %s', (penalty) => {
    const fit = fitRidgeGlm({ family, x, y, rows, penalty: of(penalty, penalty, penalty) });
    expect(fit.converged).toBe(true);
    const objective = (column: number, step: number) => {
      const moved = Float64Array.from(fit.coefficients);
      if (column >= 0) moved[column]! += step;
      const ridge = moved.reduce((sum, value) => sum + (penalty * value * value) / 2, 0);
      return meanLoss(fit.intercept + (column < 0 ? step : 0), moved) + ridge;
    };
    for (const column of [-1, 0, 1, 2]) {
      expect((objective(column, 1e-4) - objective(column, -1e-4)) / 2e-4).toBeCloseTo(0, 5);
    }
  });

  it('leaves out columns of infinite penalty, keeps the mean, and goes on from another fit to the same end', () => {
    const without = fitRidgeGlm({ family, x, y, rows, penalty: of(Infinity, Infinity, Infinity) });
    expect([...without.coefficients]).toEqual([0, 0, 0]);
    const mean = y.reduce((sum, value) => sum + value, 0) / N;
    expect(family.mean(without.intercept)).toBeCloseTo(mean, 9);
    const problem = { family, x, y, rows, penalty: of(0.01, 0.02, Infinity) };
    const direct = fitRidgeGlm(problem);
    const onwards = fitRidgeGlm(problem, fitRidgeGlm({ ...problem, penalty: of(1, 5, Infinity) }));
    expect(onwards.coefficients[0]).toBeCloseTo(direct.coefficients[0]!, 4);
    expect(onwards.coefficients[1]).toBeCloseTo(direct.coefficients[1]!, 4);
    expect(direct.coefficients[2]).toBe(0);
  });

  it('goes by the rows that count alone', () => {
    const half = rows.slice(0, N / 2);
    const other = Float64Array.from(y, (value, i) => (i < N / 2 ? value : 1 - Math.min(1, value)));
    const penalty = of(0.01, 0.01, 0.01);
    const one = fitRidgeGlm({ family, x, y, rows: half, penalty });
    const two = fitRidgeGlm({ family, x, y: other, rows: half, penalty });
    expect([...two.coefficients]).toEqual([...one.coefficients]);
  });

  it('bears a column twice, and outcomes that are all nothing', () => {
    const double = new SparseRowsBuilder(2);
    for (const [a] of values)
      double.add([
        [0, a!],
        [1, a!],
      ]);
    const twice = fitRidgeGlm({ family, x: double.build(), y, rows, penalty: of(0, 0) });
    expect(twice.coefficients[0]! + twice.coefficients[1]!).toBeCloseTo(
      fitRidgeGlm({ family, x, y, rows, penalty: of(0, Infinity, Infinity) }).coefficients[0]!,
      4,
    );
    const nothing = fitRidgeGlm({ family, x, y: new Float64Array(N), rows, penalty: of(1, 1, 1) });
    expect([nothing.intercept, ...nothing.coefficients].every(Number.isFinite)).toBe(true);
  });
});
