import {
  creditByMarkov,
  creditByShapley,
  MOST_ENUMERATED,
  PAIRS,
  type Path,
  type PathCredits,
  totalInMinorUnits,
} from '../models/attribution';
import type { MarkovNote, ShapleyNote } from './api-types';
import { withOthers } from './journey-paths';
import type { Sums } from './order-models';

/*
 * The models that look at all journeys together. What they credit is the revenue of orders with content, to the minor
 * unit; with each run they are estimated anew, so unlike the rules they say nothing of single orders.
 */

export interface DataModel<Note> extends Sums {
  note: Note;
  /** Which items stand for themselves, by number: 1 or 0. */
  told: Uint8Array;
  /** What all other items have together. */
  others: { amount: number; conversions: number };
  /** Of the conversions and of the amount, by item; where the model was estimated from a sample. */
  standardError?: Sums;
}

/**
 * Most items of a chain by its order. Its states are sequences of as many items as it remembers, so they multiply: beyond
 * these numbers a chain takes seconds to count and to solve.
 */
const MOST_IN_CHAIN: Record<number, number> = { 1: 1000, 2: 70, 3: 30, 4: 18 };

/**
 * @param revenue of the orders with content, after refunds: minor units
 * @param items how many there are
 */
export function markovOf(
  paths: readonly Path[],
  revenue: number,
  items: number,
  order: number,
): DataModel<MarkovNote> {
  const limited = withOthers(paths, MOST_IN_CHAIN[order]!);
  const { conversionRate, ...credits } = creditByMarkov(limited.paths, { order });
  return {
    ...spread(credits, limited, revenue, items),
    note: { order, items: limited.items.length, others: limited.others, conversionRate },
  };
}

/** Most items of the game. */
const MOST_PLAYERS = 1000;
/** Items on paths looked at by the estimate, all orders of the items taken together: some seconds of work. */
const MOST_LOOKS = 4e8;
const FEWEST_PAIRS = 50;

/** Parameters as in `markovOf`. */
export function shapleyOf(paths: readonly Path[], revenue: number, items: number): DataModel<ShapleyNote> {
  let limited = withOthers(paths, MOST_PLAYERS);
  let looks = looksAt(limited.paths);
  // So many paths that not even the fewest orders can be drawn: then fewer items stand for themselves.
  for (let most = MOST_PLAYERS; 2 * FEWEST_PAIRS * looks > MOST_LOOKS && most > MOST_ENUMERATED; ) {
    most = Math.max(MOST_ENUMERATED - 1, Math.floor(most / 2));
    limited = withOthers(paths, most);
    looks = looksAt(limited.paths);
  }
  const pairs = Math.max(FEWEST_PAIRS, Math.min(PAIRS, Math.floor(MOST_LOOKS / 2 / Math.max(1, looks))));
  const { method, standardError, ...credits } = creditByShapley(limited.paths, { pairs });
  const model = spread(credits, limited, revenue, items);
  const sum = credits.value.reduce((all, value) => all + value, 0);
  const note: ShapleyNote = {
    method,
    items: limited.items.length,
    others: limited.others,
    pairs: method === 'sampled' ? pairs : null,
  };
  if (!standardError) return { ...model, note };
  const inRevenue = sum === 0 ? 0 : Math.abs(revenue / sum);
  const error = { amount: new Float64Array(items), conversions: new Float64Array(items) };
  limited.items.forEach((item, number) => {
    error.amount[item] = inRevenue * (standardError.value[number] ?? 0);
    error.conversions[item] = standardError.conversions[number] ?? 0;
  });
  return { ...model, note, standardError: error };
}

const looksAt = (paths: readonly Path[]): number => paths.reduce((sum, path) => sum + path.items.length, 0);

/** Credits of numbered items as those of the report, the amounts apportioned to the revenue exactly. */
function spread(
  { conversions, value }: PathCredits,
  { items: told, others }: { items: number[]; others: number },
  revenue: number,
  items: number,
): Omit<DataModel<never>, 'note'> {
  const amounts = wholeUnits(revenue, value, conversions);
  const model = {
    amount: new Float64Array(items),
    conversions: new Float64Array(items),
    told: new Uint8Array(items),
    others: { amount: 0, conversions: 0 },
  };
  told.forEach((item, number) => {
    model.amount[item] = amounts[number] ?? 0;
    model.conversions[item] = conversions[number] ?? 0;
    model.told[item] = 1;
  });
  if (others > 0) {
    model.others = { amount: amounts[told.length] ?? 0, conversions: conversions[told.length] ?? 0 };
  }
  return model;
}

/** A sum that is smaller than this share of what is summed is rounding. */
const ROUNDING = 1e-9;

/** By the value; where that has no sum to take shares of, by the conversions. */
function wholeUnits(revenue: number, value: Float64Array, conversions: Float64Array): number[] {
  for (const shares of [value, conversions]) {
    const sum = shares.reduce((all, share) => all + share, 0);
    const size = shares.reduce((all, share) => all + Math.abs(share), 0);
    if (Math.abs(sum) > ROUNDING * size) return totalInMinorUnits(revenue, shares);
  }
  return Array.from(value, () => 0);
}
