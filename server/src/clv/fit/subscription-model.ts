import { seededRandom } from '../../stats/seeded-random';
import type { Figure, ValueReport } from '../api-types';
import { notEnough } from '../kpis/figure';
import { parameterInterval } from '../models/draw-parameters';
import { type SbgParameters, shiftedBetaGeometric } from '../models/sbg';
import type { FittedSubscription } from './fit-subscription';

/** Renewals that the curve of survival shows, the start included. */
const SHOWN = 25;
/** Billing periods within which a new subscriber's stay is counted: the mean without an end may be infinite. */
const LONGEST = 60;

/** What the report says of how long subscriptions last. */
export function subscriptionModel(
  fitted: FittedSubscription,
  { notEnough: missing }: ValueReport['subscriptions'],
): Pick<ValueReport['subscriptions'], 'model' | 'notEnough'> {
  if (!fitted.parameters) return { model: null, notEnough: missing ?? fitted.notEnough };
  const { parameters, covariance, customers } = fitted;
  const { survival } = shiftedBetaGeometric;
  return {
    model: {
      ...parameters,
      survival: Array.from({ length: SHOWN }, (_, renewals) => survival(parameters, renewals)),
      expectedMonths: tenure(parameters, covariance, fitted.billingMonths, customers),
    },
    notEnough: null,
  };
}

/** Months that somebody new stays, within five years of monthly billing. */
function tenure(
  parameters: SbgParameters,
  covariance: number[][] | null,
  billingMonths: number,
  n: number,
): Figure {
  const horizon = Math.max(1, Math.floor(LONGEST / billingMonths));
  const of = (p: SbgParameters) => shiftedBetaGeometric.expectedTenure(p, horizon) * billingMonths;
  const value = of(parameters);
  if (!Number.isFinite(value)) return notEnough('subscriptions', 0, 1);
  const interval = parameterInterval({ parameters, covariance }, of, { random: seededRandom(1) });
  return { value, low: interval?.low ?? null, high: interval?.high ?? null, n };
}
