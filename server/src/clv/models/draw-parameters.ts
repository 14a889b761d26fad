import { factorise } from '../../stats/cholesky';
import { sampleNormal } from '../../stats/sample-normal';
import type { Random } from '../../stats/seeded-random';
import type { Fit, Interval } from './types';

type Drawable<Name extends string> = Pick<Fit<Name>, 'parameters' | 'covariance'>;

/**
 * Draws parameters as they might have come out: their logarithms from the normal distribution that the fit reports. Without
 * a covariance they are taken for certain, each draw the same.
 */
export function parameterDraws<Name extends string>({
  parameters,
  covariance,
}: Drawable<Name>): (random: Random) => Record<Name, number> {
  const names = Object.keys(parameters) as Name[];
  /** A parameter that the fit held fixed, as k of the regular models, has no variance and stays what it is. */
  const free = names.map((_, i) => i).filter((i) => (covariance?.[i]?.[i] ?? 0) > 0);
  const n = free.length;
  const factor = Float64Array.from(free.flatMap((i) => free.map((j) => covariance![i]![j]!)));
  if (n === 0 || !factorise(factor, n)) return () => parameters;
  return (random) => {
    const z = free.map(() => sampleNormal(random));
    const drawn = { ...parameters };
    free.forEach((place, i) => {
      let shift = 0;
      for (let k = 0; k <= i; k++) shift += factor[i * n + k]! * z[k]!;
      drawn[names[place]!] *= Math.exp(shift);
    });
    return drawn;
  };
}

export interface DrawOptions {
  random: Random;
  /** 1,000 unless told. */
  draws?: number;
  /** 0.95 unless told. */
  confidence?: number;
}

/**
 * Interval of anything that follows from the parameters, by drawing them: it says what the fit does not know, not what
 * chance will do to one customer (`predictiveInterval` does).
 *
 * @returns null when the data do not identify the parameters, and nothing can be said of how wrong they may be
 */
export function parameterInterval<Name extends string>(
  fit: Drawable<Name>,
  of: (parameters: Record<Name, number>) => number,
  { random, draws = 1000, confidence = 0.95 }: DrawOptions,
): Interval | null {
  if (!fit.covariance) return null;
  const draw = parameterDraws(fit);
  const values = Float64Array.from({ length: draws }, () => of(draw(random))).sort();
  const at = (share: number) => values[Math.round(share * (draws - 1))]!;
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) };
}
