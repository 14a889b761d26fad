import { b2bClv, comprehensiveClv, type FormulaInputs, marginClv, simpleClv } from './formulas';
import { noSums, type Sums } from './sums';

/*
 * What is summed over customers for churn, revenue per month, the formulas and what-if: each customer's part in the
 * latest twelve complete months, in minor units of the report's currency.
 */

/** Places in `Sums.totals`. */
export const YEAR = {
  orders: 0,
  revenue: 1,
  cost: 2,
  service: 3,
  /** Months in which the customer was active, at whose beginning they were, and in which they left. */
  activeMonths: 4,
  atRisk: 5,
  lost: 6,
} as const;

export const yearSums = (): Sums => noSums(7);

/** Place in the sums over new customers that CLV:CAC takes. */
export const FRESH = { value: 0 } as const;

export const freshSums = (): Sums => noSums(1);

/** Share of the customers at a month's beginning who leave within it. */
export const churnOf = (totals: number[]): number => totals[YEAR.lost]! / totals[YEAR.atRisk]!;

/** Revenue per active customer and month. */
export const arpuOf = (totals: number[]): number => totals[YEAR.revenue]! / totals[YEAR.activeMonths]!;

/** The formulas' inputs per month, from the sums of a year. */
export function inputsOf(totals: number[], discount: number, cac: number): FormulaInputs {
  const months = totals[YEAR.activeMonths]!;
  const revenue = totals[YEAR.revenue]!;
  return {
    orderValue: revenue / totals[YEAR.orders]!,
    frequency: totals[YEAR.orders]! / months,
    margin: (revenue - totals[YEAR.cost]!) / revenue,
    churn: churnOf(totals),
    service: totals[YEAR.service]! / months,
    discount,
    cac,
  };
}

/** The four formulas on the sums of a year. */
export const FORMULAS = {
  simple: (inputs: FormulaInputs) => simpleClv(inputs, 1 / inputs.churn),
  margin: marginClv,
  comprehensive: comprehensiveClv,
  b2b: b2bClv,
} satisfies Record<string, (inputs: FormulaInputs) => number>;
