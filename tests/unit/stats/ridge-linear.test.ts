import { describe, expect, it } from 'vitest';
import { gram } from '../../../server/src/stats/gram';
import { fitRidgeLinear, squaredError } from '../../../server/src/stats/ridge-linear';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { SparseRowsBuilder } from '../../../server/src/stats/sparse-rows';

const random = seededRandom(6);
const N = 300;
const data = Array.from({ length: N }, () => {
  const [a, b] = [sampleNormal(random), sampleNormal(random)];
  return [a, b, 2 + 3 * a - b + sampleNormal(random)] as const;
});
const builder = new SparseRowsBuilder(3);
for (const row of data) builder.add(row.map((value, column) => [column, value] as const));
const x = builder.build();
const momentsOf = (from: number, to: number) =>
  gram(
    x,
    Uint32Array.from({ length: to - from }, (_, i) => from + i),
    Uint16Array.of(0, 1, 2),
    new Float64Array(to - from).fill(1),
  );
const moments = momentsOf(0, N);
const errorOf = ([c, a, b]: Float64Array, rows: typeof data) =>
  rows.reduce((sum, [u, v, y]) => sum + (y - c! - a! * u - b! * v) ** 2, 0);

describe('a ridge regression from sums', () => {
  it.each([1e-9, 0.1, 10])(
    'ends where the penalised squared error has no slope, at penalty %s',
    (penalty) => {
      const fit = fitRidgeLinear(moments, 4, penalty);
      const objective = (column: number, step: number) => {
        const moved = Float64Array.from(fit);
        moved[column]! += step;
        return errorOf(moved, data) / 2 / N + (penalty / 2) * (moved[1]! ** 2 + moved[2]! ** 2);
      };
      for (const column of [0, 1, 2]) {
        expect((objective(column, 1e-4) - objective(column, -1e-4)) / 2e-4).toBeCloseTo(0, 7);
      }
    },
  );

  it('knows the squared error of rows that it has not seen from their sums', () => {
    const fit = fitRidgeLinear(momentsOf(0, 200), 4, 0.01);
    expect(squaredError(fit, momentsOf(200, N), 4)).toBeCloseTo(errorOf(fit, data.slice(200)), 8);
  });

  it('is nothing without rows', () => {
    expect([...fitRidgeLinear(new Float64Array(16), 4, 0.1)]).toEqual([0, 0, 0]);
  });
});
