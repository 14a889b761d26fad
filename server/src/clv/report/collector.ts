import { converter } from '../convert';
import { CohortTable } from '../kpis/cohorts';
import {
  type EconomicOrder,
  type Exchange,
  economicsByLine,
  exchangeOf,
  type LinePart,
  noMoney,
  type OrderPart,
  orderParts,
} from '../kpis/customer-economics';
import type { MarketingCost } from '../kpis/marketing';
import type { MonthGrid } from '../kpis/month-grid';
import { PAYBACK_MONTHS } from '../kpis/payback';
import { GapDays, lastYear } from '../kpis/retention';
import { type Answers, noAnswers } from '../kpis/satisfaction';
import { addSubscriber, type MonthSums, noMonths } from '../kpis/subscription-months';
import { addTo, noSums, type Sums } from '../kpis/sums';
import { type Months, monthsIn } from '../months';
import type { PersonFacts } from '../people/facts';
import { Growing } from './growing';
import { MonthCourse } from './month-course';
import type { KpiOptions, Prediction } from './options';
import { accrued, channelOf, type KpiPerson, lastGapOf, moneyOf, segmentOf } from './person';
import { ReadingCount } from './reading-count';

/** Places in the sums over subscribers. */
export const MRR = { before: 0, churned: 1 } as const;

/**
 * Takes in one person after the other and keeps what the report needs of each: a few numbers and the times of their
 * orders. So memory grows with people and orders by a few bytes each, whatever else is known of them.
 */
export class KpiCollector {
  readonly persons: KpiPerson[] = [];
  readonly times = new Growing();
  readonly gaps = new GapDays();
  readonly lines = new Map<string, LinePart & { customers: number }>();
  readonly subscriptions: MonthSums[];
  readonly course: MonthCourse;
  readonly cohorts: { month: CohortTable; channel: CohortTable; firstContent: CohortTable };
  /** Milliseconds from the first touch to the first order, and the month of that order. */
  readonly conversions: { time: number; month: number }[] = [];
  readonly reading: ReadingCount;
  /** Over subscribers: MRR at the beginnings of the last year's months, and what of it left. */
  readonly mrr: Sums = noSums(2);
  subscriptionCount = 0;
  private readonly exchange: Exchange;
  private readonly monthsBetween: Months;
  private readonly words = new Map<string, string>();

  constructor(
    readonly options: KpiOptions,
    readonly grid: MonthGrid,
    readonly costs: MarketingCost[] = [],
    readonly answers: Answers = noAnswers(),
  ) {
    this.exchange = exchangeOf(options, converter(options));
    this.monthsBetween = monthsIn(options.timezone);
    this.subscriptions = noMonths(grid);
    this.course = new MonthCourse(grid, options.now);
    this.reading = new ReadingCount(grid);
    const last = grid.names.length - 2;
    this.cohorts = {
      month: new CohortTable(last),
      channel: new CohortTable(last),
      firstContent: new CohortTable(last),
    };
  }

  /** Adds one person with what is expected of them. */
  add(facts: PersonFacts, prediction: Prediction | null): void {
    const { orders, subscriptions } = facts;
    const bought = orders.filter(({ amount }) => amount >= 0);
    const times = bought.map(({ at }) => at);
    const joinedAt = times[0] ?? earliest(subscriptions);
    const month = joinedAt === null ? -1 : this.grid.indexOf(joinedAt);
    const { money, servedSince } = moneyOf(
      facts,
      times[0] ?? null,
      this.options.now,
      this.monthsBetween,
      this.exchange.convert,
    );
    const parts = orderParts(orders, this.grid.indexOf, this.exchange);
    const from = this.times.length;
    for (const time of times) this.times.push(time);
    for (let i = 1; i < times.length; i++) this.gaps.add(times[i]! - times[i - 1]!);
    const person: KpiPerson = {
      ...money,
      channel: this.word(channelOf(facts)),
      segment: this.word(segmentOf(facts)),
      productLine: this.word(bought[0]?.productLine ?? ''),
      month,
      joinedAt,
      leftByMonth: this.leftByMonth(month, parts, money.service, servedSince),
      orders: times.length,
      firstOrderAt: times[0] ?? null,
      lastOrderAt: times.at(-1) ?? null,
      lastGap: lastGapOf(times),
      times: { from, to: this.times.length },
      year: this.yearOf(parts, money.service, servedSince),
      predicted: prediction?.predicted ?? null,
      stage: prediction?.stage ?? null,
      pAlive: prediction?.pAlive ?? null,
      gap: prediction?.gap ?? null,
      previousTier: this.options.previous?.tiers.get(facts.personId) ?? null,
      since: this.since(facts),
    };
    this.persons.push(person);
    this.addLines(person, parts, bought);
    this.addSubscriptions(facts);
    this.reading.add(facts.touches);
    if (month < 0) return;
    this.course.add(person, parts, servedSince);
    this.addCohorts(person, parts, facts);
  }

