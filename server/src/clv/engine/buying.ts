import { bgNbd } from '../models/bg-nbd';
import { bgCnbdK, mbgCnbdK } from '../models/cnbd-k';
import { heuristics } from '../models/heuristics';
import { mbgNbd } from '../models/mbg-nbd';
import { paretoNbd } from '../models/pareto-nbd';
import type { History, TransactionModel, TransactionModelName } from '../models/types';
import { DAYS_PER, ratePerUnit, type TimeUnit } from '../models/units';
import type { Buying, Engine } from './engine';

/** Every model of repeat buying by its name. */
export const MODELS = {
  'bg-nbd': bgNbd,
  'mbg-nbd': mbgNbd,
  'pareto-nbd': paretoNbd,
  'bg-cnbd-k': bgCnbdK,
  'mbg-cnbd-k': mbgCnbdK,
} as Record<TransactionModelName, TransactionModel>;

/** What is expected of one customer. */
export interface Expectation {
  /** Null where a plain rule is in use, which knows no such thing. */
  pAlive: number | null;
  /** Orders in the horizon. */
  orders: number;
  /** The same, each discounted to now. */
  discounted: number;
  /** Discounted months of being a customer within the horizon: what service will be paid for. */
  months: number;
  /** Usual time between two orders in milliseconds while the customer is one; null where nothing tells. */
  gap: number | null;
}

const DAY = 86_400_000;
/** Histories remembered: most customers share theirs with others. */
const REMEMBERED = 50_000;

/** Gives what is expected of a customer with a history in the engine's unit, whose observation ends on a day. */
export function expectationsOf(
  engine: Engine,
  today: number,
  horizonDays = engine.horizonDays,
): ((history: History) => Expectation) | null {
  const { buying, unit } = engine;
  if (!buying) return null;
  const horizon = horizonDays / DAYS_PER[unit];
  const rate = ratePerUnit(engine.discountRate, unit);
  const ask =
    'model' in buying ? byModel(buying, unit, horizon, rate) : byRule(buying, unit, today, horizon, rate);
  const known = new Map<string, Expectation>();
  return (history) => {
    // How even the gaps were tells the models how to be fitted, but nothing of one customer.
    const key = `${history.frequency}/${history.recency}/${history.age}`;
    let expectation = known.get(key);
    if (!expectation) {
      expectation = ask(history);
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, expectation);
    }
    return expectation;
  };
}

function byModel(
  { model: name, parameters }: Extract<Buying, { model: string }>,
  unit: TimeUnit,
  horizon: number,
  rate: number,
) {
  const model = MODELS[name];
  const perUnit = DAYS_PER[unit];
  const wholeHorizon = rate === 0 ? horizon : -Math.expm1(-rate * horizon) / rate;
  // Every model has orders at an own rate λ ~ gamma(r, alpha), of a customer with x of k stages each gamma(r + kx, alpha + T).
  const { r, alpha, k = 1 } = parameters as { r: number; alpha: number; k?: number };
  return (history: History): Expectation => {
    const pAlive = model.pAlive(parameters, history);
    const gap = (k * (alpha + history.age)) / (r + k * history.frequency);
    const discounted = model.discountedPurchases(parameters, history, { horizon, rate });
    return {
      pAlive,
      orders: model.expectedPurchases(parameters, history, horizon),
      discounted,
      // Orders come while the customer is one: so many of them take so many gaps.
      months: (Math.min(pAlive * wholeHorizon, discounted * gap) * perUnit) / DAYS_PER.month,
      gap: gap * perUnit * DAY,
    };
  };
}

/** A rule expects orders at an even pace, so that all are discounted by the same factor. */
function byRule(
  { rule, since }: Extract<Buying, { rule: string }>,
  unit: TimeUnit,
  today: number,
  horizon: number,
  rate: number,
) {
  const factor = rate === 0 ? 1 : -Math.expm1(-rate * horizon) / (rate * horizon);
  const months = (horizon * factor * DAYS_PER[unit]) / DAYS_PER.month;
  return ({ frequency, recency, age }: History): Expectation => {
    const one = (value: number) => Float64Array.of(value);
    const seen = {
      unit,
      until: today,
      origin: since,
      frequency: one(frequency),
      recency: one(recency),
      age: one(age),
    };
    const orders = heuristics(seen, horizon).find(({ name }) => name === rule)!.predicted[0]!;
    return { pAlive: null, orders, discounted: orders * factor, months: orders > 0 ? months : 0, gap: null };
  };
}
