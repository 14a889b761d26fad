import { seededRandom } from '../../stats/seeded-random';
import type { CustomerDetail, Figure } from '../api-types';
import { converter, minorDigits } from '../convert';
import { MODELS } from '../engine/buying';
import type { Engine } from '../engine/engine';
import { type CustomerHistory, historiesOf } from '../engine/histories';
import type { Valued } from '../engine/value-people';
import { parameterDraws } from '../models/draw-parameters';
import { localDaysIn } from '../models/local-days';
import { nextOrder } from '../models/next-order';
import { orderDays } from '../models/order-days';
import { predictiveInterval } from '../models/predictive-interval';
import { rfm } from '../models/rfm';
import type { Fit, TransactionModel } from '../models/types';
import { DAYS_PER } from '../models/units';
import type { PersonFacts } from '../people/facts';

type Predictions = CustomerDetail['predictions'];

const DAY = 86_400_000;
/** Futures drawn: limits are good to about one per cent of probability, and it takes some milliseconds. */
const DRAWS = 500;
const SEED = 1;
/** Points of the curve of P(alive). */
const POINTS = 60;

/**
 * What one person may do in the horizon, with 95 % predictive intervals: they hold what the fit does not know, what is not
 * known of this person, and chance.
 *
 * @param person as the engine values them now
 */
export function predictionsOf(
  engine: Engine,
  facts: PersonFacts,
  person: Pick<Valued, 'pAlive' | 'expectedOrders' | 'predicted' | 'buyProbability'>,
  now: number,
): Predictions {
  const unit = 10 ** minorDigits(engine.currency);
  const value = person.predicted === null ? null : person.predicted / unit;
  const unknown: Predictions = {
    pAlive: person.pAlive,
    expectedOrders: plain(person.expectedOrders),
    predicted: plain(value),
    nextOrderAt: null,
    remainingLifetimeDays: null,
    aliveCurve: [],
  };
  const { buying, spending } = engine;
  const [history] = historiesOf([facts], engine, converter(engine), now);
  if (!history || !buying || !('model' in buying)) return unknown;

  const model = MODELS[buying.model];
  const fit: Fit = { ...buying, problem: null, gradientNorm: 0, iterations: 0 };
  const perUnit = DAYS_PER[engine.unit] * DAY;
  const horizon = engine.horizonDays / DAYS_PER[engine.unit];
  const drawn = predictiveInterval(
    model,
    fit,
    history,
    { horizon, seed: SEED, draws: DRAWS },
    spending && 'gammaGamma' in spending
      ? {
          fit: { ...spending.gammaGamma, problem: null, gradientNorm: 0, iterations: 0 },
          spend: { frequency: history.spendDays, mean: history.meanSpend },
        }
      : undefined,
  );
  const next = nextOrder(model, buying.parameters, history, horizon);
  const at = (time: number) => Math.round(now + time * perUnit);
  return {
    ...unknown,
    expectedOrders: {
      value: person.expectedOrders ?? drawn.orders.mean,
      low: drawn.orders.low,
      high: drawn.orders.high,
      n: 1,
    },
    predicted: value === null ? null : withLimits(value, drawn.spend ?? drawn.orders),
    nextOrderAt:
      next.median === null || next.low === null
        ? null
        : { median: at(next.median), low: at(next.low), high: at(next.high ?? horizon) },
    remainingLifetimeDays: remaining(model, fit, history, horizon, DAYS_PER[engine.unit]),
    aliveCurve: aliveCurve(engine, model, buying.parameters, facts, now),
  };
}

const plain = (value: number | null): Figure | null =>
  value === null ? null : { value, low: null, high: null, n: 1 };

/** The limits of revenue or orders in proportion: margin, discount, service and content are taken for certain. */
function withLimits(value: number, { mean, low, high }: { mean: number; low: number; high: number }): Figure {
  if (!(mean > 0) || value <= 0) return { value, low: null, high: null, n: 1 };
  return { value, low: (value * low) / mean, high: (value * high) / mean, n: 1 };
}

/** Days that the person is expected to stay a customer within the horizon. */
function remaining(
  model: TransactionModel,
  fit: Fit,
  history: CustomerHistory,
  horizon: number,
  daysPer: number,
): Figure {
  const random = seededRandom(SEED);
  const draw = parameterDraws(fit);
  const lifetimes = Float64Array.from({ length: DRAWS }, () =>
    Math.min(horizon, model.drawFuture(draw(random), history, horizon, random).lifetime),
  ).sort();
  const quantile = (p: number) => lifetimes[Math.max(0, Math.ceil(p * DRAWS) - 1)]! * daysPer;
  const mean = (lifetimes.reduce((sum, time) => sum + time, 0) / DRAWS) * daysPer;
  return { value: mean, low: quantile(0.025), high: quantile(0.975), n: 1 };
}

/** P(alive) as it would have been said at some moments since the first order, by the parameters of today. */
function aliveCurve(
  { timezone, unit, currency }: Engine,
  model: TransactionModel,
  parameters: Record<string, number>,
  { orders }: PersonFacts,
  now: number,
): Predictions['aliveCurve'] {
  const today = localDaysIn(timezone)(now);
  const columns = {
    customer: new Int32Array(orders.length),
    at: Float64Array.from(orders, ({ at }) => at),
    value: Float64Array.from(orders, ({ amount }) => amount),
    refund: Uint8Array.from(orders, ({ amount }) => (amount < 0 ? 1 : 0)),
  };
  const days = orderDays(columns, { customers: 1, timezone, end: today });
  const minorUnits = 10 ** minorDigits(currency);
  const first = rfm(days, { unit, until: today, minorUnits }).origin;
  const step = Math.max(1, Math.ceil((today - first) / POINTS));
  const curve: Predictions['aliveCurve'] = [];
  for (let day = today; day >= first; day -= step) {
    const { frequency, recency, age, logGaps } = rfm(days, { unit, until: day, minorUnits });
    const history = { frequency: frequency[0]!, recency: recency[0]!, age: age[0]!, logGaps: logGaps[0]! };
    curve.unshift({ at: now - (today - day) * DAY, pAlive: model.pAlive(parameters, history) });
  }
  return curve;
}
