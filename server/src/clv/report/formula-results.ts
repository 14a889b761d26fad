import type { Figure, FormulaKey, FormulaResult } from '../api-types';
import type { Money } from '../kpis/customer-economics';
import { mapFigure, notEnough } from '../kpis/figure';
import { DIFFERENCES, monthlyRate } from '../kpis/formulas';
import { FORMULAS, inputsOf, YEAR } from '../kpis/quantities';
import { type Sums, sumsFigure } from '../kpis/sums';

type Input = FormulaResult['inputs'][number];

/** What the means of all customers are, for the formulas that look at each of them. */
export interface Means {
  historical: Figure;
  predicted: Figure;
  /** Per customer, minor units. */
  money: Money | null;
  horizonDays: number | null;
}

/** All formulas side by side, per customer and in major units; those by churn on the sums of the last year, per month. */
export function formulaResults(
  year: Sums,
  cac: number | null,
  discountRate: number,
  means: Means,
  unit: number,
): FormulaResult[] {
  const discount = monthlyRate(discountRate);
  const inputs = inputsOf(year.totals, discount, cac ?? 0);
  const money = (name: string, value: number | null): Input => ({
    name,
    value: finite(value, unit),
    unit: 'money',
  });
  const share = (name: string, value: number): Input => ({ name, value: finite(value, 1), unit: 'share' });
  const revenue = money('revenuePerMonth', inputs.orderValue * inputs.frequency);
  const given: Record<keyof typeof FORMULAS, Input[]> = {
    simple: [
      money('orderValue', inputs.orderValue),
      { name: 'ordersPerMonth', value: finite(inputs.frequency, 1), unit: 'count' },
      { name: 'lifespan', value: finite(1 / inputs.churn, 1), unit: 'months' },
    ],
    margin: [revenue, share('margin', inputs.margin), share('churn', inputs.churn)],
    b2b: [
      revenue,
      share('margin', inputs.margin),
      money('servicePerMonth', inputs.service),
      share('churn', inputs.churn),
    ],
    comprehensive: [
      revenue,
      share('margin', inputs.margin),
      money('servicePerMonth', inputs.service),
      share('churn', inputs.churn),
      share('discount', discount),
      money('cac', cac),
    ],
  };
  const figureOf = (key: keyof typeof FORMULAS): Figure => {
    if (year.totals[YEAR.orders] === 0) return notEnough('orders', 0, 1);
    // While nobody has left, nobody knows how long customers stay.
    if (year.totals[YEAR.lost] === 0) return notEnough('customers', 0, 1);
    if (key === 'comprehensive' && cac === null) return notEnough('costs', 0, 1);
    const f = (totals: number[]) => FORMULAS[key](inputsOf(totals, discount, cac ?? 0));
    return sumsFigure(year, f, { positive: false });
  };
  const result = (key: FormulaKey, figure: Figure, list: Input[]): FormulaResult => ({
    key,
    figure: mapFigure(figure, (value) => value / unit),
    inputs: list,
    differs: DIFFERENCES[key],
  });
  const keys = ['simple', 'margin', 'b2b', 'comprehensive'] as const;
  return [
    ...keys.map((key) => result(key, figureOf(key), given[key])),
    result('historical', means.historical, [
      money('revenue', means.money?.revenue ?? null),
      money('cost', means.money?.cost ?? null),
      money('service', means.money?.service ?? null),
      money('acquisition', means.money?.acquisition ?? null),
    ]),
    result('predicted', means.predicted, [
      { name: 'horizon', value: means.horizonDays, unit: 'days' },
      share('discountYearly', discountRate),
    ]),
  ];
}

const finite = (value: number | null, unit: number): number | null =>
  value !== null && Number.isFinite(value) ? value / unit : null;
