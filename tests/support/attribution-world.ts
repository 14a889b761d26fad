import type { Knex } from 'knex';
import type { Touch } from '../../server/src/ranking/models/attribution';
import { seededRandom } from '../../server/src/stats/seeded-random';

export interface WorldOrder {
  orderId: string;
  customerId: string;
  person: number;
  at: number;
  /** Minor units of its own currency; negative for a refund. */
  amount: number;
  currency: string;
  dealCreatedAt: number | null;
}

/** What was put into the tables, by whom in truth; content ids are item + 1. */
export interface AttributionWorld {
  orders: WorldOrder[];
  /** By person. */
  touches: Touch[][];
  identifiedAt: number[];
  contents: number;
}

export const RATES = { USD: 0.92, JPY: 0.0061 };

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD', 'JPY'];
const KINDS = ['view', 'view', 'read', 'download'] as const;

const key = (kind: string, n: number) => `${kind}-${String(n).padStart(6, '0')}`;
export const personKey = (n: number) => key('person', n);

interface Options {
  orders?: number;
  persons?: number;
  contents?: number;
  seed?: number;
  /** The moment of the run. */
  now: number;
}

/**
 * Fills the tables with people who read in browsers of their own, two of some and shared ones handed over from one to the
 * next, some known under two persons that were merged, and with their orders in three currencies, with refunds of a part or
 * the whole, cancelled ones, and some from before every window. Moments are whole hours, so that many are the same.
 */
export async function insertAttributionWorld(
  knex: Knex,
  { orders = 10_000, persons = 1_200, contents = 24, seed = 11, now }: Options,
): Promise<AttributionWorld> {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const begin = now - 340 * DAY;
  const world: AttributionWorld = {
    orders: [],
    touches: Array.from({ length: persons }, () => []),
    identifiedAt: [],
    contents,
  };
  const tables: Record<string, object[]> = {
    clv_contents: [],
    clv_persons: [],
    clv_visitor_links: [],
    clv_identities: [],
    clv_customers: [],
    clv_orders: [],
    clv_touches: [],
  };
  for (let content = 1; content <= contents; content++) {
    const kind = content % 3 === 0 ? 'white-paper' : 'article';
    const rest = { kind, title: `Piece ${content}`, published_at: begin, updated_at: begin };
    tables.clv_contents!.push({
      id: content,
      uid: `api::${kind}.${kind}`,
      document_id: `doc-${content}`,
      locale: content % 4 === 0 ? 'it' : '',
      ...rest,
    });
  }
  const link = (visitor_key: string, person_id: string, linked_at: number, from = 0, to = FOREVER) => {
    const id = key('link', tables.clv_visitor_links!.length);
    const times = { valid_from: from, valid_to: to, linked_at };
    tables.clv_visitor_links!.push({ id, visitor_key, person_id, ...times, source: 'test' });
  };
  const touch = (visitor_key: string, person: number, at: number) => {
    const content = Math.floor(contents * random() ** 2);
    const kind = KINDS[below(KINDS.length)]!;
    tables.clv_touches!.push({
      message_id: key('touch', tables.clv_touches!.length),
      visitor_key,
      content_id: content + 1,
      kind,
      occurred_at: at,
      received_at: at,
      source: 'api',
    });
    world.touches[person]!.push({ content: content + 1, at, kind });
  };
  const sometime = () => begin + below((now - begin) / HOUR - 24) * HOUR;

  for (let person = 0; person < persons; person++) {
    const merged = person % 10 === 3;
    const knownAs = merged ? `${personKey(person)}-b` : personKey(person);
    tables.clv_persons!.push({ id: personKey(person), canonical_id: personKey(person), created_at: begin });
    if (merged) tables.clv_persons!.push({ id: knownAs, canonical_id: personKey(person), created_at: begin });
    const browsers = person % 9 === 0 ? 0 : person % 4 === 0 ? 2 : 1;
    const identified = sometime();
    for (let n = 0; n < browsers; n++) {
      link(`visitor-${person}-${n}`, n === 1 ? knownAs : personKey(person), identified + n * DAY);
      for (let reads = below(25); reads > 0; reads--) touch(`visitor-${person}-${n}`, person, sometime());
    }
    tables.clv_identities!.push({
      id: key('identity', person),
      person_id: knownAs,
      namespace: 'customer',
      value: key('customer', person),
      source: 'test',
      linked_at: identified + 7 * DAY,
    });
    world.identifiedAt.push(browsers > 0 ? identified : identified + 7 * DAY);
    tables.clv_customers!.push({
      customer_id: key('customer', person),
      person_id: knownAs,
      currency: 'EUR',
      source: 'test',
      updated_at: begin,
    });
  }
  // Browsers that one person leaves and the next takes over.
  for (let person = 1; person + 1 < persons; person += 40) {
    const visitor = `visitor-shared-${person}`;
    const handOver = sometime();
    link(visitor, personKey(person), now, 0, handOver);
    link(visitor, personKey(person + 1), now, handOver, FOREVER);
    for (let reads = 12; reads > 0; reads--) {
      const at = sometime();
      touch(visitor, at < handOver ? person : person + 1, at);
    }
    touch(visitor, person + 1, handOver);
  }

  // A fifth of the persons read without ever buying.
  const book = (order: Omit<WorldOrder, 'orderId' | 'customerId'>, status = 'paid') => {
    const orderId = key('order', tables.clv_orders!.length);
    const customerId = key('customer', order.person);
    tables.clv_orders!.push({
      order_id: orderId,
      customer_id: customerId,
      ordered_at: order.at,
      amount: order.amount,
      currency: order.currency,
      deal_created_at: order.dealCreatedAt,
      status,
      source: 'test',
      updated_at: begin,
    });
    if (status === 'paid') world.orders.push({ ...order, orderId, customerId });
  };
  while (world.orders.length < orders) {
    const person = below(persons);
    if (person % 5 === 4) continue;
    const old = below(50) === 0;
    const at = old ? begin - (60 + below(200)) * DAY : sometime();
    const currency = CURRENCIES[below(CURRENCIES.length)]!;
    const dealCreatedAt = below(3) === 0 ? at - below(40) * DAY + 2 * DAY : null;
    const amount = below(60) === 0 ? 0 : 1 + below(90_000);
    book({ person, at, amount, currency, dealCreatedAt }, below(30) === 0 ? 'cancelled' : 'paid');
    const refund = below(12);
    if (refund > 1 || amount === 0) continue;
    const back = refund === 0 ? amount : 1 + below(amount);
    const later = Math.min(at + below(20) * DAY, now - DAY);
    book({ person, at: later, amount: -back, currency, dealCreatedAt: null });
  }
  for (const [table, rows] of Object.entries(tables)) await knex.batchInsert(table, rows, 50);
  return world;
}
