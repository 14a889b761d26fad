import type { GroupBy, GroupRow, ValueFigures } from '../api-types';
import { cacOf, ratioOf } from '../kpis/acquisition';
import { addMoney, clvOf, type Money, marginOf, noMoney } from '../kpis/customer-economics';
import { mapFigure } from '../kpis/figure';
import { type MarketingReport, marketing, type Spent } from '../kpis/marketing';
import { PaybackCurve } from '../kpis/payback';
import { FRESH, freshSums } from '../kpis/quantities';
import type { KpiCollector } from './collector';
import { type Fresh, GROUPINGS, type People } from './people';

/** What a group adds up to; minor units. */
export interface Economics extends Money {
  customers: number;
  orders: number;
  predicted: number | null;
}

const nothing = (): Economics => ({ ...noMoney(), customers: 0, orders: 0, predicted: null });

const addPredicted = (sum: Economics, predicted: number | null) => {
  if (predicted !== null) sum.predicted = (sum.predicted ?? 0) + predicted;
};

/** Economics of everyone, and by every grouping; each grouping sums to the whole to the cent. */
export function economicsOf({ placed }: People, { lines }: KpiCollector) {
  const total = nothing();
  const groups: Map<string, Economics>[] = GROUPINGS.map(() => new Map());
  const byLine = GROUPINGS.indexOf('productLine');
  for (const { person, isCustomer, groups: names } of placed) {
    const counts = isCustomer || clvOf(person) !== 0 || person.revenue !== 0;
    if (!counts) continue;
    for (const sum of [total, ...names.flatMap((name, i) => (i === byLine ? [] : in_(groups[i]!, name)))]) {
      addMoney(sum, person);
      sum.customers += isCustomer ? 1 : 0;
      sum.orders += person.orders;
      if (isCustomer) addPredicted(sum, person.predicted);
    }
  }
  for (const { productLine, predicted, ...line } of lines.values()) {
    const own = { ...line, predicted: total.predicted === null ? null : predicted };
    if (own.orders > 0 || clvOf(own) !== 0 || own.revenue !== 0 || own.predicted)
      groups[byLine]!.set(productLine, own);
  }
  return { total, groups };
}

function in_(groups: Map<string, Economics>, name: string): Economics {
  let economics = groups.get(name);
  if (!economics) {
    economics = nothing();
    groups.set(name, economics);
  }
  return economics;
}

/** Marketing and new customers, by the same groupings. */
export function marketingOf({ customers }: People, { costs, grid }: KpiCollector): MarketingReport {
  const newcomers = customers.map(({ person, groups }) => ({
    month: person.month,
    channel: person.channel,
    productLine: person.productLine,
    segment: person.segment,
    acquisition: person.acquisition > 0 ? person.acquisition : null,
    groups,
  }));
  return marketing(
    costs,
    newcomers,
    grid.names.length,
    GROUPINGS.length,
    ({ channel, segment, month, productLine }) => [channel, segment, grid.names[month]!, productLine, ''],
  );
}

/** Amounts in major units. */
export function figuresOf(money: Money, unit: number): ValueFigures {
  return {
    revenue: money.revenue / unit,
    cost: money.cost / unit,
    service: money.service / unit,
    acquisition: money.acquisition / unit,
    margin: marginOf(money) / unit,
    clv: clvOf(money) / unit,
  };
}

const NOBODY: Spent = { marketing: 0, newCustomers: 0, known: false };

/** The rows of every grouping: months in their order, all else by revenue. */
export function groupRows(
  economics: Map<string, Economics>[],
  spent: MarketingReport,
  fresh: Fresh,
  unit: number,
): Record<GroupBy, GroupRow[]> {
  const rowsOf = (i: number): GroupRow[] => {
    const names = new Set([...economics[i]!.keys(), ...spent.groups[i]!.keys()]);
    const rows = [...names].map((group): GroupRow => {
      const own = economics[i]!.get(group) ?? nothing();
      const cost = spent.groups[i]!.get(group) ?? NOBODY;
      const sums = fresh.groups[i]!.get(group) ?? freshSums();
      return {
        group,
        ...figuresOf(own, unit),
        customers: own.customers,
        orders: own.orders,
        predicted: own.predicted === null ? null : own.predicted / unit,
        newCustomers: cost.newCustomers,
        marketing: cost.marketing / unit,
        cac: mapFigure(cacOf(cost), (value) => value / unit),
        ratio: ratioOf(cost, sums, FRESH.value),
        paybackMonths: (fresh.paybacks[i]!.get(group) ?? new PaybackCurve()).payback(cost),
      };
    });
    if (GROUPINGS[i] === 'cohort') return rows.sort((a, b) => (a.group < b.group ? -1 : 1));
    return rows.sort((a, b) => b.revenue - a.revenue || (a.group < b.group ? -1 : 1));
  };
  return Object.fromEntries(GROUPINGS.map((by, i) => [by, rowsOf(i)])) as Record<GroupBy, GroupRow[]>;
}
