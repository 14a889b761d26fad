import { sampleBeta } from '../../stats/sample-beta';
import { sampleGamma } from '../../stats/sample-gamma';
import {
  type BetaGeometricKind,
  type BetaGeometricParameters,
  type BetaGeometricState,
  betaGeometricState,
} from './beta-geometric-likelihood';
import { discounted } from './discounted';
import { stageSum } from './erlang-survival';
import { livingPurchases } from './living-purchases';
import type { Purchases } from './mean-over-coins';
import { regularActivity, regularPurchases } from './regular-purchases';
import type { Discount, DrawnFuture, History, TransactionModel } from './types';

/** A customer with no history but the first order. */
const NEW: History = { frequency: 0, recency: 0, age: 0, logGaps: 0 };

type Predictions<P> = {
  [Method in Exclude<
    keyof TransactionModel,
    'name' | 'parameterNames' | 'fit'
  >]: TransactionModel[Method] extends (p: never, ...rest: infer Rest) => infer Result
    ? (p: P, ...rest: Rest) => Result
    : never;
};

/** All that a model of this family says once it is fitted; `kindOf` tells the member of the family. */
export function betaGeometricPredictions<P extends BetaGeometricParameters>(
  kindOf: (p: P) => BetaGeometricKind,
): Predictions<P> {
  const stateOf = (p: P, h: History) => betaGeometricState(p, h, kindOf(p));

  const purchasesOf = (p: P, h: History, state: BetaGeometricState, time: number): Purchases => {
    const { k } = kindOf(p);
    const living = { shape: state.shape, rate: state.rate, a: p.a, coins: state.coins };
    return k === 1
      ? livingPurchases(living, time)
      : regularPurchases({ ...living, k, waited: h.age - h.recency }, time);
  };

  function expectedPurchases(p: P, h: History, horizon: number): number {
    const state = stateOf(p, h);
    return state.pAlive * purchasesOf(p, h, state, horizon).expected;
  }

  function discountedPurchases(p: P, h: History, discount: Discount): number {
    const state = stateOf(p, h);
    return state.pAlive * discounted((time) => purchasesOf(p, h, state, time).expected, discount, state.rate);
  }

  function purchaseRate(p: P, h: History, at: number): number {
    const state = stateOf(p, h);
    return state.pAlive * purchasesOf(p, h, state, at).slope;
  }

  function pActive(p: P, h: History, horizon: number): number {
    const state = stateOf(p, h);
    const { k } = kindOf(p);
    if (k === 1) return -state.pAlive * Math.expm1(-state.shape * Math.log1p(horizon / state.rate));
    return state.pAlive * regularActivity({ ...state, a: p.a, k, waited: h.age - h.recency }, horizon);
  }

  function drawFuture(p: P, h: History, horizon: number, random: () => number): DrawnFuture {
    const { k } = kindOf(p);
    const { pAlive, shape, rate, coins } = stateOf(p, h);
    if (random() >= pAlive) return { purchases: [], lifetime: 0 };
    const passed = drawStages(k, shape, (h.age - h.recency) / rate, random);
    const pace = sampleGamma(random, shape + passed, rate);
    const pStop = sampleBeta(random, p.a, coins);
    const purchases: number[] = [];
    for (let at = sampleGamma(random, k - passed, pace); at < horizon; at += sampleGamma(random, k, pace)) {
      purchases.push(at);
      if (random() < pStop) return { purchases, lifetime: at };
    }
    return { purchases, lifetime: Number.POSITIVE_INFINITY };
  }

  return {
    logLikelihood: (p, h) => stateOf(p, h).logLikelihood,
    pAlive: (p, h) => stateOf(p, h).pAlive,
    expectedPurchases,
    discountedPurchases,
    pActive,
    expectedOfNew: (p, t) => expectedPurchases(p, NEW, t),
    purchaseRate,
    drawFuture,
  };
}

/** Draws how many stages of the running gap have passed: j < k with probability ∝ (shape)_j / j! share^j. */
function drawStages(k: number, shape: number, share: number, random: () => number): number {
  if (k === 1) return 0;
  let rest = random() * stageSum(k, shape, share).value;
  let term = 1;
  for (let j = 0; j < k - 1; j++) {
    rest -= term;
    if (rest < 0) return j;
    term *= ((shape + j) / (j + 1)) * share;
  }
  return k - 1;
}
