import type { Knex } from 'knex';
import { type Convert, converter } from '../../clv/convert';
import type { Touch } from '../models/attribution';
import type { RunData } from '../run-data';
import { itemsByLast, JourneyPaths, type LastTouch } from './journey-paths';
import { OrderSums } from './order-models';
import { identifiedAt, lastOrderAt, lastTouchesOf, ordersOf, type Period, touchesOf } from './queries';
import { type BookedOrder, netOf, settle } from './refunds';
import type { AttributionSettings } from './settings';

/** What a run knows once it has read all orders and what was touched before them. */
export interface Journeys {
  sums: OrderSums;
  paths: JourneyPaths;
  /** Orders of this period were read. */
  period: Period;
  /** Journeys that ended without an order, and how many of them each that was read stands for. */
  nulls: number;
  nullsPerRead: number;
  /** By item: orders before which it was touched. */
  ordersOfItem: Uint32Array;
}

/** Persons whose orders are read by one statement, with the touches before them. */
const PERSONS_AT_ONCE = 2_000;

/**
 * Readers without an order whose journeys are read. Where there are more, every second, third … is, and counts as often:
 * the models need what share of all journeys is like which, and so many tell that well enough.
 */
const MOST_READERS = 50_000;

/**
 * Reads the orders of the window, chunk by chunk of persons, and credits each as it comes; then the journeys of readers
 * without an order in the window. Such a journey ends with the reader's last touch before the last order of all: a reader
 * of later cannot be known not to buy, and touches that arrive after all orders change nothing.
 */
export async function readJourneys(
  data: RunData,
  attribution: AttributionSettings,
  report: (fraction: number) => void,
): Promise<Journeys> {
  const { knex, settings, personIds, linked, contentIds } = data;
  const period = { from: settings.now - attribution.window, before: settings.now };
  const journeys: Journeys = {
    sums: new OrderSums(contentIds.length, attribution),
    paths: new JourneyPaths(),
    period,
    nulls: 0,
    nullsPerRead: Math.max(1, Math.ceil(linked / MOST_READERS)),
    ordersOfItem: new Uint32Array(contentIds.length),
  };
  const reading: Reading = {
    knex,
    lookBack: attribution.lookBack,
    close: (await lastOrderAt(knex, period.before)) ?? period.from,
    numberOf: new Map(contentIds.map((id, number) => [id, number])),
    convert: converter(settings),
  };
  let readers = 0;
  for (let begin = 0; begin < personIds.length; begin += PERSONS_AT_ONCE) {
    const persons = personIds
      .slice(begin, begin + PERSONS_AT_ONCE)
      .map((id, i) => ({ id, number: begin + i }));
    const ids = persons.map(({ id }) => id);
    const orders = await ordersOf(knex, ids, period);
    const buyers = persons.filter(({ id }) => orders.has(id));
    await addBuyers(journeys, reading, buyers, orders, linked);
    const others = persons
      .filter(({ id, number }) => number < linked && !orders.has(id))
      .filter(() => readers++ % journeys.nullsPerRead === 0);
    await addReaders(journeys, reading, others);
    report(Math.min(1, (begin + PERSONS_AT_ONCE) / personIds.length));
  }
  return journeys;
}

/** What is the same for all chunks. */
interface Reading {
  knex: Knex;
  lookBack: number;
  /** Touches of readers without an order count before this moment. */
  close: number;
  /** Numbers of items by content id. */
  numberOf: Map<number, number>;
  convert: Convert;
}

interface Person {
  id: string;
  number: number;
}

async function addBuyers(
  { sums, paths, period, ordersOfItem }: Journeys,
  { knex, lookBack, numberOf, convert }: Reading,
  buyers: Person[],
  orders: Map<string, BookedOrder[]>,
  linked: number,
): Promise<void> {
  const known = await identifiedAt(
    knex,
    buyers.map(({ id }) => id),
  );
  const withBrowser = buyers.map(({ number }) => number).filter((number) => number < linked);
  const reach = { from: period.from - lookBack, before: period.before };
  const touches = await journeysOf(knex, withBrowser, reach, numberOf);
  for (const { id, number } of buyers) {
    const settlement = settle(orders.get(id)!, convert);
    sums.addUnmatched(settlement.unmatched);
    for (const order of settlement.orders) {
      const before = within(touches.get(number) ?? [], order.order.at - lookBack, order.order.at);
      sums.add(order, before, known.get(id) ?? null);
      if (before.length === 0) continue;
      const items = itemsByLast(before);
      paths.addOrder(items, netOf(order));
      for (const item of items) ordersOfItem[item]! += 1;
    }
  }
}

async function addReaders(
  journeys: Journeys,
  { knex, lookBack, close, numberOf }: Reading,
  readers: Person[],
): Promise<void> {
  const { paths, period, nullsPerRead } = journeys;
  const numbers = readers.map(({ number }) => number);
  const reach = { from: period.from - lookBack, before: close };
  for (const touches of await lastTouchesByPerson(knex, numbers, reach, numberOf)) {
    const end = Math.max(...touches.map(({ at }) => at));
    if (end < period.from) continue;
    paths.addNull(
      touches.filter(({ at }) => at >= end - lookBack),
      nullsPerRead,
    );
    journeys.nulls += nullsPerRead;
  }
}

/** The touches of persons who ordered, first to last; those of one moment in an order of their own. */
async function journeysOf(
  knex: Knex,
  persons: number[],
  reach: Period,
  numberOf: Map<number, number>,
): Promise<Map<number, Touch[]>> {
  const journeys = new Map<number, Touch[]>();
  for (const { person, content_id, at, kind } of await touchesOf(knex, persons, reach)) {
    const content = numberOf.get(content_id);
    if (content === undefined) continue;
    const touch = { content, at: Number(at), kind };
    const own = journeys.get(person);
    if (own) own.push(touch);
    else journeys.set(person, [touch]);
  }
  for (const touches of journeys.values()) touches.sort((a, b) => a.at - b.at || a.content - b.content);
  return journeys;
}

/** What persons without an order last touched, and when; one list a person. */
async function lastTouchesByPerson(
  knex: Knex,
  persons: number[],
  reach: Period,
  numberOf: Map<number, number>,
): Promise<Iterable<LastTouch[]>> {
  const byPerson = new Map<number, LastTouch[]>();
  for (const { person, content_id, at } of await lastTouchesOf(knex, persons, reach)) {
    const content = numberOf.get(content_id);
    if (content === undefined) continue;
    const own = byPerson.get(person);
    if (own) own.push({ content, at: Number(at) });
    else byPerson.set(person, [{ content, at: Number(at) }]);
  }
  return byPerson.values();
}

/** The touches from one moment on and before another, of touches in time. */
function within(touches: Touch[], from: number, before: number): Touch[] {
  const begin = touches.findIndex(({ at }) => at >= from);
  if (begin < 0) return [];
  const end = touches.findIndex(({ at }, i) => i >= begin && at >= before);
  return touches.slice(begin, end < 0 ? touches.length : end);
}
