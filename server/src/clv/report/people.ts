import type { GroupBy, Stage } from '../api-types';
import { clvOf, marginOf } from '../kpis/customer-economics';
import { PaybackCurve } from '../kpis/payback';
import { FRESH, freshSums, YEAR, yearSums } from '../kpis/quantities';
import { type Activity, follow, noActivity, type Window } from '../kpis/retention';
import { stageOf } from '../kpis/stages';
import { addTo, type Sums } from '../kpis/sums';
import { type TierLimits, tierLimits, tierOf } from '../kpis/tiers';
import type { KpiCollector } from './collector';
import type { KpiOptions } from './options';
import type { KpiPerson } from './person';

/** Groupings in the order in which a person's groups are told. */
export const GROUPINGS: GroupBy[] = ['channel', 'segment', 'cohort', 'productLine', 'tier'];

/** A person once everyone was seen. */
export interface Placed {
  person: KpiPerson;
  isCustomer: boolean;
  clv: number;
  /** What the tiers go by; null where it is not known. */
  worth: number | null;
  tier: string | null;
  stage: Stage;
  /** By `GROUPINGS`. */
  groups: string[];
}

/** Everyone in place, and what only shows when all are known. */
export interface People {
  placed: Placed[];
  customers: Placed[];
  limits: TierLimits;
  inactivityDays: number;
  activity: Activity;
  /** Sums of the last year over customers: all, and by grouping and group. */
  year: Sums;
  yearOf: Map<string, Sums>[];
}

const DAY = 86_400_000;

function worthOf({ predicted }: KpiPerson, clv: number, of: KpiOptions['tiers']['of']): number | null {
  if (of === 'predicted') return predicted;
  return of === 'total' ? clv + (predicted ?? 0) : clv;
}

/** Puts everyone into their tier, stage and groups. */
export function placePeople(collector: KpiCollector): People {
  const { persons, options, grid, times } = collector;
  const inactivityDays = options.inactivityDays ?? collector.gaps.inactivityDays();
  const inactivity = inactivityDays * DAY;
  const worths = persons.map((person) => worthOf(person, clvOf(person), options.tiers.of));
  const known = worths.filter((worth, i): worth is number => worth !== null && persons[i]!.month >= 0);
  const limits = options.tierLimits ?? tierLimits(known, options.tiers);
  const people: People = {
    placed: [],
    customers: [],
    limits,
    inactivityDays,
    activity: noActivity(grid.names.length),
    year: yearSums(),
    yearOf: GROUPINGS.map(() => new Map()),
  };
  for (const [i, person] of persons.entries()) {
    const isCustomer = person.month >= 0;
    const worth = worths[i]!;
    const tier = isCustomer && worth !== null ? tierOf(worth, limits) : null;
    const { channel, segment, productLine, month } = person;
    const placed: Placed = {
      person,
      isCustomer,
      clv: clvOf(person),
      worth,
      tier,
      stage: person.stage ?? stageBy(person, isCustomer, options.now, inactivity),
      groups: [channel, segment, isCustomer ? grid.names[month]! : '', productLine, tier ?? ''],
    };
    people.placed.push(placed);
    if (!isCustomer) continue;
    people.customers.push(placed);
    const orderTimes = times.slice(person.times.from, person.times.to);
    const row = yearRow(person, follow(orderTimes, inactivity, grid, people.activity));
    addTo(people.year, row);
    for (const [grouping, group] of placed.groups.entries()) {
      addTo(sumsIn(people.yearOf[grouping]!, group, yearSums), row);
    }
  }
  return people;
}

function stageBy(person: KpiPerson, isCustomer: boolean, now: number, inactivity: number): Stage {
  if (!isCustomer) return 'prospect';
  const { orders, firstOrderAt, lastOrderAt, joinedAt, lastGap, pAlive, gap } = person;
  const life = {
    orders: Math.max(1, orders),
    firstOrderAt: firstOrderAt ?? joinedAt,
    lastOrderAt: lastOrderAt ?? joinedAt,
    lastGap,
    pAlive,
    expectedGap: gap,
  };
  return stageOf(life, now, inactivity);
}

function yearRow({ year }: KpiPerson, window: Window): number[] {
  const row = new Array<number>(7).fill(0);
  row[YEAR.orders] = year.orders;
  row[YEAR.revenue] = year.revenue;
  row[YEAR.cost] = year.cost;
  row[YEAR.service] = year.service;
  row[YEAR.activeMonths] = window.activeMonths;
  row[YEAR.atRisk] = window.atRisk;
  row[YEAR.lost] = window.lost;
  return row;
}

/** The sums of a group, begun when it is seen first. */
export function sumsIn<T>(groups: Map<string, T>, group: string, begin: () => T): T {
  let sums = groups.get(group);
  if (!sums) {
    sums = begin();
    groups.set(group, sums);
  }
  return sums;
}

/** Sums over the customers who were new in some months: what CLV:CAC and payback compare their acquisition with. */
export interface Fresh {
  total: Sums;
  groups: Map<string, Sums>[];
  payback: PaybackCurve;
  paybacks: Map<string, PaybackCurve>[];
}

export function freshOf({ customers }: People, window: { from: number; to: number } | null): Fresh {
  const fresh: Fresh = {
    total: freshSums(),
    groups: GROUPINGS.map(() => new Map()),
    payback: new PaybackCurve(),
    paybacks: GROUPINGS.map(() => new Map()),
  };
  if (!window) return fresh;
  for (const { person, groups } of customers) {
    if (person.month < window.from || person.month > window.to) continue;
    const left = marginOf(person) - person.service;
    const row: number[] = [];
    row[FRESH.value] = left + (person.predicted ?? 0);
    addTo(fresh.total, row);
    fresh.payback.add(person.leftByMonth);
    for (const [grouping, group] of groups.entries()) {
      addTo(sumsIn(fresh.groups[grouping]!, group, freshSums), row);
      sumsIn(fresh.paybacks[grouping]!, group, () => new PaybackCurve()).add(person.leftByMonth);
    }
  }
  return fresh;
}
