import { apportionBy } from './apportion';

/*
 * What acquiring customers cost. Costs come by month and channel; a customer belongs to the month and channel in which
 * they first ordered. Of a month and channel that the costs do not name, what the customers' own records say counts.
 */

/** One row of the costs, in minor units of the report's currency. */
export interface MarketingCost {
  /** Place in the month grid. */
  month: number;
  channel: string;
  /** '' where it is not said. */
  productLine: string;
  segment: string;
  amount: number;
}

/** A new customer as costs see one. */
export interface NewCustomer {
  month: number;
  channel: string;
  productLine: string;
  segment: string;
  /** Own cost of acquisition; null when nobody said. */
  acquisition: number | null;
  /** The groups that the customer is in, by grouping. */
  groups: string[];
}

/** Where a row of costs goes that no new customer took part in, by grouping; undefined for `''`. */
export type GroupsOfCost = (cost: MarketingCost) => string[];

/** Marketing and new customers of one group. */
export interface Spent {
  marketing: number;
  newCustomers: number;
  /** Costs are known: from the costs, the customers' records, or both. */
  known: boolean;
}

export interface MarketingReport {
  /** Groups by grouping; each grouping sums to the total. */
  groups: Map<string, Spent>[];
  total: Spent;
  /** By month of the grid. */
  months: Spent[];
  /** The months [from, to] in which new customers and costs are counted; null without any cost. */
  window: { from: number; to: number } | null;
  /** Where the costs come from: the costs by month and channel, the customers' own records, or both. */
  source: 'costs' | 'records' | 'both' | null;
}

const nothing = (): Spent => ({ marketing: 0, newCustomers: 0, known: false });

/**
 * Adds up marketing costs and new customers by every grouping at once. A row of costs is divided over the groups by how
 * many of its new customers (same month and channel, and product line and segment where the row says them) each has, the
 * largest remainders getting the cents; so every grouping sums to the total.
 *
 * New customers are counted in the months from the first to the last that has costs: those before cost something that
 * nobody told.
 *
 * @param months of the grid
 * @param groupings how many groupings there are
 */
export function marketing(
  costs: MarketingCost[],
  newcomers: NewCustomer[],
  months: number,
  groupings: number,
  groupsOfCost: GroupsOfCost,
): MarketingReport {
  const told = new Set(costs.map(placeOf));
  const own = newcomers.filter((one) => one.acquisition !== null && !told.has(placeOf(one)));
  const report: MarketingReport = {
    groups: Array.from({ length: groupings }, () => new Map()),
    total: nothing(),
    months: Array.from({ length: months }, nothing),
    window: windowOf(costs, own),
    source: costs.length > 0 ? 'costs' : own.length > 0 ? 'records' : null,
  };
  if (!report.window) return report;
  const { from, to } = report.window;
  const places = new Map<string, NewCustomer[]>();
  for (const one of newcomers) {
    if (one.month < from || one.month > to) continue;
    const there = places.get(placeOf(one));
    if (there) there.push(one);
    else places.set(placeOf(one), [one]);
    enter(report, one.groups, one.month, (spent) => {
      spent.newCustomers += 1;
    });
  }
  for (const one of own) {
    if (one.month < from || one.month > to) continue;
    spend(report, one.groups, one.month, one.acquisition!);
    if (report.source === 'costs') report.source = 'both';
  }
  for (const cost of costs) {
    const there = (places.get(placeOf(cost)) ?? []).filter((one) => concerns(cost, one));
    divide(report, cost, there, groupsOfCost(cost));
  }
  return report;
}

const placeOf = ({ month, channel }: { month: number; channel: string }) => `${month} ${channel}`;

const concerns = (cost: MarketingCost, one: NewCustomer) =>
  (cost.productLine === '' || cost.productLine === one.productLine) &&
  (cost.segment === '' || cost.segment === one.segment);

function windowOf(costs: MarketingCost[], own: NewCustomer[]): MarketingReport['window'] {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { month } of [...costs, ...(costs.length > 0 ? [] : own)]) {
    from = Math.min(from, month);
    to = Math.max(to, month);
  }
  return to < from ? null : { from, to };
}

function groupOf(groups: Map<string, Spent>, name: string): Spent {
  let spent = groups.get(name);
  if (!spent) {
    spent = nothing();
    groups.set(name, spent);
  }
  return spent;
}

function enter(report: MarketingReport, groups: string[], month: number, change: (spent: Spent) => void) {
  change(report.total);
  change(report.months[month]!);
  for (const [grouping, name] of groups.entries()) change(groupOf(report.groups[grouping]!, name));
}

const spend = (report: MarketingReport, groups: string[], month: number, amount: number) =>
  enter(report, groups, month, (spent) => {
    spent.marketing += amount;
    spent.known = true;
  });

function divide(report: MarketingReport, cost: MarketingCost, there: NewCustomer[], otherwise: string[]) {
  if (there.length === 0) return spend(report, otherwise, cost.month, cost.amount);
  for (const spent of [report.total, report.months[cost.month]!]) {
    spent.marketing += cost.amount;
    spent.known = true;
  }
  for (const [grouping, groups] of report.groups.entries()) {
    const counts = new Map<string, number>();
    for (const one of there) counts.set(one.groups[grouping]!, (counts.get(one.groups[grouping]!) ?? 0) + 1);
    const parts = apportionBy(cost.amount, [...counts.values()]);
    for (const [i, name] of [...counts.keys()].entries()) {
      const spent = groupOf(groups, name);
      spent.marketing += parts[i]!;
      spent.known = true;
    }
  }
}
