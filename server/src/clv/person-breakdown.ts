import type { Knex } from 'knex';
import type { PersonBreakdown } from './api-types';
import { converter, minorDigits, type Rates, roundHalfEven } from './convert';
import { historicalValue } from './historical-value';
import { firstOrderOf, serviceOf, sumsOf } from './ledger';
import { monthsIn } from './months';
import { customerCosts } from './queries/customer-costs';
import { orderCounts } from './queries/order-counts';
import { orderSums } from './queries/order-sums';
import { personOfCustomer } from './queries/person-of-customer';

/**
 * One person's historical value with every figure it is made of, so that each can be checked by hand.
 *
 * @returns null when nobody has this customer id
 * @throws when orders are in a currency without a rate, naming the setting to add
 */
export async function personBreakdown(
  knex: Knex,
  customerId: string,
  { timezone, now, ...rates }: Rates & { timezone: string; now: number },
): Promise<PersonBreakdown | null> {
  const found = await personOfCustomer(knex, customerId);
  if (!found) return null;
  const range = { person: found.personId };
  const orders = await orderSums(knex, range);
  const firstOrderAt = firstOrderOf(orders);
  const months = monthsIn(timezone);
  const costs = (await customerCosts(knex, range)).map((cost) => ({
    ...cost,
    service: serviceOf(cost, firstOrderAt, now, months),
  }));
  const sums = sumsOf(orders, costs);
  const { currency } = rates;
  const value = historicalValue(sums, converter(rates));
  const report = inMajor(currency);
  return {
    ...found,
    currency,
    timezone,
    now,
    firstOrderAt,
    orders: await orderCounts(knex, found.customerIds),
    byCurrency: sums.map((sum) => {
      const major = inMajor(sum.currency);
      return {
        currency: sum.currency,
        rate: sum.currency === currency ? 1 : rates.rates[sum.currency]!,
        orders: orders.find((row) => row.currency === sum.currency)?.orders ?? 0,
        revenue: major(sum.revenue),
        cost: major(sum.cost),
        service: major(roundHalfEven(sum.service)),
        acquisition: major(sum.acquisition),
      };
    }),
    records: costs.map(({ customerId: id, service, ...cost }) => {
      const major = inMajor(cost.currency);
      return {
        customerId: id,
        currency: cost.currency,
        acquiredAt: cost.acquiredAt,
        acquisition: major(cost.acquisitionCost),
        servicePerMonth: major(cost.serviceCostPerMonth),
        servedSince: service.since,
        months: service.months,
        service: major(roundHalfEven(service.amount)),
      };
    }),
    value: {
      revenue: report(value.revenue),
      cost: report(value.cost),
      service: report(value.service),
      acquisition: report(value.acquisition),
      margin: report(value.margin),
      clv: report(value.clv),
    },
  };
}

/** Major units of a currency, for reading; sums are made of minor units. */
function inMajor(currency: string): (minor: number) => number {
  const unit = 10 ** minorDigits(currency);
  return (minor) => minor / unit;
}
