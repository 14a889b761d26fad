import { BETA_GEOMETRIC_NAMES, fitBetaGeometric } from './beta-geometric-fit';
import type {
  BetaGeometricKind,
  BetaGeometricName,
  BetaGeometricParameters,
} from './beta-geometric-likelihood';
import { betaGeometricPredictions } from './beta-geometric-model';
import type { TransactionModel } from './types';
import { uniqueHistories } from './unique-histories';

export const BG_NBD_KIND: BetaGeometricKind = { firstCoin: 0, k: 1 };

/**
 * The BG/NBD: orders come at a customer's own rate λ ~ gamma(r, alpha); after each repeat order the customer stops with the
 * own probability p ~ beta(a, b). P. Fader, B. Hardie and K. L. Lee, "Counting your customers the easy way", Marketing
 * Science 24 (2005). Nobody can stop before a repeat order, so P(alive) of a one-time buyer is 1 for ever: ask the MBG/NBD
 * or the Pareto/NBD who has left.
 */
export const bgNbd: TransactionModel<BetaGeometricName> = {
  name: 'bg-nbd',
  parameterNames: BETA_GEOMETRIC_NAMES,
  fit: ({ frequency, recency, age, weight }, options) =>
    fitBetaGeometric(uniqueHistories({ frequency, recency, age, weight }), BG_NBD_KIND, options),
  ...betaGeometricPredictions<BetaGeometricParameters>(() => BG_NBD_KIND),
};
