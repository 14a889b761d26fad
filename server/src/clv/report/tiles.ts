import { median } from '../../stats/median';
import type { Figure, Tile, ValueReport } from '../api-types';
import { exactly, mapFigure } from '../kpis/figure';
import { customerEffortScore, netPromoterScore } from '../kpis/satisfaction';
import type { KpiCollector } from './collector';
import {
  arpuFigure,
  churnFigure,
  completeMonths,
  engagementFigure,
  lifetimeFigure,
  meanOver,
  mrrChurnFigure,
  mrrFigure,
  retentionFigure,
} from './key-figures';
import type { People } from './people';

/** Complete months that the course of a figure shows. */
export const SHOWN = 24;
const DAY = 86_400_000;

/** What other parts of the report have found already. */
export interface Found {
  /** In minor units. */
  cac: Figure;
  ratio: Figure;
  payback: Figure;
  /** In major units. */
  overTime: ValueReport['ratioOverTime'];
  concentration: ValueReport['concentration'];
  timeToConversion: ValueReport['timeToConversion'];
}

type Trend = Tile['trend'];

/** The key figures with their course over the last complete months. */
export function tilesOf(collector: KpiCollector, people: People, found: Found, unit: number): Tile[] {
  const { options, answers } = collector;
  const { customers } = people;
  const courses = coursesOf(collector, people, unit);
  const major = (figure: Figure) => mapFigure(figure, (value) => value / unit);
  const money = (key: Tile['key'], figure: Figure, trend: Trend): Tile => ({
    key,
    unit: 'money',
    figure: major(figure),
    trend,
    target: null,
  });
  const other = (
    key: Tile['key'],
    kind: Tile['unit'],
    figure: Figure,
    trend: Trend = [],
    target: number | null = null,
  ): Tile => ({ key, unit: kind, figure, trend, target });

  const { overTime, concentration, timeToConversion } = found;
  const churn = churnFigure(people);
  const predicted = customers.flatMap(({ person }) => person.predicted ?? []);
  return [
    other('customers', 'count', exactly(customers.length, customers.length), courses.customers),
    money('historicalClv', meanOver(customers.map(({ clv }) => clv)), courses.historicalClv),
    money('predictedClv', meanOver(predicted), []),
    money('revenuePerCustomer', meanOver(customers.map(({ person }) => person.revenue)), courses.revenue),
    money('cac', found.cac, courseOf(overTime, 'cac')),
    other('ratio', 'ratio', found.ratio, courseOf(overTime, 'ratio'), options.targets.ratio),
    other('payback', 'months', found.payback),
    other('churn', 'share', churn, courses.churn),
    other('lifetime', 'months', lifetimeFigure(churn), courses.lifetime),
    other(
      'retention',
      'share',
      retentionFigure(people, collector),
      courses.retention,
      options.targets.retention ?? null,
    ),
    money('arpu', arpuFigure(people), courses.arpu),
    money('mrr', mrrFigure(collector), courses.mrr),
    other('mrrChurn', 'share', mrrChurnFigure(collector), courses.mrrChurn),
    other('timeToConversion', 'days', timeToConversion.median, courses.timeToConversion),
    other('engagement', 'share', engagementFigure(collector), courses.engagement),
    other('nps', 'score', netPromoterScore(answers)),
    other('ces', 'score', customerEffortScore(answers)),
    other('concentration', 'share', concentration.share80),
  ];
}

const courseOf = (months: ValueReport['ratioOverTime'], name: 'cac' | 'ratio'): Trend =>
  months.map((month) => ({ month: month.month, value: month[name] }));

function coursesOf(collector: KpiCollector, { activity }: People, unit: number) {
  const { grid, subscriptions, conversions, subscriptionCount } = collector;
  const money = collector.course.months;
  const reading = collector.reading.months;
  const shown = completeMonths(grid.names.length, SHOWN);
  const course = (figureOf: (month: number) => number): Trend =>
    shown.map((month) => {
      const value = figureOf(month);
      return { month: grid.names[month]!, value: Number.isFinite(value) ? value : null };
    });
  const reached = collector.course.cumulated();
  const ofSubscriptions = (figureOf: (month: number) => number) =>
    subscriptionCount === 0 ? [] : course(figureOf);
  const days = new Map<number, number[]>();
  for (const { time, month } of conversions) {
    const there = days.get(month);
    if (there) there.push(time / DAY);
    else days.set(month, [time / DAY]);
  }
  return {
    customers: course((month) => reached[month]!.newCustomers),
    historicalClv: course((month) => {
      const { margin, service, acquisition, newCustomers } = reached[month]!;
      return (margin - service - acquisition) / newCustomers / unit;
    }),
    revenue: course((month) => reached[month]!.revenue / reached[month]!.newCustomers / unit),
    churn: course((month) => activity.lost[month]! / activity.atStart[month]!),
    lifetime: course((month) => activity.atStart[month]! / activity.lost[month]!),
    retention: course((month) => activity.kept[month]! / activity.keptOf[month]!),
    arpu: course((month) => money[month]!.revenue / activity.active[month]! / unit),
    mrr: ofSubscriptions((month) => subscriptions[month]!.mrr / unit),
    mrrChurn: ofSubscriptions((month) => subscriptions[month]!.churnedMrr / subscriptions[month]!.mrrBefore),
    timeToConversion: course((month) => median(days.get(month) ?? [])),
    engagement: course((month) => reading[month]!.engaged / reading[month]!.pairs),
  };
}
