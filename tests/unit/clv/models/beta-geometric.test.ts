import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BG_NBD_KIND, bgNbd } from '../../../../server/src/clv/models/bg-nbd';
import { bgCnbdK, mbgCnbdK } from '../../../../server/src/clv/models/cnbd-k';
import { MBG_NBD_KIND, mbgNbd } from '../../../../server/src/clv/models/mbg-nbd';
import { orderProbabilities } from '../../../../server/src/clv/models/order-probabilities';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const file = path.join(process.env.CLV_REFERENCE_DATA ?? '', 'reference', 'clv-points.json');
const hasReference = process.env.CLV_REFERENCE_DATA !== undefined && existsSync(file);
if (!hasReference) console.info('CLV_REFERENCE_DATA is not set: reference points of the models are skipped');

interface Point {
  x: number;
  tx: number;
  T: number;
  ll: number;
  palive: number;
  [cet: string]: number;
}

const near = (actual: number, expected: number, tolerance = 1e-9) =>
  expect(
    Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300),
    `${actual} against ${expected}`,
  ).toBeLessThan(tolerance);
const named = ([r, alpha, a, b]: number[]) => ({ r: r!, alpha: alpha!, a: a!, b: b! });
const historyOf = ({ x, tx, T }: Pick<Point, 'x' | 'tx' | 'T'>) => ({ frequency: x, recency: tx, age: T });

describe.skipIf(!hasReference)('the reference points', () => {
  const points = hasReference ? JSON.parse(readFileSync(file, 'utf8')) : {};

  it.each([
    ['BGNBD', bgNbd, BG_NBD_KIND],
    ['MBGNBD', mbgNbd, MBG_NBD_KIND],
  ])('of %s are met to 1e-9', (key, model, kind) => {
    const { params, rows, E_X_t, pmf_t39, pmf_t30_n11_20, pmf_t2_n10 } = points[key];
    const p = named(params);
    for (const row of rows as Point[]) {
      near(model.logLikelihood(p, historyOf(row)), row.ll);
      near(model.pAlive(p, historyOf(row)), row.palive);
      for (const t of [1, 39, 52, 520]) near(model.expectedPurchases(p, historyOf(row), t), row[`cet${t}`]!);
    }
    for (const [t, expected] of Object.entries(E_X_t as Record<string, number>)) {
      near(model.expectedOfNew(p, Number(t)), expected);
    }
    const in39 = orderProbabilities(p, kind, 39, 20);
    for (const [n, expected] of (pmf_t39 as number[]).entries()) near(in39[n]!, expected);
    const in30 = orderProbabilities(p, kind, 30, 20);
    for (const [i, expected] of ((pmf_t30_n11_20 ?? []) as number[]).entries()) near(in30[11 + i]!, expected);
    if (pmf_t2_n10) near(orderProbabilities(p, kind, 2, 10)[10]!, pmf_t2_n10);
  });

  it('of the edge cases are met to 1e-9', () => {
    for (const edge of points.edge_cases_BGNBD) {
      near(bgNbd.logLikelihood(named(edge.params), historyOf(edge)), edge.ll);
      near(bgNbd.pAlive(named(edge.params), historyOf(edge)), edge.palive);
      near(bgNbd.expectedPurchases(named(edge.params), historyOf(edge), edge.t), edge.cet);
    }
  });
});

const FOUR = { r: 0.6, alpha: 6.2, a: 0.9, b: 1.6 };
const MODELS = [
  ['BG/NBD', bgNbd, 1],
  ['MBG/NBD', mbgNbd, 1],
  ['BG/CNBD-3', bgCnbdK, 3],
  ['MBG/CNBD-3', mbgCnbdK, 3],
] as const;
const HISTORIES = [
  { frequency: 0, recency: 0, age: 20, logGaps: 0 },
  { frequency: 2, recency: 17, age: 20, logGaps: 3.9 },
  { frequency: 9, recency: 20, age: 20, logGaps: 6 },
];

