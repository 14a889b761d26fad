import type { Knex } from 'knex';
import { converter, type Rates } from '../clv/convert';
import { type PaidOrder, paidOrders } from '../clv/people/paid-orders';
import { personRanges } from '../clv/queries/person-range';
import type { Orders } from './models/orders';

/** Persons whose orders are read by one statement. */
const CHUNK = 10_000;

/**
 * Every paid order of everyone: its margin where costs count, else its revenue; in minor units of the report's currency.
 *
 * @param numberOf the number of a person
 */
export async function loadOrders(
  knex: Knex,
  settings: Rates & { value: string },
  numberOf: (personId: string) => number,
): Promise<Orders> {
  const convert = converter(settings);
  const worth = ({ amount, cost, currency }: PaidOrder) =>
    convert(settings.value === 'revenue' ? amount : amount - cost, currency);
  const person: number[] = [];
  const at: number[] = [];
  const value: number[] = [];
  for await (const range of personRanges(knex, CHUNK)) {
    for (const order of await paidOrders(knex, range)) {
      person.push(numberOf(order.personId));
      at.push(order.at);
      value.push(worth(order));
    }
  }
  return { person: Int32Array.from(person), at: Float64Array.from(at), value: Float64Array.from(value) };
}
