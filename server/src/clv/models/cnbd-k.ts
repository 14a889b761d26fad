import {
  BETA_GEOMETRIC_NAMES,
  BETA_GEOMETRIC_STARTS,
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

/**
 * The (M)BG/CNBD-k for customers who order regularly: the (M)BG/NBD with gaps of k exponential stages (Erlang), which are the
 * more even the larger k is; k = 1 is the (M)BG/NBD. T. Reutterer, M. Platzer and N. Schröder, "Leveraging purchase
 * regularity for predicting customer behavior the easy way", Int. J. Research in Marketing 38 (2021).
 *
 * k is a whole number that the fit chooses by likelihood from 1 to 12; the standard errors of the others are given k, and
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

/** The likelihood has one peak in k as far as data go: the search ends when it has fallen twice. */
function fitStages(histories: Histories, firstCoin: 0 | 1, options?: FitOptions): Fit<RegularName> {
  const { frequency, recency, age, weight } = histories;
  const rows = uniqueHistories({ frequency, recency, age, weight });
  const unit = largestAge(rows);
  let best: { k: number; fit: Fit<BetaGeometricName>; logLikelihood: number } | undefined;
  let starts: readonly (readonly number[])[] = BETA_GEOMETRIC_STARTS;
  let iterations = 0;
  for (let k = 1; k <= MOST_STAGES && k <= (best?.k ?? 1) + 2; k++) {
    const fit = fitBetaGeometric(rows, { firstCoin, k }, options, starts);
    const logLikelihood = fit.logLikelihood + sumOfGaps(histories, k);
    iterations += fit.iterations;
    if (!best || logLikelihood > best.logLikelihood) best = { k, fit, logLikelihood };
    const { r, alpha, a, b } = fit.parameters;
    starts = [[r, ((alpha / unit) * (k + 1)) / k, a, b], ...BETA_GEOMETRIC_STARTS];
  }
  const { k, fit, logLikelihood } = best!;
  return {
    ...fit,
    parameters: { k, ...fit.parameters },
    standardErrors: fit.standardErrors && { k: 0, ...fit.standardErrors },
    covariance: fit.covariance && [[0, 0, 0, 0, 0], ...fit.covariance.map((row) => [0, ...row])],
    logLikelihood,
    iterations,
  };
}

function sumOfGaps({ frequency, weight, logGaps }: Histories, k: number): number {
  if (!logGaps) throw new RangeError('regular gaps need their logarithms: the histories have no `logGaps`');
  let sum = 0;
  for (let i = 0; i < weight.length; i++) sum += weight[i]! * gapTerm(k, frequency[i]!, logGaps[i]);
  return sum;
}