describe.each(MODELS)('the %s', (name, model, k) => {
  const p = { ...FOUR, k };

  it('gives the same for time in other units', () => {
    const scaled = { ...p, alpha: 10 * p.alpha };
    for (const h of HISTORIES) {
      const longer = { ...h, recency: 10 * h.recency, age: 10 * h.age };
      near(model.pAlive(scaled, longer), model.pAlive(p, h), 1e-13);
      near(model.expectedPurchases(scaled, longer, 300), model.expectedPurchases(p, h, 30), 1e-13);
    }
  });

  it('gives orders that its rate adds up to, and that a discount lessens', () => {
    const steps = 2000;
    for (const h of HISTORIES) {
      let sum = 0;
      let worth = 0;
      for (let i = 0; i < steps; i++) {
        const at = ((i + 0.5) / steps) * 52;
        sum += (52 / steps) * model.purchaseRate(p, h, at);
        worth += (52 / steps) * model.purchaseRate(p, h, at) * Math.exp(-0.05 * at);
      }
      near(sum, model.expectedPurchases(p, h, 52), 1e-4);
      near(worth, model.discountedPurchases(p, h, { horizon: 52, rate: 0.05 }), 1e-4);
      near(
        model.discountedPurchases(p, h, { horizon: 52, rate: 1e-9 }),
        model.expectedPurchases(p, h, 52),
        1e-7,
      );
    }
  });

  it('discounts as many short increments would, to nine digits', () => {
    const h = HISTORIES[1]!;
    /** Increments of E, discounted at their middle; the error falls with the square of their length (Richardson). */
    const by = (steps: number) => {
      let sum = 0;
      let before = 0;
      for (let i = 0; i < steps; i++) {
        const now = model.expectedPurchases(p, h, ((i + 1) / steps) * 80);
        sum += (now - before) * Math.exp(-0.1 * ((i + 0.5) / steps) * 80);
        before = now;
      }
      return sum;
    };
    const limit = (4 * by(1600) - by(800)) / 3;
    near(model.discountedPurchases(p, h, { horizon: 80, rate: 0.1 }), limit, 1e-8);
  });

  it('wants an end to discount to', () => {
    const endless = { horizon: Number.POSITIVE_INFINITY, rate: 0.1 };
    expect(() => model.discountedPurchases(p, HISTORIES[0]!, endless)).toThrow(/finite horizon/);
  });

  it('has probabilities of orders that add up to 1 and to the expected orders', () => {
    const probabilities = orderProbabilities(p, { firstCoin: name.startsWith('M') ? 1 : 0, k }, 30, 400);
    const sum = probabilities.reduce((total, value) => total + value, 0);
    const mean = probabilities.reduce((total, value, n) => total + n * value, 0);
    near(sum, 1, 1e-12);
    near(mean, model.expectedOfNew(p, 30), 1e-10);
  });

  it('draws futures as it expects them', () => {
    const random = seededRandom(5);
    const draws = 20_000;
    for (const h of HISTORIES) {
      let orders = 0;
      let squares = 0;
      let active = 0;
      let alive = 0;
      for (let i = 0; i < draws; i++) {
        const { purchases, lifetime } = model.drawFuture(p, h, 40, random);
        orders += purchases.length;
        squares += purchases.length ** 2;
        if (purchases.length > 0) active++;
        if (lifetime > 0) alive++;
        expect(purchases.every((at, n) => at > (purchases[n - 1] ?? 0) && at < 40)).toBe(true);
        if (lifetime > 0 && lifetime < 40) expect(purchases.at(-1)).toBe(lifetime);
      }
      const mean = orders / draws;
      const error = Math.sqrt((squares / draws - mean * mean) / draws);
      expect(Math.abs(mean - model.expectedPurchases(p, h, 40)) / error).toBeLessThan(4.5);
      for (const [count, probability] of [
        [active, model.pActive(p, h, 40)],
        [alive, model.pAlive(p, h)],
      ] as const) {
        const spread = Math.sqrt((probability * (1 - probability)) / draws) + 1e-9;
        expect(Math.abs(count / draws - probability) / spread).toBeLessThan(4.5);
      }
    }
  });
});

/**
 * From first principles: the likelihood of a given rate λ and coin p, and the orders to expect of them, averaged over their
 * densities by trapezoids in ln λ and ln(p / (1 − p)), whose constants come from the same trapezoids.
 */
