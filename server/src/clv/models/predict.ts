import type { Rfm } from './rfm';
import type { Discount, Fit, Histories, History, TransactionModel } from './types';
import { mergeRows } from './unique-histories';

/** The histories of customers with equal ones merged, and the place of each customer's. */
export interface MergedHistories {
  unique: Histories;
  indexOf: Int32Array;
}

/** Merges equal histories. The times between orders are kept only for the models that need them: few are equal. */
export function mergedHistories(seen: Rfm, withGaps = false): MergedHistories {
  const { frequency, recency, age, logGaps } = seen;
  const weight = new Float64Array(age.length).fill(1);
  return mergeRows({ frequency, recency, age, weight, ...(withGaps && { logGaps }) });
}

/** What a model expects of each customer, in columns. */
export interface Predictions {
  pAlive: Float64Array;
  /** Orders in the horizon. */
  expectedPurchases: Float64Array;
  /** The same, each discounted to the end of the observation. */
  discountedPurchases: Float64Array;
}

/** Asks something of each customer, once for all with the same history. */
export function askEach(
  { unique, indexOf }: MergedHistories,
  ask: (history: History) => number,
): Float64Array {
  const answers = new Float64Array(unique.age.length);
  for (let k = 0; k < answers.length; k++) {
    const history: History = {
      frequency: unique.frequency[k]!,
      recency: unique.recency[k]!,
      age: unique.age[k]!,
    };
    if (unique.logGaps) history.logGaps = unique.logGaps[k]!;
    answers[k] = ask(history);
  }
  return Float64Array.from(indexOf, (k) => answers[k]!);
}

/** P(alive), expected and discounted orders of each customer. */
export function predict<Name extends string>(
  merged: MergedHistories,
  model: TransactionModel<Name>,
  { parameters }: Pick<Fit<Name>, 'parameters'>,
  discount: Discount,
): Predictions {
  const expectedPurchases = askEach(merged, (h) => model.expectedPurchases(parameters, h, discount.horizon));
  return {
    pAlive: askEach(merged, (h) => model.pAlive(parameters, h)),
    expectedPurchases,
    discountedPurchases:
      discount.rate === 0
        ? expectedPurchases
        : askEach(merged, (h) => model.discountedPurchases(parameters, h, discount)),
  };
}
