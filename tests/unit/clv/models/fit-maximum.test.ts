import { describe, expect, it } from 'vitest';
import { fitMaximum } from '../../../../server/src/clv/models/fit-maximum';
import type { Histories } from '../../../../server/src/clv/models/types';
import { mergeRows, uniqueHistories } from '../../../../server/src/clv/models/unique-histories';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const weights = (n: number) => new Float64Array(n).fill(1);

describe('maximum likelihood', () => {
  /** Normal log-densities of the logarithms of two parameters. */
  const bowl = ([first, second]: readonly number[], gradient: number[]) => {
    const u = Math.log(first!) - 1;
    const v = (Math.log(second!) + 2) / 0.1;
    gradient[0] = -u / first!;
    gradient[1] = -v / 0.1 / second!;
    return -(u * u + v * v) / 2;
  };

  it('finds the peak, its curvature and standard errors in the units asked for', () => {
    const fit = fitMaximum({
      names: ['one', 'two'],
      units: [10, 1],
      starts: [[1, 1]],
      logLikelihood: bowl,
      customers: 1,
    });
    expect(fit.parameters.one).toBeCloseTo(Math.E, 7);
    expect(fit.parameters.two).toBeCloseTo(Math.exp(-2), 8);
    expect(fit.covariance![0]![0]).toBeCloseTo(1, 6);
    expect(fit.covariance![1]![1]).toBeCloseTo(0.01, 8);
    expect(fit.standardErrors!.two).toBeCloseTo(0.1 * Math.exp(-2), 8);
  });

  it('reaches the peak although the gradient lies at first', () => {
    let calls = 0;
    const misleading = (p: readonly number[], gradient: number[]) => {
      const value = bowl(p, gradient);
      if (calls++ < 100) for (let i = 0; i < gradient.length; i++) gradient[i] = -gradient[i]!;
      return value;
    };
    const fit = fitMaximum({
      names: ['one', 'two'],
      units: [1, 1],
      starts: [[1, 1]],
      logLikelihood: misleading,
      customers: 1,
    });
    expect(fit.converged).toBe(true);
    expect(fit.parameters.one).toBeCloseTo(Math.E, 6);
  });

  it('takes the highest of several peaks', () => {
    const twoPeaks = ([p]: readonly number[], gradient: number[]) => {
      const u = Math.log(p!);
      gradient[0] = -(4 * u * (u * u - 9) - 1) / p!;
      return -((u * u - 9) ** 2) + u;
    };
    const fit = fitMaximum({
      names: ['p'],
      units: [1],
      starts: [[0.01], [5]],
      logLikelihood: twoPeaks,
      customers: 1,
    });
    expect(Math.log(fit.parameters.p!)).toBeGreaterThan(2.9);
  });

  it('says that a ridge has no single best point', () => {
    const ridge = ([first, second]: readonly number[], gradient: number[]) => {
      const u = Math.log(first! * second!);
      gradient[0] = -u / first!;
      gradient[1] = -u / second!;
      return -(u * u) / 2;
    };
    const fit = fitMaximum({
      names: ['one', 'two'],
      units: [1, 1],
      starts: [[2, 3]],
      logLikelihood: ridge,
      customers: 1,
    });
    expect(fit).toMatchObject({ identified: false, standardErrors: null });
    expect(fit.problem).toMatch(/some combination/);
  });

  it('says that it failed where there is nothing but NaN', () => {
    const fit = fitMaximum({
      names: ['one'],
      units: [1],
      starts: [[1]],
      logLikelihood: () => Number.NaN,
      customers: 1,
    });
    expect(fit).toMatchObject({ converged: false, identified: false });
    expect(fit.problem).not.toBeNull();
  });
});

describe('equal histories', () => {
  it('become one row with the sum of their weights, and every customer knows the row', () => {
    const random = seededRandom(8);
    const n = 5000;
    const column = (values: number) =>
      Float64Array.from({ length: n }, () => Math.floor(values * random()) / 7);
    const histories = { frequency: column(4), recency: column(9), age: column(11), weight: column(20) };
    const { unique, indexOf } = mergeRows(histories);
    const sums = new Map<string, number>();
    const keyOf = (rows: Histories, i: number) => `${rows.frequency[i]} ${rows.recency[i]} ${rows.age[i]}`;
    for (let i = 0; i < n; i++) {
      const key = keyOf(histories, i);
      expect(keyOf(unique, indexOf[i]!)).toBe(key);
      sums.set(key, (sums.get(key) ?? 0) + histories.weight[i]!);
    }
    expect(unique.age).toHaveLength(sums.size);
    unique.weight.forEach((weight, i) => {
      expect(weight).toBeCloseTo(sums.get(keyOf(unique, i))!, 9);
    });
  });

  it('stay apart where only their gaps differ', () => {
    const two = { frequency: weights(2), recency: weights(2), age: weights(2), weight: weights(2) };
    expect(uniqueHistories(two).age).toHaveLength(1);
    expect(uniqueHistories({ ...two, logGaps: Float64Array.of(0.1, 0.2) }).age).toHaveLength(2);
  });
});
