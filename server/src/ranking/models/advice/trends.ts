import { benjaminiHochberg } from '../../../stats/benjamini-hochberg';
import { normalCdf } from '../../../stats/normal-cdf';
import { normalQuantile } from '../../../stats/normal-quantile';
import type { Trend } from '../../advice/api-types';
import { empiricalNull, type ItemEffect } from '../empirical-null';
import type { Exposures } from '../exposures';
import { NEEDED } from '../verdict';
import type { Times } from './times';

export type ItemTrend = Omit<Trend, 'contentId'> & { item: number };

export interface Trends {
  /** Items that were out long enough, and read often enough, to have a before. */
  pieces: number;
  asked: number;
  /** The strongest change first. */
  fading: ItemTrend[];
  rising: ItemTrend[];
}

export const WEEK = 7 * 86_400_000;
export const MONTH = (365.25 / 12) * 86_400_000;
export const RECENT_WEEKS = 12;
/** Of the before, at most and at least. */
const BEFORE_WEEKS = 52;
const LEAST_WEEKS = 12;
const PERIOD = 4 * WEEK;
const PERIODS = (RECENT_WEEKS + BEFORE_WEEKS) / 4;

const REACH = normalQuantile(0.975);

interface Counted {
  item: number;
  readersBefore: number;
  recentReaders: number;
  before: number;
  recent: number;
  periods: number[];
  effect: ItemEffect;
}

/**
 * Which winners are fading, and which are rising. New readers of the last twelve weeks are held against those of the year
 * before, or as much of it as the item was out: the logarithm of the rate ratio of two Poisson counts, each with a half added
 * (J. Haldane, "The estimation and significance of the logarithm of a ratio of frequencies", Annals of Human Genetics 20,
 * 1956). Most items lose readers as they age, a season moves all of them, and counts scatter more than Poisson's: so an item
 * is judged by how far it is from the typical item of its age, with the spread of ordinary items in its error
 * (`empirical-null`, along the logarithm of age in the place of reach). An item that is read more than before does not fade,
 * whatever others do.
 *
 * @param isAsked whether an item is a winner; q-values are over those
 */
export function trendsOf(
  exposures: Exposures,
  times: Times,
  isAsked: (item: number) => boolean,
  fdr: number,
): Trends {
  const counted = Array.from({ length: exposures.contents }, (_, item) =>
    countedOf(exposures, times, item),
  ).flatMap((one) => one ?? []);
  const typical = empiricalNull(counted.map(({ effect }) => effect));
  if (!typical) return { pieces: counted.length, asked: 0, fading: [], rising: [] };
  const asked = counted.filter(({ item }) => isAsked(item));
  const judged = asked.map(({ effect: { effect, standardError, exposed }, ...rest }) => {
    const ordinary = typical.typical(exposed);
    const relative = effect - ordinary.effect;
    const error = Math.hypot(standardError, typical.spread, ordinary.standardError);
    return { ...rest, effect, ordinary: ordinary.effect, relative, error };
  });
  const qValues = benjaminiHochberg(
    judged.map(({ relative, error }) => 2 * normalCdf(-Math.abs(relative / error))),
  );
  const trends = judged.map(({ effect, ordinary, relative, error, ...rest }, i): ItemTrend => {
    return {
      ...rest,
      ratio: Math.exp(effect),
      typicalRatio: Math.exp(ordinary),
      relative: {
        value: Math.exp(relative),
        low: Math.exp(relative - REACH * error),
        high: Math.exp(relative + REACH * error),
      },
      qValue: qValues[i]!,
    };
  });
  const clear = trends.filter(({ qValue }) => qValue <= fdr);
  return {
    pieces: counted.length,
    asked: asked.length,
    fading: clear
      .filter(({ relative, ratio }) => relative.high < 1 && ratio < 1)
      .sort((a, b) => a.relative.value - b.relative.value),
    rising: clear
      .filter(({ relative, ratio }) => relative.low > 1 && ratio > 1)
      .sort((a, b) => b.relative.value - a.relative.value),
  };
}

/** The new readers of an item, of late and before; nothing where there is too little of a before. */
function countedOf({ start, firstAt }: Exposures, times: Times, item: number): Counted | null {
  const { until } = times;
  const turn = until - RECENT_WEEKS * WEEK;
  const from = Math.max(times.outSince[item]!, times.since, turn - BEFORE_WEEKS * WEEK);
  if (!(turn - from >= LEAST_WEEKS * WEEK)) return null;
  const periods = new Array<number>(PERIODS).fill(0);
  let readersBefore = 0;
  let recentReaders = 0;
  for (let i = start[item]!; i < start[item + 1]!; i++) {
    const at = firstAt[i]!;
    if (at < from || at > until) continue;
    if (at > turn) recentReaders++;
    else readersBefore++;
    const back = Math.min(PERIODS - 1, Math.floor((until - at) / PERIOD));
    periods[PERIODS - 1 - back]!++;
  }
  if (readersBefore < NEEDED) return null;
  const [a, b] = [recentReaders + 0.5, readersBefore + 0.5];
  const months = { recent: (until - turn) / MONTH, before: (turn - from) / MONTH };
  return {
    item,
    readersBefore,
    recentReaders,
    before: readersBefore / months.before,
    recent: recentReaders / months.recent,
    periods: periods.slice(PERIODS - Math.ceil((until - from) / PERIOD)),
    effect: {
      effect: Math.log(a / months.recent / (b / months.before)),
      standardError: Math.sqrt(1 / a + 1 / b),
      exposed: times.age(item),
    },
  };
}
