import type { History } from '../history';
import { type CatalogueOptions, drawCatalogue, type SimulatedItem } from './catalogue';
import { drawCustomer, type SimulatedCustomer } from './customer';
import { drawTaste, drawTopics, PLAIN, type Topic } from './taste';

export interface WorldOptions extends CatalogueOptions {
  customers: number;
  /** From 0 (nobody is more active than others) to 1 (hidden activity drives both reading and buying). */
  confounding: number;
  /** Share of the people who only read for a long time before they order, if they ever do; nobody unless told. */
  prospects?: number;
  /** How much what people read tells of their future, 0 to 1; without it items have no topics. */
  reading?: number;
}

/** Currency of all amounts. */
export const CURRENCY = 'EUR';

/** A world of customers who read and buy. Each is drawn when asked for, and the same seed always draws the same. */
export interface World {
  items: SimulatedItem[];
  /** Empty when the world has none. */
  topics: Topic[];
  customer(number: number): SimulatedCustomer;
}

/**
 * A seeded world in which it is known which items raise value: customers come, read for a while, order for the first
 * time, and go on reading and ordering. In a world without confounding the expected value of an item's readers before
 * their first order, less that of all other customers, is the item's effect. With `reading`, people like different
 * topics, read by that all their life, and the liking of two topics goes with how often they order, now and later; with
 * `prospects`, some only read for months. Support pages are read after orders and because of them, and hardly before.
 *
 * @throws RangeError when the seed is not a whole number, or for more support pages than items without an effect
 */
export function simulateWorld(options: WorldOptions): World {
  const { seed, reading } = options;
  const topics = reading === undefined ? [] : drawTopics(seed, reading);
  const items = drawCatalogue(options, topics);
  const tasteOf = (number: number) =>
    reading === undefined ? PLAIN : drawTaste(seed, number, topics, reading);
  return { items, topics, customer: (number) => drawCustomer(number, items, options, tasteOf(number)) };
}

/** The first customers of a world. */
export function peopleOf(world: World, customers: number): SimulatedCustomer[] {
  return Array.from({ length: customers }, (_, number) => world.customer(number));
}

/** The whole world as input of a ranking by revenue. */
export function historyOf(world: World, customers: number): History {
  return historyOfPeople(peopleOf(world, customers), world.items.length);
}

/** The same of people who were drawn already. */
export function historyOfPeople(people: SimulatedCustomer[], contents: number): History {
  const history: History = { persons: people.length, contents, touches: [], orders: [] };
  people.forEach(({ orders, touches }, person) => {
    for (const { at, amount } of orders)
      history.orders.push({ person, at, value: amount, refund: amount < 0 });
    for (const { content, at } of touches) history.touches.push({ person, content, at });
  });
  return history;
}
