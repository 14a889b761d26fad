import { marginOf, type OrderPart } from '../kpis/customer-economics';
import type { MonthGrid } from '../kpis/month-grid';
import { accrued, type KpiPerson } from './person';

/** What came in and went out in a month, of customers; minor units. */
export interface MonthMoney {
  revenue: number;
  margin: number;
  /** Service accrues evenly from its beginning. */
  service: number;
  /** In the month in which the customer came. */
  acquisition: number;
  newCustomers: number;
}

const nothing = (): MonthMoney => ({ revenue: 0, margin: 0, service: 0, acquisition: 0, newCustomers: 0 });

/** Money and new customers month by month: for the course of figures over time. */
export class MonthCourse {
  readonly months: MonthMoney[];

  constructor(
    private readonly grid: MonthGrid,
    private readonly now: number,
  ) {
    this.months = grid.names.map(nothing);
  }

  /** Adds one customer. */
  add(person: KpiPerson, parts: OrderPart[], servedSince: number | null): void {
    const { starts } = this.grid;
    const joined = this.months[person.month]!;
    joined.newCustomers += 1;
    joined.acquisition += person.acquisition;
    for (const part of parts) {
      const month = this.months[part.month]!;
      month.revenue += part.revenue;
      month.margin += marginOf(part);
    }
    if (servedSince === null) return;
    for (let i = this.grid.indexOf(servedSince); i < this.months.length; i++) {
      this.months[i]!.service += accrued(person.service, servedSince, this.now, starts[i]!, starts[i + 1]!);
    }
  }

  /** Sums from the first month up to each. */
  cumulated(): MonthMoney[] {
    const reached = nothing();
    return this.months.map((month) => {
      for (const key of Object.keys(reached) as (keyof MonthMoney)[]) reached[key] += month[key];
      return { ...reached };
    });
  }
}
