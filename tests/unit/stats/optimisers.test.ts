import { describe, expect, it } from 'vitest';
import { inverseSymmetric } from '../../../server/src/stats/inverse-symmetric';
import { minimise } from '../../../server/src/stats/minimise';
import { nelderMead } from '../../../server/src/stats/nelder-mead';

/** Rosenbrock's valley, whose minimum is 0 at (1, 1). */
function valley([x, y]: readonly number[], gradient: number[] = []): number {
  const rise = y! - x! * x!;
  gradient[0] = -400 * x! * rise - 2 * (1 - x!);
  gradient[1] = 200 * rise;
  return 100 * rise * rise + (1 - x!) ** 2;
}

describe('the minimum with a gradient', () => {
  it('is found along a curved valley', () => {
    const { x, value, gradient, iterations } = minimise({ start: [-1.2, 1], evaluate: valley });
    expect(x[0]).toBeCloseTo(1, 9);
    expect(x[1]).toBeCloseTo(1, 9);
    expect(value).toBeLessThan(1e-18);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-9);
    expect(iterations).toBeLessThan(60);
  });

  it('is found where most trial points have no value', () => {
    const evaluate = ([x]: readonly number[], gradient: number[]) => {
      gradient[0] = 1 - 1 / x!;
      return x! - Math.log(x!);
    };
    expect(minimise({ start: [1e-6], evaluate }).x[0]).toBeCloseTo(1, 8);
    expect(minimise({ start: [40], evaluate }).x[0]).toBeCloseTo(1, 8);
  });

  it('is found over scales that differ by eight decades', () => {
    const evaluate = ([x, y]: readonly number[], gradient: number[]) => {
      gradient[0] = 2e4 * (x! - 3);
      gradient[1] = 2e-4 * (y! + 5);
      return 1e4 * (x! - 3) ** 2 + 1e-4 * (y! + 5) ** 2;
    };
    const { x } = minimise({ start: [0, 0], evaluate });
    expect(x[0]).toBeCloseTo(3, 6);
    expect(x[1]).toBeCloseTo(-5, 4);
  });

  it('is approached to the last digits that values can tell', () => {
    const evaluate = ([x]: readonly number[], gradient: number[]) => {
      gradient[0] = Math.sinh(x! - 0.3);
      return 1e6 + Math.cosh(x! - 0.3);
    };
    expect(minimise({ start: [2], evaluate }).x[0]).toBeCloseTo(0.3, 8);
  });

  it('gives back the start where nothing can be evaluated', () => {
    const nowhere = minimise({ start: [1, 2], evaluate: () => Number.NaN });
    expect(nowhere.x).toEqual([1, 2]);
    expect(nowhere.value).toBeNaN();
  });
});

describe('the minimum without a gradient', () => {
  it('is found along a curved valley', () => {
    const { x } = nelderMead({ start: [-1.2, 1], evaluate: (point) => valley(point) });
    expect(x[0]).toBeCloseTo(1, 5);
    expect(x[1]).toBeCloseTo(1, 5);
  });

  it('is found at a kink and beside a forbidden region', () => {
    const evaluate = ([x, y]: number[]) => (x! > 2 ? Number.NaN : Math.abs(x! - 1.9) + Math.abs(y! - 7));
    const { x } = nelderMead({ start: [0, 0], evaluate, maxIterations: 2000 });
    expect(x[0]).toBeCloseTo(1.9, 5);
    expect(x[1]).toBeCloseTo(7, 5);
  });
});

describe('the inverse of a symmetric matrix', () => {
  it('times the matrix is the identity, whatever the units', () => {
    const matrix = [
      [4e8, 2e3, 0.6e4],
      [2e3, 5e-2, 1e-2],
      [0.6e4, 1e-2, 3],
    ];
    const inverse = inverseSymmetric(matrix)!;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const entry = matrix[i]!.reduce((sum, value, k) => sum + value * inverse[k]![j]!, 0);
        const size = Math.sqrt(matrix[i]![i]! / matrix[j]![j]!);
        expect(Math.abs(entry - (i === j ? 1 : 0)) / size).toBeLessThan(1e-12);
      }
    }
  });

  it.each([
    [
      'singular',
      [
        [1, 2],
        [2, 4],
      ],
    ],
    [
      'indefinite',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'negative',
      [
        [-1, 0],
        [0, 1],
      ],
    ],
    [
      'not finite',
      [
        [1, Number.NaN],
        [Number.NaN, 1],
      ],
    ],
  ])('does not exist for one that is %s', (_, matrix) => {
    expect(inverseSymmetric(matrix)).toBeNull();
  });
});
