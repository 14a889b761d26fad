import { normalDensity } from './normal-cdf';

const STEPS = 300;
const ENOUGH = 1e-6;
/** Parts differ in width by this. */
const RATIO = Math.SQRT2;

/**
 * Posterior means of many true values, most of which may be exactly zero: each true value is taken from a mixture of a point at zero
 * and normal distributions around zero of many widths, whose weights are fitted to all estimates by expectation and
 * maximisation. M. Stephens, "False discovery rates: a new deal", Biostatistics 18 (2017), with its grid of widths and without
 * its penalty in favour of zero, which is for error rates and not for means. Unlike one normal distribution it leaves large
 * values nearly as they are where most are small.
 *
 * @param estimates with standard errors above zero
 */
export function adaptiveShrinkage(estimates: { value: number; standardError: number }[]): number[] {
  if (estimates.length === 0) return [];
  const widths = widthsOf(estimates);
  const densities = estimates.map(({ value, standardError }) =>
    widths.map((width) => {
      const spread = Math.hypot(width, standardError);
      return normalDensity(value / spread) / spread;
    }),
  );
  const weights = weightsOf(densities, widths.length);
  return estimates.map(({ value, standardError }, i) => {
    const belongs = belonging(densities[i]!, weights);
    return belongs.reduce((mean, part, k) => {
      const towards = widths[k]! ** 2 / (widths[k]! ** 2 + standardError ** 2);
      return mean + part * towards * value;
    }, 0);
  });
}

/** Zero, and from a tenth of the smallest error on up to where the largest estimate lies. */
function widthsOf(estimates: { value: number; standardError: number }[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const { value, standardError } of estimates) {
    least = Math.min(least, standardError / 10);
    most = Math.max(most, 2 * Math.sqrt(Math.max(0, value ** 2 - standardError ** 2)));
  }
  const widths = [0];
  for (let width = least; width < RATIO * most; width *= RATIO) widths.push(width);
  return widths;
}

function weightsOf(densities: number[][], parts: number): number[] {
  let weights = new Array<number>(parts).fill(1 / parts);
  for (let step = 0; step < STEPS; step++) {
    const next = new Array<number>(parts).fill(0);
    for (const density of densities) {
      for (const [k, part] of belonging(density, weights).entries()) next[k]! += part;
    }
    const sum = next.reduce((total, weight) => total + weight, 0);
    let moved = 0;
    for (let k = 0; k < parts; k++) {
      next[k]! /= sum;
      moved = Math.max(moved, Math.abs(next[k]! - weights[k]!));
    }
    weights = next;
    if (moved < ENOUGH) break;
  }
  return weights;
}

/** The share of each part in what makes an estimate likely; all of it the widest part's where nothing does. */
function belonging(density: number[], weights: number[]): number[] {
  const shares = density.map((likely, k) => likely * weights[k]!);
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum > 0 ? shares.map((share) => share / sum) : shares.map((_, k) => Number(k === shares.length - 1));
}
