import type { GroupBy, ValueReport } from '../api-types';
import { minorDigits } from '../convert';
import { cacOf, ratioOf } from '../kpis/acquisition';
import { concentration } from '../kpis/concentration';
import { timeToConversion } from '../kpis/conversion';
import { noMoney } from '../kpis/customer-economics';
import { numberOf } from '../kpis/figure';
import type { MarketingReport } from '../kpis/marketing';
import { FRESH } from '../kpis/quantities';
import type { TierLimits } from '../kpis/tiers';
import type { WhatIfBasis } from '../kpis/what-if';
import type { KpiCollector } from './collector';
import { formulaResults } from './formula-results';
import { economicsOf, figuresOf, groupRows, marketingOf } from './groups';
import { meanOver } from './key-figures';
import { freshOf, GROUPINGS, type People, placePeople } from './people';
import { cohortsOf, overTime, stagesOf, subscriptionsOf, tiersOf } from './sections';
import { tilesOf } from './tiles';

/** The bases of what-if: of everyone, and of each group of each grouping. */
export interface WhatIfBases {
  total: WhatIfBasis;
  groups: Record<GroupBy, Record<string, WhatIfBasis>>;
}

/** What a run says but for its predictions' own page. */
export interface KpiReport {
  report: ValueReport;
  whatIf: WhatIfBases;
  limits: TierLimits;
}

/** Ends the counting. @param titles of content items by id @param horizonDays of the predictions; null without any */
export function buildReport(
  collector: KpiCollector,
  titles: ReadonlyMap<string, string> = new Map(),
  horizonDays: number | null = null,
): KpiReport {
  const { options, grid } = collector;
  const unit = 10 ** minorDigits(options.currency);
  const people = placePeople(collector);
  const { customers } = people;
  const economics = economicsOf(people, collector);
  const spent = marketingOf(people, collector);
  const fresh = freshOf(people, spent.window);
  const { total } = economics;
  const cac = cacOf(spent.total);
  const found = {
    cac,
    ratio: ratioOf(spent.total, fresh.total, FRESH.value),
    payback: fresh.payback.payback(spent.total),
    overTime: overTime(spent, fresh, grid.names, unit),
    concentration: concentration(customers.map(({ clv, worth }) => worth ?? clv)),
    timeToConversion: timeToConversion(collector.conversions.map(({ time }) => time)),
  };
  const predicted = customers.flatMap(({ person }) => person.predicted ?? []);
  const means = {
    historical: meanOver(customers.map(({ clv }) => clv)),
    predicted: meanOver(predicted),
    money: customers.length > 0 ? meanMoney(people) : null,
    horizonDays,
  };
  const report: ValueReport = {
    inactivityDays: people.inactivityDays,
    marketingSource: spent.source,
    tiles: tilesOf(collector, people, found, unit),
    total: {
      ...figuresOf(total, unit),
      customers: total.customers,
      orders: total.orders,
      predicted: total.predicted === null ? null : total.predicted / unit,
    },
    formulas: formulaResults(people.year, numberOf(cac), options.discountRate, means, unit),
    groups: groupRows(economics.groups, spent, fresh, unit),
    ratioOverTime: found.overTime,
    cohorts: cohortsOf(collector, titles, unit),
    concentration: found.concentration,
    tiers: tiersOf(people, collector, unit),
    stages: stagesOf(people, unit),
    subscriptions: subscriptionsOf(collector, unit),
    timeToConversion: found.timeToConversion,
  };
  return { report, whatIf: whatIfBases(people, spent), limits: people.limits };
}

function meanMoney({ customers }: People) {
  const sum = noMoney();
  for (const { person } of customers) {
    sum.revenue += person.revenue / customers.length;
    sum.cost += person.cost / customers.length;
    sum.service += person.service / customers.length;
    sum.acquisition += person.acquisition / customers.length;
  }
  return sum;
}

function whatIfBases(people: People, spent: MarketingReport): WhatIfBases {
  const basis = (sums: WhatIfBasis['sums'], cost: MarketingReport['total'] | undefined): WhatIfBasis => ({
    customers: sums.n,
    sums,
    cac: cost ? numberOf(cacOf(cost)) : null,
    newCustomers: cost?.newCustomers ?? 0,
  });
  const groups = GROUPINGS.map((by, i) => [
    by,
    Object.fromEntries(
      [...people.yearOf[i]!].map(([group, sums]) => [group, basis(sums, spent.groups[i]!.get(group))]),
    ),
  ]);
  return { total: basis(people.year, spent.total), groups: Object.fromEntries(groups) };
}
