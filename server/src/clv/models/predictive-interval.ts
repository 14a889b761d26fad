import { seededRandom } from '../../stats/seeded-random';
import { parameterDraws } from './draw-parameters';
import { type GammaGammaName, gammaGamma, type Spend } from './gamma-gamma';
import type { Fit, History, Interval, TransactionModel } from './types';

export interface PredictiveOptions {
  /** How far to look, in time units. */
  horizon: number;
  /** The same seed gives the same interval; give the customer's number as well, or all get the same luck. */
  seed: number;
  customer?: number;
  /** 0.95 unless told. */
  confidence?: number;
  /** How many futures to draw, 2,000 unless told: the limits are then good to about half a per cent of probability. */
  draws?: number;
}

/** What a customer's future may bring; the limits are ones that were drawn. */
export interface Predicted extends Interval {
  mean: number;
  median: number;
}

export interface PredictiveInterval {
  orders: Predicted;
  /** In the currency of the spend model; null without one. */
  spend: Predicted | null;
  draws: number;
  /** False when a fit had no covariance, so that its parameters were taken for certain. */
  parametersUncertain: boolean;
}

/**
 * Prediction interval of one customer's orders, and of what they bring, within a horizon: parameters are drawn from the fit,
 * then the customer's own rate, attrition and mean spend from what is known of the customer, then a future. So it holds all
 * three sources of doubt: the fit, the customer, and chance. Limits are quantiles of the draws; as orders are whole numbers,
 * the interval holds at least its confidence.
 */
export function predictiveInterval<Name extends string>(
  model: TransactionModel<Name>,
  fit: Fit<Name>,
  history: History,
  options: PredictiveOptions,
  spending?: { fit: Fit<GammaGammaName>; spend: Spend },
): PredictiveInterval {
  const { horizon, seed, customer = 0, confidence = 0.95, draws = 2000 } = options;
  const random = seededRandom(seed, customer);
  const drawParameters = parameterDraws(fit);
  const drawSpending = spending && parameterDraws(spending.fit);
  const orders = new Float64Array(draws);
  const spend = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    orders[i] = model.drawFuture(drawParameters(random), history, horizon, random).purchases.length;
    if (spending && drawSpending) {
      const parameters = drawSpending(random);
      const mean = gammaGamma.drawMeanSpend(parameters, spending.spend, random);
      spend[i] = gammaGamma.drawTotal(parameters, mean, orders[i]!, random);
    }
  }
  return {
    orders: summary(orders, confidence),
    spend: spending ? summary(spend, confidence) : null,
    draws,
    parametersUncertain: fit.covariance !== null && (!spending || spending.fit.covariance !== null),
  };
}

function summary(drawn: Float64Array, confidence: number): Predicted {
  const sorted = drawn.slice().sort();
  const quantile = (p: number) => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]!;
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: quantile(0.5),
    low: quantile((1 - confidence) / 2),
    high: quantile((1 + confidence) / 2),
  };
}
