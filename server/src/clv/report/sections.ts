import type { CohortRow, SubscriptionMonth, TierRow, ValueReport } from '../api-types';
import { cacOf } from '../kpis/acquisition';
import { numberOf } from '../kpis/figure';
import type { MarketingReport } from '../kpis/marketing';
import { migration } from '../kpis/movement';
import { FRESH, freshSums } from '../kpis/quantities';
import { STAGES } from '../kpis/stages';
import type { KpiCollector } from './collector';
import { completeMonths } from './key-figures';
import { type Fresh, GROUPINGS, type People } from './people';
import { SHOWN } from './tiles';

/** Cohorts that a table shows: months, and channels or items. */
const MONTH_COHORTS = 36;
const OTHER_COHORTS = 20;

/** New customers, their acquisition and what they are worth by the month they came in. */
export function overTime(
  spent: MarketingReport,
  fresh: Fresh,
  names: string[],
  unit: number,
): ValueReport['ratioOverTime'] {
  const cohorts = fresh.groups[GROUPINGS.indexOf('cohort')]!;
  return completeMonths(names.length, SHOWN).map((place) => {
    const month = spent.months[place]!;
    const sums = cohorts.get(names[place]!) ?? freshSums();
    const cac = numberOf(cacOf(month));
    const worth = sums.totals[FRESH.value]! / sums.n;
    return {
      month: names[place]!,
      newCustomers: month.newCustomers,
      marketing: month.marketing / unit,
      cac: cac === null ? null : cac / unit,
      ratio: cac !== null && cac > 0 && Number.isFinite(worth) ? worth / cac : null,
    };
  });
}

/** The heat maps of retention and value by cohort. */
export function cohortsOf(
  { cohorts }: KpiCollector,
  titles: ReadonlyMap<string, string>,
  unit: number,
): ValueReport['cohorts'] {
  const inMajor = (rows: Omit<CohortRow, 'title'>[]): CohortRow[] =>
    rows.map((row) => ({
      ...row,
      title: null,
      cells: row.cells.map((cell) => cell && { ...cell, cumulativeValue: cell.cumulativeValue / unit }),
    }));
  return {
    month: inMajor(cohorts.month.rows(MONTH_COHORTS, { byName: true })),
    channel: inMajor(cohorts.channel.rows(OTHER_COHORTS)),
    firstContent: inMajor(cohorts.firstContent.rows(OTHER_COHORTS)).map((row) => ({
      ...row,
      title: titles.get(row.cohort) ?? null,
    })),
  };
}

/** The tiers, and who went from one to another since the run before. */
export function tiersOf(people: People, { options }: KpiCollector, unit: number): ValueReport['tiers'] {
  const { names, limits } = people.limits;
  const rows = names.map(
    (tier, i): TierRow => ({
      tier,
      customers: 0,
      value: 0,
      predicted: null,
      from: i < limits.length ? limits[i]! / unit : null,
      to: i > 0 ? limits[i - 1]! / unit : null,
    }),
  );
  for (const { person, clv, tier } of people.customers) {
    const row = rows[names.indexOf(tier ?? '')];
    if (!row) continue;
    row.customers += 1;
    row.value += clv;
    if (person.predicted !== null) row.predicted = (row.predicted ?? 0) + person.predicted;
  }
  for (const row of rows) {
    row.value /= unit;
    if (row.predicted !== null) row.predicted /= unit;
  }
  const movers = people.customers.flatMap(({ person, tier }) =>
    tier === null
      ? []
      : { ...person.since, revenue: person.since.revenue / unit, from: person.previousTier, to: tier },
  );
  return {
    rule: options.tiers.rule,
    of: options.tiers.of,
    rows,
    moves: options.previous ? migration(movers, names) : null,
    previousRunAt: options.previous?.at ?? null,
  };
}

/** How many people are in each stage of life, and what they are worth. */
export function stagesOf({ placed }: People, unit: number): ValueReport['stages'] {
  return STAGES.map((stage) => {
    const there = placed.filter((one) => one.stage === stage);
    const predicted = there.flatMap(({ person }) => person.predicted ?? []);
    return {
      stage,
      people: there.length,
      value: there.reduce((sum, { clv }) => sum + clv, 0) / unit,
      predicted: predicted.length === 0 ? null : predicted.reduce((sum, value) => sum + value, 0) / unit,
    };
  });
}

/** The months since the first subscription; the model of how long they last is not counted but fitted. */
export function subscriptionsOf(
  { subscriptions, subscriptionCount, grid }: KpiCollector,
  unit: number,
): ValueReport['subscriptions'] {
  if (subscriptionCount === 0) {
    return { months: [], model: null, notEnough: { has: 0, needs: 1, of: 'subscriptions' } };
  }
  const first = subscriptions.findIndex(({ active, ended }) => active > 0 || ended > 0);
  const shown = completeMonths(grid.names.length, SHOWN).filter((month) => first >= 0 && month >= first);
  const months = shown.map((place): SubscriptionMonth => {
    const { activeBefore: _, mrrBefore: __, ...month } = subscriptions[place]!;
    return {
      ...month,
      month: grid.names[place]!,
      mrr: month.mrr / unit,
      newMrr: month.newMrr / unit,
      churnedMrr: month.churnedMrr / unit,
      expansionMrr: month.expansionMrr / unit,
      contractionMrr: month.contractionMrr / unit,
    };
  });
  return { months, model: null, notEnough: null };
}
