import type { SparseRow } from '../../../stats/sparse-rows';
import { type Column, DAY, logDays } from './columns';
import { isOrder, type Past } from './past';

const RECENT = 90 * DAY;
const column = (key: string): Column => ({ key, name: null, group: 'orders', binary: false, restraint: 1 });

/** What is known of a customer without any reading: what the model of repeat buying expects, and recency, frequency and money. */
export const PURCHASE_COLUMNS: readonly Column[] = [
  'expected',
  'orders',
  'recentOrders',
  'sinceLastOrder',
  'sinceFirstOrder',
  'meanOrder',
].map(column);

/**
 * A customer's purchase features.
 *
 * @param expected what the model without content expects of this past, in the unit of the outcome; null when there is none
 * @param floor added to `expected` before its logarithm, so that nearly nothing is not far below little
 */
export function purchaseFeatures(past: Past, expected: number | null, floor: number): SparseRow {
  const paid = past.orders.filter(isOrder);
  const first = paid[0]?.at ?? past.at;
  const last = paid.at(-1)?.at ?? past.at;
  const mean = paid.reduce((sum, { value }) => sum + value, 0) / Math.max(1, paid.length);
  const recent = paid.filter(({ at }) => at >= past.at - RECENT).length;
  return [
    expected === null ? 0 : Math.log((Math.max(0, expected) + floor) / floor),
    Math.log1p(paid.length),
    Math.log1p(recent),
    logDays(past.at - last),
    logDays(past.at - first),
    mean > 0 ? Math.log(mean) : 0,
  ].map((value, i) => [i, value] as const);
}

/** A hundredth of the mean expectation. */
export function floorOf(expected: readonly (number | null)[]): number {
  const known = expected.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + Math.max(0, value), 0) / Math.max(1, known.length);
  return mean > 0 ? mean / 100 : 1;
}
