import type { Knex } from 'knex';
import { converter } from '../../clv/convert';
import type { Touch } from '../models/attribution';
import type { RunData } from '../run-data';
import { itemsByLast, JourneyPaths, type LastTouch } from './journey-paths';
import { OrderSums } from './order-models';
import { identifiedAt, lastOrderAt, lastTouchesOf, ordersOf, type Period, touchesOf } from './queries';
import { netOf, settle } from './refunds';
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
  { knex, settings, personIds, linked, contentIds }: RunData,
  attribution: AttributionSettings,
  report: (fraction: number) => void,
): Promise<Journeys> {
  const { lookBack, window } = attribution;
  const period = { from: settings.now - window, before: settings.now };
  const close = (await lastOrderAt(knex, period.before)) ?? period.from;
  const numberOf = new Map(contentIds.map((id, number) => [id, number]));
  const convert = converter(settings);
  const journeys: Journeys = {
    sums: new OrderSums(contentIds.length, attribution),
    paths: new JourneyPaths(),
    period,
    nulls: 0,
    nullsPerRead: Math.max(1, Math.ceil(linked / MOST_READERS)),
    ordersOfItem: new Uint32Array(contentIds.length),
  };

  let met = 0;
  for (let begin = 0; begin < personIds.length; begin += PERSONS_AT_ONCE) {
    const ids = personIds.slice(begin, begin + PERSONS_AT_ONCE);
    const orders = await ordersOf(knex, ids, period);
    const known = await identifiedAt(
      knex,
      ids.filter((id) => orders.has(id)),
    );
    const withBrowser = ids.map((_, i) => begin + i).filter((person) => person < linked);
    const buyers = withBrowser.filter((person) => orders.has(personIds[person]!));
    const touches = await journeysOf(knex, buyers, period, lookBack, numberOf);

    for (const [i, id] of ids.entries()) {
      const own = orders.get(id);
      if (!own) continue;
      const settlement = settle(own, convert);
      journeys.sums.addUnmatched(settlement.unmatched);
      for (const order of settlement.orders) {
        const before = within(touches.get(begin + i) ?? [], order.order.at - lookBack, order.order.at);
        journeys.sums.add(order, before, known.get(id) ?? null);
        if (before.length === 0) continue;
        const items = itemsByLast(before);
        journeys.paths.addOrder(items, netOf(order));
        for (const item of items) journeys.ordersOfItem[item]! += 1;
      }
    }

    const readers = withBrowser
      .filter((person) => !orders.has(personIds[person]!))
      .filter(() => met++ % journeys.nullsPerRead === 0);
    const reading = { from: period.from - lookBack, before: close };
    for (const last of await nullsOf(knex, readers, reading, numberOf)) {
      const end = Math.max(...last.map(({ at }) => at));
      if (end < period.from) continue;
      const journey = last.filter(({ at }) => at >= end - lookBack);
      journeys.paths.addNull(journey, journeys.nullsPerRead);
      journeys.nulls += journeys.nullsPerRead;
    }
    report(Math.min(1, (begin + PERSONS_AT_ONCE) / personIds.length));
  }
  return journeys;
}

/** The touches of persons who ordered, first to last; those of one moment in an order of their own. */
async function journeysOf(
  knex: Knex,
  persons: number[],
  period: Period,
  lookBack: number,
  numberOf: Map<number, number>,
): Promise<Map<number, Touch[]>> {
  const journeys = new Map<number, Touch[]>();
  const from = period.from - lookBack;
  for (const { person, content_id, at, kind } of await touchesOf(knex, persons, { ...period, from })) {
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
async function nullsOf(
  knex: Knex,
  persons: number[],
  period: Period,
  numberOf: Map<number, number>,
): Promise<Iterable<LastTouch[]>> {
  const byPerson = new Map<number, LastTouch[]>();
  for (const { person, content_id, at } of await lastTouchesOf(knex, persons, period)) {
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
