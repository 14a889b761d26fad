import type { Figure, WhatIfInput, WhatIfResult } from '../api-types';
import { exactly, mapFigure, NEEDED, notEnough, Z } from './figure';
import { b2bClv, type FormulaInputs } from './formulas';
import { inputsOf, YEAR } from './quantities';
import { type Sums, sumsFigure } from './sums';

/**
 * What-if goes by the B2B formula on the sums of the last year, ((revenue × margin) − service) ÷ churn, because each of
 * its inputs is one that can be changed. Its interval is that of all inputs together: they come from the same customers,
 * so their errors go together, which the products of the sums tell (delta method).
 */
export interface WhatIfBasis {
  customers: number;
  /** Over the customers of the scope; minor units. */
  sums: Sums;
  /** Cost of acquiring one, in minor units; null when it is not known. */
  cac: number | null;
  newCustomers: number;
}

/** What an item goes with, per reader and in minor units: its adjusted difference with its 95 % interval. */
export interface ItemEffect {
  title: string;
  adjusted: boolean;
  difference: number;
  low: number;
  high: number;
  n: number;
}

export type Changes = Omit<WhatIfInput, 'scope' | 'item'>;

/** The most that may be kept in a month, so that lifetimes stay finite whatever is typed. */
const MOST_KEPT = 0.999;

/**
 * Changes the inputs. Retention is changed by the year, as targets are told: 0.05 on 60 % a year is 63 %; the
 * month's follows from it. A margin is at most the whole revenue; of a loss, 0.1 is a tenth less of it.
 */
export function changed(inputs: FormulaInputs, changes: Changes): FormulaInputs {
  const yearly = (1 - inputs.churn) ** 12 * (1 + changes.retention);
  const kept = changes.retention === 0 ? 1 - inputs.churn : Math.max(0, yearly) ** (1 / 12);
  // Whoever keeps more already does not lose them by wanting more.
  const most = inputs.churn > 0 ? Math.max(MOST_KEPT, 1 - inputs.churn) : MOST_KEPT;
  return {
    ...inputs,
    churn: 1 - Math.min(kept, changes.retention === 0 ? 1 : most),
    orderValue: inputs.orderValue * Math.max(0, 1 + changes.orderValue),
    frequency: inputs.frequency * Math.max(0, 1 + changes.frequency),
    margin: Math.min(1, inputs.margin + Math.abs(inputs.margin) * changes.margin),
    cac: inputs.cac * Math.max(0, 1 + changes.cac),
  };
}

const UNCHANGED: Changes = { retention: 0, orderValue: 0, frequency: 0, margin: 0, cac: 0 };

/**
 * CLV and CLV:CAC of a scope today and after changes, in minor units. An item adds its difference per reader times the
 * share of the scope that it would reach more; that is an association, adjusted for what is known, and no proof.
 *
 * @param reach share of the scope, 0.1 for ten more of a hundred
 */
export function whatIf(
  basis: WhatIfBasis,
  changes: Changes,
  item: (ItemEffect & { reach: number }) | null,
): WhatIfResult {
  const today = outlook(basis, UNCHANGED, null);
  return {
    customers: basis.customers,
    today,
    // biome-ignore lint/suspicious/noThenProperty: the contract's word; it holds no function, so nothing awaits it
    then: outlook(basis, changes, item),
    item: item && {
      title: item.title,
      adjusted: item.adjusted,
      perReader: { value: item.difference, low: item.low, high: item.high, n: item.n },
    },
  };
}

function outlook(
  { sums, cac, newCustomers }: WhatIfBasis,
  changes: Changes,
  item: (ItemEffect & { reach: number }) | null,
): WhatIfResult['today'] {
  const spent = cac === null ? null : cac * Math.max(0, 1 + changes.cac);
  const cost = spent === null ? notEnough('costs', 0, 1) : exactly(spent, newCustomers);
  const clv = withItem(clvFigure(sums, changes), item);
  if (spent === null || spent <= 0) return { clv, cac: cost, ratio: notEnough('costs', 0, 1) };
  return { clv, cac: cost, ratio: mapFigure(clv, (value) => value / spent) };
}

function clvFigure(sums: Sums, changes: Changes): Figure {
  if (sums.n >= NEEDED && sums.totals[YEAR.lost] === 0 && changes.retention === 0) {
    return notEnough('customers', 0, 1);
  }
  const f = (totals: number[]) => b2bClv(changed(inputsOf(totals, 0, 0), changes));
  return sumsFigure(sums, f, { positive: false });
}

/** Adds an item's effect; its error and that of the rest are taken as independent. */
function withItem(clv: Figure, item: (ItemEffect & { reach: number }) | null): Figure {
  if (!item || !('value' in clv)) return clv;
  const value = clv.value + item.reach * item.difference;
  if (clv.low === null || clv.high === null) return { ...clv, value };
  const own = (clv.high - clv.low) / (2 * Z);
  const added = (item.reach * (item.high - item.low)) / (2 * Z);
  const reach = Z * Math.hypot(own, added);
  return { value, low: value - reach, high: value + reach, n: clv.n };
}
