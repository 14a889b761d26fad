import {
  BETA_GEOMETRIC_NAMES,
  BETA_GEOMETRIC_STARTS,
  everyNth,
  fitBetaGeometric,
  largestAge,
} from './beta-geometric-fit';
import { type BetaGeometricName, type BetaGeometricParameters, gapTerm } from './beta-geometric-likelihood';
import { betaGeometricPredictions } from './beta-geometric-model';
import type { Fit, FitOptions, Histories, TransactionModel } from './types';
import { uniqueHistories } from './unique-histories';

export type RegularName = 'k' | BetaGeometricName;
export type RegularParameters = BetaGeometricParameters & { k: number };

const MOST_STAGES = 12;
/** Of many more customers than this, about so many choose k. */
const SAMPLE = 20_000;

/**
 * The (M)BG/CNBD-k for customers who order regularly: the (M)BG/NBD with gaps of k exponential stages (Erlang), which are the
 * more even the larger k is; k = 1 is the (M)BG/NBD. T. Reutterer, M. Platzer and N. Schröder, "Leveraging purchase
 * regularity for predicting customer behavior the easy way", Int. J. Research in Marketing 38 (2021).
 *
 * k is a whole number that the fit chooses by likelihood from 1 to 12 (on a part of many customers); the standard errors of the others are given k, and
 * its own is 0. Histories need `logGaps`, without which no two k can be compared.
 */
export const bgCnbdK = regular('bg-cnbd-k', 0);
/** The same with customers who may stop after their first order: see `mbgNbd`. */
export const mbgCnbdK = regular('mbg-cnbd-k', 1);

function regular(name: 'bg-cnbd-k' | 'mbg-cnbd-k', firstCoin: 0 | 1): TransactionModel<RegularName> {
  return {
    name,
    parameterNames: ['k', ...BETA_GEOMETRIC_NAMES],
    fit: (histories, options) => fitStages(histories, firstCoin, options),
    ...betaGeometricPredictions<RegularParameters>(({ k }) => ({ firstCoin, k })),
  };
}

function fitStages(histories: Histories, firstCoin: 0 | 1, options?: FitOptions): Fit<RegularName> {
  const every = Math.ceil(histories.age.length / SAMPLE);
  const chosen = chooseStages(every > 2 ? everyNth(histories, every) : histories, firstCoin, options);
  const fit = every > 2 ? fitWith(histories, firstCoin, chosen.k, options, [chosen.start]) : chosen.fit;
  const { k } = chosen;
  return {
    ...fit,
    parameters: { k, ...fit.parameters },
    standardErrors: fit.standardErrors && { k: 0, ...fit.standardErrors },
    covariance: fit.covariance && [[0, 0, 0, 0, 0], ...fit.covariance.map((row) => [0, ...row])],
  };
}

/** The likelihood has one peak in k as far as data go: the search ends when it has fallen twice. */
function chooseStages(histories: Histories, firstCoin: 0 | 1, options?: FitOptions) {
  const unit = largestAge(histories);
  let best: { k: number; fit: Fit<BetaGeometricName>; start: number[] } | undefined;
  let start: number[] | undefined;
  for (let k = 1; k <= MOST_STAGES && k <= (best?.k ?? 1) + 2; k++) {
    const fit = fitWith(histories, firstCoin, k, options, start && [start]);
    const { r, alpha, a, b } = fit.parameters;
    if (!best || fit.logLikelihood > best.fit.logLikelihood)
      best = { k, fit, start: [r, alpha / unit, a, b] };
    start = [r, ((alpha / unit) * (k + 1)) / k, a, b];
  }
  return best!;
}

function fitWith(
  histories: Histories,
  firstCoin: 0 | 1,
  k: number,
  options?: FitOptions,
  starts: readonly (readonly number[])[] = [],
): Fit<BetaGeometricName> {
  const { frequency, recency, age, weight } = histories;
  const rows = uniqueHistories({ frequency, recency, age, weight });
  const fit = fitBetaGeometric(rows, { firstCoin, k }, options, [...starts, ...BETA_GEOMETRIC_STARTS]);
  return { ...fit, logLikelihood: fit.logLikelihood + sumOfGaps(histories, k) };
}

function sumOfGaps({ frequency, weight, logGaps }: Histories, k: number): number {
  if (!logGaps) throw new RangeError('regular gaps need their logarithms: the histories have no `logGaps`');
  let sum = 0;
  for (let i = 0; i < weight.length; i++) sum += weight[i]! * gapTerm(k, frequency[i]!, logGaps[i]);
  return sum;
}
