import { bonettWrightInterval } from '../../stats/bonett-wright-interval';
import { mannWhitney } from '../../stats/mann-whitney';
import { rankBiserial } from '../../stats/rank-biserial';
import type { RankSums } from '../../stats/rank-sums';
import { ratioOfMeans } from '../../stats/ratio-of-means';
import type { Sample } from '../../stats/sample';
import { welchDifference } from '../../stats/welch-difference';
import type { Figures } from '../api-types';
import type { ItemSums } from './item-sums';
import { medianFromBins } from './median-from-bins';
import type { Population } from './population';

/**
 * Compares the persons who took an item with all others of the population, from sums alone. Spearman's ρ of the
 * yes-or-no exposure with the value is the correlation of the exposure with the value's mid-ranks. Amounts stay in the
 * unit of the values; a figure that is not defined is null.
 */
export function association(
  population: Population,
  sums: ItemSums,
): Omit<Figures, 'qValue' | 'score' | 'verdict'> {
  const { size } = population;
  const n1 = sums.exposed;
  const n0 = size - n1;
  const groups: RankSums = { n1, n0, rankSum: sums.rankSum, ties: population.ties };
  const varies = population.rankSquares > 0;

  const above = sums.rankSum - (n1 * (size + 1)) / 2;
  const rho = above / Math.sqrt(((n1 * n0) / size) * population.rankSquares);
  const rhoInterval = bonettWrightInterval(rho, size);

  const exposed = sample(n1, sums.deviationSum, sums.deviationSquares, population.centre);
  const unexposed = sample(
    n0,
    population.deviationSum - sums.deviationSum,
    population.deviationSquares - sums.deviationSquares,
    population.centre,
  );
  const welch = welchDifference(exposed, unexposed);
  const ratio = ratioOfMeans(exposed, unexposed);

  return {
    exposed: n1,
    unexposed: n0,
    rho: orNull(rho),
    rhoLow: orNull(rhoInterval.low),
    rhoHigh: orNull(rhoInterval.high),
    pValue: orNull(mannWhitney(groups).pValue),
    rankBiserial: varies ? orNull(rankBiserial(groups)) : null,
    meanExposed: orNull(exposed.mean),
    meanUnexposed: orNull(unexposed.mean),
    medianExposed: medianFromBins(population.bins, (bin) => sums.exposedByBin[bin]!),
    medianUnexposed: medianFromBins(
      population.bins,
      (bin) => population.bins[bin]!.count - sums.exposedByBin[bin]!,
    ),
    difference: orNull(welch.difference),
    differenceLow: orNull(welch.low),
    differenceHigh: orNull(welch.high),
    ratio: orNull(ratio.ratio),
    ratioLow: orNull(ratio.low),
    ratioHigh: orNull(ratio.high),
    adjustedRho: null,
    adjustedRhoLow: null,
    adjustedRhoHigh: null,
    adjustedDifference: null,
    adjustedDifferenceLow: null,
    adjustedDifferenceHigh: null,
    excess: null,
    excessLow: null,
    excessHigh: null,
    readers: sums.readers,
    readersAlreadyCustomers: sums.readersAlreadyCustomers,
  };
}

/** A group's mean and variance from its deviations from the population's centre. */
function sample(n: number, deviationSum: number, deviationSquares: number, centre: number): Sample {
  if (n === 0) return { n, mean: Number.NaN, variance: Number.NaN };
  const deviation = deviationSum / n;
  const squares = Math.max(0, deviationSquares - n * deviation * deviation);
  return { n, mean: centre + deviation, variance: n < 2 ? Number.NaN : squares / (n - 1) };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
