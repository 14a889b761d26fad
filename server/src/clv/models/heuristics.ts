import type { Rfm } from './rfm';
import { DAYS_PER } from './units';

export type HeuristicName = 'same-as-before' | 'rate' | 'hiatus' | 'hiatus-13' | 'zero';

/** A plain rule that a model has to beat, and what it predicts for each customer. */
export interface Heuristic {
  name: HeuristicName;
  /** The rule in a sentence, with its threshold. */
  rule: string;
  /** Expected orders in the horizon. */
  predicted: Float64Array;
}

/** Silences after which a customer counts as gone: half a year for the rate, a quarter for the plain count. */
const HIATUS_WEEKS = { rate: 26, same: 13 };

/**
 * The rules that managers use without a model (M. Wübben and F. von Wangenheim, "Instant customer base analysis:
 * managerial heuristics often 'get it right'", Journal of Marketing 72 (2008)):
 * as many repeat orders as before (in proportion to the lengths of horizon and observation), x / T × horizon, both cut to
 * nothing after a long silence, and nothing for anyone.
 *
 * @param horizon in the unit of the histories
 */
export function heuristics(
  seen: Pick<Rfm, 'unit' | 'origin' | 'until' | 'frequency' | 'recency' | 'age'>,
  horizon: number,
): Heuristic[] {
  const daysPer = DAYS_PER[seen.unit];
  const share = (horizon * daysPer) / (seen.until - seen.origin + 1);
  const same = seen.frequency.map((x) => x * share);
  const rate = seen.frequency.map((x, i) => (x > 0 ? (x / seen.age[i]!) * horizon : 0));
  const afterSilence = (predicted: Float64Array, weeks: number) =>
    predicted.map((value, i) => ((seen.age[i]! - seen.recency[i]!) * daysPer >= 7 * weeks ? 0 : value));
  return [
    {
      name: 'same-as-before',
      rule: 'as many repeat orders as so far, in proportion to time',
      predicted: same,
    },
    { name: 'rate', rule: "each customer's own rate so far × time", predicted: rate },
    {
      name: 'hiatus',
      rule: `the rate, but nothing after ${HIATUS_WEEKS.rate} weeks without an order`,
      predicted: afterSilence(rate, HIATUS_WEEKS.rate),
    },
    {
      name: 'hiatus-13',
      rule: `as before, but nothing after ${HIATUS_WEEKS.same} weeks without an order`,
      predicted: afterSilence(same, HIATUS_WEEKS.same),
    },
    { name: 'zero', rule: 'nobody orders again', predicted: new Float64Array(seen.frequency.length) },
  ];
}
