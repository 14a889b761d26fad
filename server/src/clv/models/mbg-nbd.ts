import { BETA_GEOMETRIC_NAMES, fitBetaGeometric } from './beta-geometric-fit';
import type {
  BetaGeometricKind,
  BetaGeometricName,
  BetaGeometricParameters,
} from './beta-geometric-likelihood';
import { betaGeometricPredictions } from './beta-geometric-model';
import type { TransactionModel } from './types';
import { uniqueHistories } from './unique-histories';

export const MBG_NBD_KIND: BetaGeometricKind = { firstCoin: 1, k: 1 };

/**
 * The MBG/NBD: the BG/NBD whose customers may stop after their first order already, so that a one-time buyer's P(alive)
 * is known. E. Batislam, M. Denizel and A. Filiztekin, "Empirical validation and comparison of models for customer base
 * analysis", Int. J. Research in Marketing 24 (2007).
 */
export const mbgNbd: TransactionModel<BetaGeometricName> = {
  name: 'mbg-nbd',
  parameterNames: BETA_GEOMETRIC_NAMES,
  fit: ({ frequency, recency, age, weight }, options) =>
    fitBetaGeometric(uniqueHistories({ frequency, recency, age, weight }), MBG_NBD_KIND, options),
  ...betaGeometricPredictions<BetaGeometricParameters>(() => MBG_NBD_KIND),
};
