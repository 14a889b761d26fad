import type { Knex } from 'knex';
import { type CustomerCosts, customerCosts } from '../queries/customer-costs';
import type { PersonRange } from '../queries/person-range';
import { type PaidOrder, paidOrders } from './paid-orders';
import { type Subscription, subscriptionsOf } from './subscriptions';
import { type PersonTouch, touchesOf } from './touches';

/** Everything that the value of one person is computed from. */
export interface PersonFacts {
  personId: string;
  /** Paid orders and refunds, in the order of time. */
  orders: PaidOrder[];
  /** Customer records; several after a merge. */
  records: CustomerCosts[];
  subscriptions: Subscription[];
  /** In the order of time. */
  touches: PersonTouch[];
}

/** Reads the facts of persons, in the order of their ids. Whoever left no trace at all is not among them. */
export async function readFacts(knex: Knex, range: PersonRange, until: number): Promise<PersonFacts[]> {
  const people = new Map<string, PersonFacts>();
  const of = (personId: string): PersonFacts => {
    let person = people.get(personId);
    if (!person) {
      person = { personId, orders: [], records: [], subscriptions: [], touches: [] };
      people.set(personId, person);
    }
    return person;
  };
  for (const order of await paidOrders(knex, range)) of(order.personId).orders.push(order);
  for (const record of await customerCosts(knex, range)) of(record.personId).records.push(record);
  for (const one of await subscriptionsOf(knex, range)) of(one.personId).subscriptions.push(one);
  for (const touch of await touchesOf(knex, range, until)) of(touch.personId).touches.push(touch);
  for (const { touches } of people.values()) touches.sort((a, b) => a.at - b.at);
  return [...people.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1));
}
