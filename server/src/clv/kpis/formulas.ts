/*
 * The textbook formulas of customer lifetime value, side by side. All inputs are per customer and per period, whatever
 * the period is: months in the reports, years or quarters in books. They answer different questions, and `DIFFERENCES`
 * says which, so that nobody has to guess why their figures do not agree.
 */

import type { FormulaKey } from '../api-types';

export interface FormulaInputs {
  /** Mean value of an order. */
  orderValue: number;
  /** Orders per period. */
  frequency: number;
  /** Share of the revenue that is left after the cost of goods. */
  margin: number;
  /** Share of the customers who leave in a period; above 0, at most 1. */
  churn: number;
  /** Cost to serve a customer for a period. */
  service: number;
  /** Rate per period at which later money is worth less. */
  discount: number;
  /** Cost of acquiring a customer. */
  cac: number;
}

/** Periods that a customer stays: 1/churn, the mean of a geometric lifetime. */
export const lifespanOf = (churn: number): number => 1 / churn;

/** Average order value × frequency × lifespan: revenue, undiscounted. */
export const simpleClv = (
  { orderValue, frequency }: Pick<FormulaInputs, 'orderValue' | 'frequency'>,
  lifespan: number,
): number => orderValue * frequency * lifespan;

/** (Revenue × margin) ÷ churn: what is left of the same revenue after the cost of goods. */
export const marginClv = ({
  orderValue,
  frequency,
  margin,
  churn,
}: Pick<FormulaInputs, 'orderValue' | 'frequency' | 'margin' | 'churn'>): number =>
  (orderValue * frequency * margin) / churn;

/** ((Revenue × margin) − cost to serve) ÷ churn: what business customers are reckoned by, whose service costs much. */
export const b2bClv = ({ orderValue, frequency, margin, churn, service }: FormulaInputs): number =>
  (orderValue * frequency * margin - service) / churn;

/**
 * The comprehensive one: margin less cost to serve, kept with probability 1 − churn from each period to the next, each
 * discounted to the first, less the cost of acquisition: Σₜ m rᵗ/(1 + d)ᵗ − CAC = m (1 + d)/(1 + d − r) − CAC.
 * P. Berger and N. Nasr, "Customer lifetime value: marketing models and applications", Journal of Interactive Marketing
 * 12(1), 1998; S. Gupta and D. Lehmann, "Customers as assets", same journal 17(1), 2003.
 */
export function comprehensiveClv(inputs: FormulaInputs): number {
  const { orderValue, frequency, margin, service, churn, discount, cac } = inputs;
  const left = orderValue * frequency * margin - service;
  return (left * (1 + discount)) / (discount + churn) - cac;
}

/** Why a formula's figure differs from the others': keys of the translations, `formula.differs.<key>`. */
export type Difference =
  | 'revenue'
  | 'goods'
  | 'service'
  | 'discounted'
  | 'acquisition'
  | 'whole-life'
  | 'so-far'
  | 'each-customer'
  | 'horizon';

/** What each formula counts, and how far it looks. */
export const DIFFERENCES: Record<FormulaKey, Difference[]> = {
  simple: ['revenue', 'whole-life'],
  margin: ['goods', 'whole-life'],
  b2b: ['goods', 'service', 'whole-life'],
  comprehensive: ['goods', 'service', 'discounted', 'acquisition', 'whole-life'],
  historical: ['goods', 'service', 'acquisition', 'so-far', 'each-customer'],
  predicted: ['goods', 'service', 'discounted', 'horizon', 'each-customer'],
};

/** The rate per month that a yearly rate comes to: (1 + yearly)^(1/12) − 1. */
export const monthlyRate = (yearly: number): number => (1 + yearly) ** (1 / 12) - 1;
