import { factorise } from '../../stats/cholesky';
import { sampleNormal } from '../../stats/sample-normal';
import type { Random } from '../../stats/seeded-random';
import type { Fit, Interval } from './types';

/**
 * Parameters as they might have come out: drawn from the normal distribution of their logarithms that the fit reports.
 *
 * @returns null when the data do not identify the parameters, and nothing can be said of how wrong they may be
 */
export function parameterDraws<Name extends string>(
  { parameters, covariance }: Pick<Fit<Name>, 'parameters' | 'covariance'>,
  random: Random,
): (() => Record<Name, number>) | null {
  if (!covariance) return null;
  const n = covariance.length;
  const factor = Float64Array.from(covariance.flat());
  if (!factorise(factor, n)) return null;
  const names = Object.keys(parameters) as Name[];
  return () => {
    const z = names.map(() => sampleNormal(random));
    const drawn = names.map((name, i) => {
      let shift = 0;
      for (let k = 0; k <= i; k++) shift += factor[i * n + k]! * z[k]!;
      return [name, parameters[name] * Math.exp(shift)];
    });
    return Object.fromEntries(drawn) as Record<Name, number>;
  };
}

export interface DrawOptions {
  random: Random;
  /** 1,000 unless told. */
  draws?: number;
  /** 0.95 unless told. */
  level?: number;
}

/**
 * Interval of anything that follows from the parameters, by drawing them: it says what the fit does not know, not what
 * chance will do to one customer (`drawFuture` does).
 *
 * @returns null when the data do not identify the parameters
 */
export function parameterInterval<Name extends string>(
  fit: Pick<Fit<Name>, 'parameters' | 'covariance'>,
  of: (parameters: Record<Name, number>) => number,
  { random, draws = 1000, level = 0.95 }: DrawOptions,
): Interval | null {
  const draw = parameterDraws(fit, random);
  if (!draw) return null;
  const values = Float64Array.from({ length: draws }, () => of(draw())).sort();
  const at = (share: number) => values[Math.round(share * (draws - 1))]!;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
