import { median } from '../../stats/median';
import { normalDensity } from '../../stats/normal-cdf';

/** The adjusted effect of one item, and how widely it was read. */
export interface ItemEffect {
  effect: number;
  standardError: number;
  /** Persons exposed. */
  exposed: number;
}

/** What an ordinary item of some reach looks like. */
export interface EmpiricalNull {
  /** Effect of the ordinary item, and the standard error of that, for an item read by so many. */
  typical(exposed: number): { effect: number; standardError: number };
  /** By how much ordinary items differ beyond chance (standard deviation). */
  spread: number;
  /** Share of the items that are taken for ordinary. */
  ordinary: number;
  items: number;
  /** Degrees of freedom of what is known of it: ordinary items, less the numbers that make the line. */
  df: number;
  /** What an item is expected to add beyond the typical one, given that it may well be ordinary: near 0 for most. */
  remarkable(effect: number, standardError: number, exposed: number): number;
}

/** Fewer items than this show no bulk of ordinary ones. */
export const ITEMS_NEEDED = 15;
const STEPS = 200;
const ENOUGH = 1e-9;
const HALVINGS = 40;
/** Numbers that make the line. */
const FITTED = 2;

/**
 * The empirical null: most items are ordinary, their effects lie around a line in the logarithm of reach, and scatter by
 * chance and a little more; the others lie anywhere. B. Efron, "Large-scale simultaneous hypothesis testing: the choice of
 * a null hypothesis", JASA 99 (2004), here with a standard error of each item's own, as a mixture of two normal
 * distributions fitted by expectation and maximisation: the ordinary items, and the wide rest, which keeps remarkable
 * items from moving what is ordinary.
 *
 * @returns null for fewer than 15 items
 */
export function empiricalNull(items: ItemEffect[]): EmpiricalNull | null {
  if (items.length < ITEMS_NEEDED) return null;
  const x = centredLogs(items.map(({ exposed }) => exposed));
  let line: Line = { intercept: median(items.map(({ effect }) => effect)), slope: 0, variances: [0, 0, 0] };
  let spread = 0;
  let share = 0.8;
  let wide = wideStart(items, line);
  for (let step = 0; step < STEPS; step++) {
    const residuals = items.map(({ effect }, i) => effect - line.intercept - line.slope * x.of(i));
    const belongs = items.map(({ standardError }, i) => {
      const own = Math.hypot(standardError, spread);
      const ordinary = share * density(residuals[i]!, own);
      const other = (1 - share) * density(residuals[i]!, Math.hypot(own, wide));
      return ordinary + other > 0 ? ordinary / (ordinary + other) : 0;
    });
    const next = weightedLine(items, x.of, belongs, spread);
    const nextSpread = spreadOf(items, residuals, belongs);
    wide = wideOf(items, residuals, belongs, spread, wide);
    share = Math.min(0.98, Math.max(0.5, belongs.reduce((sum, b) => sum + b, 0) / items.length));
    const moved = Math.abs(next.intercept - line.intercept) + Math.abs(nextSpread - spread);
    line = next;
    spread = nextSpread;
    if (moved < ENOUGH) break;
  }
  const [a, ab, b] = line.variances;
  const typical = (exposed: number) => {
    const at = x.at(exposed);
    return {
      effect: line.intercept + line.slope * at,
      standardError: Math.sqrt(Math.max(0, a + 2 * ab * at + b * at * at)),
    };
  };
  return {
    typical,
    spread,
    ordinary: share,
    items: items.length,
    df: Math.max(1, share * items.length - FITTED),
    remarkable: (effect, standardError, exposed) => {
      const excess = effect - typical(exposed).effect;
      const own = Math.hypot(standardError, spread);
      const other = (1 - share) * density(excess, Math.hypot(own, wide));
      const belongs = other / (other + share * density(excess, own));
      return excess * (Number.isFinite(belongs) ? belongs : 1) * (wide ** 2 / (wide ** 2 + own ** 2));
    },
  };
}

interface Line {
  intercept: number;
  slope: number;
  /** Variance of the intercept, covariance, variance of the slope. */
  variances: [number, number, number];
}

const density = (x: number, deviation: number) => normalDensity(x / deviation) / deviation;

function centredLogs(exposed: number[]) {
  const logs = exposed.map(Math.log);
  const centre = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  // Beyond the items it was fitted to, a line is a guess.
  const at = (count: number) => Math.min(high, Math.max(low, Math.log(count))) - centre;
  return { at, of: (i: number) => logs[i]! - centre };
}

/** How far items lie apart in all, as a start for the rest. */
function wideStart(items: ItemEffect[], { intercept }: Line): number {
  const squares = items.reduce((sum, { effect }) => sum + (effect - intercept) ** 2, 0);
  return 2 * Math.sqrt(squares / items.length) + 1e-12;
}

/** Weighted least squares in centred logarithms of reach; the slope is drawn to 0 by one more item's worth of doubt. */
function weightedLine(
  items: ItemEffect[],
  x: (i: number) => number,
  belongs: number[],
  spread: number,
): Line {
  let w = 0;
  let wx = 0;
  let wxx = 0;
  let wy = 0;
  let wxy = 0;
  items.forEach(({ effect, standardError }, i) => {
    const weight = belongs[i]! / (standardError ** 2 + spread ** 2);
    w += weight;
    wx += weight * x(i);
    wxx += weight * x(i) ** 2;
    wy += weight * effect;
    wxy += weight * x(i) * effect;
  });
  const determinant = w * wxx - wx * wx;
  if (!(determinant > 1e-9 * w * wxx)) {
    return { intercept: wy / w, slope: 0, variances: [1 / w, 0, 0] };
  }
  const slope = (w * wxy - wx * wy) / determinant;
  return {
    intercept: (wy - slope * wx) / w,
    slope,
    variances: [wxx / determinant, -wx / determinant, w / determinant],
  };
}

/**
 * The likeliest spread of the ordinary items, each counting as far as it is one; restricted, because the line was fitted to
 * the same items (D. Harville, "Maximum likelihood approaches to variance component estimation", JASA 72, 1977).
 */
function spreadOf(items: ItemEffect[], residuals: number[], belongs: number[]): number {
  const slopeAt = (variance: number) => {
    let slope = 0;
    let weights = 0;
    let count = 0;
    items.forEach(({ standardError }, i) => {
      const weight = 1 / (standardError ** 2 + variance);
      slope += belongs[i]! * (weight ** 2 * residuals[i]! ** 2 - weight);
      weights += belongs[i]! * weight;
      count += belongs[i]!;
    });
    return slope + (FITTED * weights) / count;
  };
  if (!(slopeAt(0) > 0)) return 0;
  let low = 0;
  let high = residuals.reduce((most, residual) => Math.max(most, residual ** 2), 0);
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.sqrt((low + high) / 2);
}

/** Standard deviation of the rest beyond that of the ordinary ones. */
function wideOf(items: ItemEffect[], residuals: number[], belongs: number[], spread: number, wide: number) {
  let count = 0;
  let squares = 0;
  items.forEach(({ standardError }, i) => {
    const rest = 1 - belongs[i]!;
    count += rest;
    squares += rest * Math.max(0, residuals[i]! ** 2 - standardError ** 2 - spread ** 2);
  });
  if (!(count > 1e-6)) return wide;
  return Math.max(Math.sqrt(squares / count), 1e-9);
}