function firstPrinciples(
  four: typeof FOUR,
  k: number,
  firstCoin: 0 | 1,
  h: (typeof HISTORIES)[number],
  time: number,
) {
  const { frequency: x, recency, age } = h;
  const coins = x + firstCoin;
  const waited = age - recency;
  /** Σ over rates: still in the running gap, ordered last, and gaps leaving time for n orders. */
  let waits = 0;
  let ordered = 0;
  const counts = new Float64Array(500);
  for (const { u, weight } of grid((log) => four.r * log - four.alpha * Math.exp(log))) {
    const rate = Math.exp(u);
    const last = weight * Math.exp(k * x * u - rate * recency);
    ordered += last;
    let stage = last * Math.exp(-rate * waited);
    for (let j = 0; j < k; j++) {
      if (j > 0) stage *= (rate * waited) / j;
      waits += stage;
      let arrival = stage * Math.exp(-rate * time);
      for (let m = 0; m < 400; m++) {
        if (m > 0) arrival *= (rate * time) / m;
        counts[Math.floor((j + m) / k)]! += arrival;
      }
    }
  }
  let living = 0;
  let stopped = 0;
  let orders = 0;
  for (const { u, weight } of grid(
    (l) => -four.a * Math.log1p(Math.exp(-l)) - four.b * Math.log1p(Math.exp(l)),
  )) {
    const p = 1 / (1 + Math.exp(-u));
    const q = 1 / (1 + Math.exp(u));
    living += weight * q ** coins * waits;
    if (coins > 0) stopped += weight * p * q ** (coins - 1) * ordered;
    counts.forEach((count, n) => {
      orders += weight * q ** coins * count * (p < 1e-9 ? n : -Math.expm1(n * Math.log(q)) / p);
    });
  }
  return {
    likelihood: living + stopped,
    pAlive: living / (living + stopped),
    expected: orders / (living + stopped),
  };
}

/** Points u with weights that add up to 1, proportional to e^(logWeight(u)). */
function grid(logWeight: (u: number) => number) {
  const points: { u: number; weight: number }[] = [];
  for (let u = -60; u <= 60; u += 0.08) points.push({ u, weight: Math.exp(logWeight(u)) });
  const sum = points.reduce((total, { weight }) => total + weight, 0);
  return points.map(({ u, weight }) => ({ u, weight: weight / sum }));
}

describe('from first principles', () => {
  it.each([
    [bgNbd, 1, 0],
    [mbgNbd, 1, 1],
    [bgCnbdK, 2, 0],
    [mbgCnbdK, 3, 1],
  ] as const)('likelihood, P(alive) and orders are those of the process (%#)', (model, k, firstCoin) => {
    const p = { ...FOUR, k };
    for (const h of HISTORIES.map(({ frequency, ...rest }) => ({
      ...rest,
      frequency: Math.min(frequency, 4),
    }))) {
      const direct = firstPrinciples(FOUR, k, firstCoin, h, 9);
      const gaps = (k - 1) * h.logGaps - h.frequency * Math.log([1, 1, 1, 2][k]!);
      near(model.logLikelihood(p, h), Math.log(direct.likelihood) + gaps, 1e-9);
      near(model.pAlive(p, h), direct.pAlive, 1e-9);
      near(model.expectedPurchases(p, h, 9), direct.expected, 1e-9);
    }
  });
});

describe('regular gaps', () => {
  it('make who is overdue less likely to be alive, and the next order nearer', () => {
    const overdue = { frequency: 10, recency: 20, age: 24, logGaps: 10 * Math.log(2) };
    const chances = [1, 2, 4, 8].map((k) => mbgCnbdK.pAlive({ ...FOUR, alpha: 6.2 / k, k }, overdue));
    expect(chances).toEqual([...chances].sort((one, other) => other - one));
  });

  it('cannot be judged without the logarithms of the gaps', () => {
    const h = { frequency: 2, recency: 3, age: 9 };
    expect(() => bgCnbdK.logLikelihood({ ...FOUR, k: 2 }, h)).toThrow(/logGaps/);
    expect(bgCnbdK.logLikelihood({ ...FOUR, k: 1 }, h)).toBe(bgNbd.logLikelihood(FOUR, h));
  });
});
