import { describe, expect, it } from 'vitest';
import { chiSquarePValue } from '../../../server/src/stats/chi-square-p-value';
import { discountedPower } from '../../../server/src/stats/discounted-power';
import { gaussLegendre } from '../../../server/src/stats/gauss-legendre';
import { incompleteGamma, upperIncompleteGamma } from '../../../server/src/stats/incomplete-gamma';
import { logConcaveIntegral } from '../../../server/src/stats/log-concave-integral';

const near = (actual: number, expected: number, relative = 1e-13) =>
  expect(Math.abs(actual / expected - 1), `${actual} is not ${expected}`).toBeLessThan(relative);

describe('Gauss–Legendre quadrature', () => {
  it.each([1, 2, 5, 32, 64])('with %d nodes is exact for polynomials of degree 2n − 1', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree++) {
      const sum = nodes.reduce((total, node, i) => total + weights[i]! * node ** degree, 0);
      near(sum, 1 / (degree + 1), 1e-12);
    }
  });

  it('has the nodes that tables print', () => {
    const { nodes, weights } = gaussLegendre(3);
    near(nodes[2]!, (1 + Math.sqrt(0.6)) / 2);
    expect(nodes[1]).toBeCloseTo(0.5, 15);
    near(weights[0]!, 5 / 18);
    near(weights[1]!, 8 / 18);
  });
});

describe('the integral of a log-concave function', () => {
  it.each([0.01, 1, 30, 5000])('of e^(−%d v) is exact, cut off or not', (pace) => {
    const g = { at: (v: number) => -pace * v, slope: () => -pace };
    near(logConcaveIntegral(g, 3), -Math.expm1(-3 * pace) / pace);
    near(logConcaveIntegral(g, Number.POSITIVE_INFINITY), 1 / pace);
  });

  it('is found around a peak far from the start', () => {
    const g = { at: (v: number) => v * 18 - (v * v) / 2, slope: (v: number) => 18 - v };
    near(logConcaveIntegral(g, 40) / Math.exp(162), Math.sqrt(2 * Math.PI), 1e-12);
  });

  it('is nothing over nothing', () => {
    expect(logConcaveIntegral({ at: () => 0, slope: () => 0 }, 0)).toBe(0);
  });
});

describe('the discounted power', () => {
  it.each([
    // e^z E_s(z); DLMF 8.19 and tables of E_1 (Abramowitz and Stegun 5.1)
    [1, 1, Math.E * 0.2193839343955203],
    [1, 0.5, Math.exp(0.5) * 0.5597735947761608],
    [2, 1, Math.E * (Math.exp(-1) - 0.2193839343955203)],
    [0, 0.25, 4],
    [0.5, 1, Math.E * Math.sqrt(Math.PI) * 0.1572992070502851],
  ])('without an end is the exponential integral: s = %d, z = %d', (s, z, value) => {
    near(discountedPower(s, z), value);
  });

  it('obeys the recurrence of the exponential integrals at whole and broken orders', () => {
    // s E_{s+1}(z) + z E_s(z) = e^−z; DLMF 8.19.12
    for (const s of [0.3, 1, 1.7, 12, 300]) {
      for (const z of [1e-6, 0.01, 1, 40, 1000]) {
        near(s * discountedPower(s + 1, z) + z * discountedPower(s, z), 1, 1e-12);
      }
    }
  });

  it('with an end and no discount is a power', () => {
    near(discountedPower(3, 0, 9), (1 - 10 ** -2) / 2);
    near(discountedPower(1, 0, 9), Math.log(10));
  });
});

describe('the upper incomplete gamma function', () => {
  it('completes the lower one', () => {
    for (const a of [0.5, 3, 80]) {
      for (const x of [0, 0.2, 2, 5, 81, 200]) {
        expect(upperIncompleteGamma(a, x) + incompleteGamma(a, x)).toBeCloseTo(1, 14);
      }
    }
    expect(upperIncompleteGamma(0, 1)).toBeNaN();
    expect(upperIncompleteGamma(1, Number.POSITIVE_INFINITY)).toBe(0);
  });

  it('keeps its digits far out', () => {
    near(upperIncompleteGamma(1, 500), Math.exp(-500), 1e-12);
    // Q(3, x) = e^−x (1 + x + x²/2)
    near(upperIncompleteGamma(3, 60), Math.exp(-60) * (1 + 60 + 1800), 1e-12);
  });
});

it('a chi-square p-value is the one of the tables', () => {
  expect(chiSquarePValue(3.841459, 1)).toBeCloseTo(0.05, 7);
  expect(chiSquarePValue(5.991465, 2)).toBeCloseTo(0.05, 7);
  expect(chiSquarePValue(18.307038, 10)).toBeCloseTo(0.05, 7);
  expect(chiSquarePValue(-1e-9, 3)).toBe(1);
});