  private word(text: string): string {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.words.set(text, text);
    return text;
  }

  private leftByMonth(
    joined: number,
    parts: OrderPart[],
    service: number,
    servedSince: number | null,
  ): Float64Array {
    if (joined < 0) return new Float64Array(0);
    const { starts, names } = this.grid;
    const left = new Float64Array(Math.min(PAYBACK_MONTHS, Math.max(0, names.length - 1 - joined)));
    for (const { month, revenue, cost } of parts) {
      // What was given back before the first order that is known belongs to an order that is not.
      if (month >= joined && month - joined < left.length) left[month - joined]! += revenue - cost;
    }
    for (let i = 0; i < left.length; i++) {
      const [start, end] = [starts[joined + i]!, starts[joined + i + 1]!];
      // Service from before the first order has to be paid back too.
      const from = i === 0 ? Number.NEGATIVE_INFINITY : start;
      left[i]! -= accrued(service, servedSince, this.options.now, from, end);
    }
    return left;
  }

  private yearOf(parts: OrderPart[], service: number, servedSince: number | null): KpiPerson['year'] {
    const { from, to } = lastYear(this.grid);
    const year = { orders: 0, revenue: 0, cost: 0, service: 0 };
    for (const { month, orders, revenue, cost } of parts) {
      if (month < from || month >= to) continue;
      year.orders += orders;
      year.revenue += revenue;
      year.cost += cost;
    }
    const { starts } = this.grid;
    year.service = accrued(service, servedSince, this.options.now, starts[from]!, starts[to]!);
    return year;
  }

  private since({ orders, touches }: PersonFacts): KpiPerson['since'] {
    const at = this.options.previous?.at ?? Number.POSITIVE_INFINITY;
    const later = orders.filter((order) => order.at > at);
    const parts = later.length > 0 ? orderParts(later, () => 0, this.exchange) : [];
    return {
      orders: later.filter(({ amount }) => amount >= 0).length,
      revenue: parts.reduce((sum, { revenue }) => sum + revenue, 0),
      touches: touches.filter((touch) => touch.at > at).length,
    };
  }

  private addLines(person: KpiPerson, parts: OrderPart[], bought: EconomicOrder[]): void {
    const predicted = person.month < 0 ? 0 : (person.predicted ?? 0);
    for (const part of economicsByLine(parts, person, predicted)) {
      const line = this.lines.get(part.productLine) ?? {
        ...part,
        ...noMoney(),
        orders: 0,
        predicted: 0,
        customers: 0,
      };
      line.revenue += part.revenue;
      line.cost += part.cost;
      line.service += part.service;
      line.acquisition += part.acquisition;
      line.orders += part.orders;
      line.predicted += part.predicted;
      line.customers += bought.some(({ productLine }) => (productLine ?? '') === part.productLine) ? 1 : 0;
      this.lines.set(part.productLine, line);
    }
  }

  private addSubscriptions({ subscriptions }: PersonFacts): void {
    if (subscriptions.length === 0) return;
    this.subscriptionCount += subscriptions.length;
    const spans = subscriptions.map(({ startedAt, endedAt, mrr, currency }) => ({
      startedAt,
      endedAt,
      mrr: this.exchange.convert(mrr, currency),
    }));
    const { mrrBefore, churnedMrr } = addSubscriber(
      spans,
      this.grid,
      this.options.now,
      this.subscriptions,
      lastYear(this.grid),
    );
    if (mrrBefore > 0) addTo(this.mrr, [mrrBefore, churnedMrr]);
  }

  private addCohorts(person: KpiPerson, parts: OrderPart[], { touches }: PersonFacts): void {
    const { month, channel, firstOrderAt } = person;
    if (firstOrderAt === null) return;
    const first = touches[0];
    const readBefore = first !== undefined && first.at < firstOrderAt;
    if (readBefore) this.conversions.push({ time: firstOrderAt - first.at, month });
    this.cohorts.month.add(this.grid.names[month]!, month, parts);
    this.cohorts.channel.add(channel, month, parts);
    this.cohorts.firstContent.add(readBefore ? String(first.contentId) : '', month, parts);
  }
}

const earliest = (subscriptions: { startedAt: number }[]): number | null =>
  subscriptions.length > 0 ? Math.min(...subscriptions.map(({ startedAt }) => startedAt)) : null;
