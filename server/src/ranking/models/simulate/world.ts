import type { History } from '../exposure';
import { type CatalogueOptions, drawCatalogue, type SimulatedItem } from './catalogue';
import { drawCustomer, type SimulatedCustomer } from './customer';

export interface WorldOptions extends CatalogueOptions {
  customers: number;
  /** From 0 (nobody is more active than others) to 1 (hidden activity drives both reading and buying). */
  confounding: number;
}

/** Currency of all amounts. */
export const CURRENCY = 'EUR';

/** A world of customers who read and buy. Each is drawn when asked for, and the same seed always draws the same. */
export interface World {
  items: SimulatedItem[];
  customer(number: number): SimulatedCustomer;
}

/**
 * A seeded world in which it is known which items raise value: customers come, read for a while, order for the first
 * time, and go on reading and ordering. In a world without confounding the expected value of an item's readers before
 * their first order, less that of all other customers, is the item's effect.
 *
 * @throws RangeError when the seed is not a whole number
 */
export function simulateWorld(options: WorldOptions): World {
  const items = drawCatalogue(options);
  return { items, customer: (number) => drawCustomer(number, items, options) };
}

/** The whole world as input of a ranking by revenue. */
export function historyOf(world: World, customers: number): History {
  const history: History = { persons: customers, contents: world.items.length, touches: [], orders: [] };
  for (let person = 0; person < customers; person++) {
    const { orders, touches } = world.customer(person);
    for (const { at, amount } of orders) history.orders.push({ person, at, value: amount });
    for (const { content, at } of touches) history.touches.push({ person, content, at });
  }
  return history;
}
