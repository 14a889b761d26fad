import type { Knex } from 'knex';
import type { History } from '../../server/src/ranking/models/history';
import { seededRandom } from '../../server/src/stats/seeded-random';

/** A small world as rows of the app's tables, and the same world as the pure engine takes it. */
export interface RankingWorld {
  history: History;
  /** Of each person; '' for none. */
  channels: string[];
}

export const WORLD_START = Date.parse('2026-01-01T00:00:00Z');
const DAY = 86_400_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
const CHANNELS = ['newsletter', 'search', ''];
const EMPTY = {
  clv_contents: [] as object[],
  clv_persons: [] as object[],
  clv_visitor_links: [] as object[],
  clv_identities: [] as object[],
  clv_customers: [] as object[],
  clv_orders: [] as object[],
  clv_touches: [] as object[],
};

const key = (kind: string, n: number) => `${kind}-${String(n).padStart(6, '0')}`;
const personKey = (n: number) => key('person', n);

/**
 * Fills the tables with people of every sort: with one browser or two, with one that they share, merged ones, customers
 * who never read, readers who never buy; with refunds and cancelled orders, and with touches of browsers that nobody is
 * known to own.
 */
export async function insertRankingWorld(
  knex: Knex,
  { persons = 400, contents = 12, seed = 7 } = {},
): Promise<RankingWorld> {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const history: History = { persons, contents, touches: [], orders: [] };
  history.publishedAt = Array.from({ length: contents }, () => WORLD_START);
  const channels: string[] = [];
  const tables = structuredClone(EMPTY);

  const addPerson = (id: string, canonical_id: string) =>
    tables.clv_persons.push({ id, canonical_id, created_at: WORLD_START });
  const link = (visitor_key: string, person_id: string, valid_from: number, valid_to: number) => {
    const id = key('link', tables.clv_visitor_links.length);
    const times = { valid_from, valid_to, linked_at: WORLD_START };
    tables.clv_visitor_links.push({ id, visitor_key, person_id, ...times, source: 'test' });
  };
  const touch = (
    visitor_key: string,
    person: number | null,
    at: number,
    content = Math.floor(contents * random() ** 2),
  ) => {
    const message_id = key('touch', tables.clv_touches.length);
    const times = { occurred_at: at, received_at: at };
    tables.clv_touches.push({
      message_id,
      visitor_key,
      content_id: content + 1,
      kind: 'view',
      ...times,
      source: 'api',
    });
    if (person !== null) history.touches.push({ person, content, at });
  };
  const order = (customer_id: string, ordered_at: number, amount: number, status: string) => {
    const order_id = key('order', tables.clv_orders.length);
    const rest = { currency: 'EUR', source: 'test', updated_at: WORLD_START };
    tables.clv_orders.push({ order_id, customer_id, ordered_at, amount, status, ...rest });
  };

  for (let content = 0; content < contents; content++) {
    const kind = content % 3 === 0 ? 'white-paper' : 'article';
    tables.clv_contents.push({
      id: content + 1,
      uid: `api::${kind}.${kind}`,
      document_id: `doc-${content}`,
      locale: content % 2 === 0 ? '' : 'en',
      kind,
      title: `Piece ${content}`,
      published_at: WORLD_START,
      updated_at: WORLD_START,
    });
  }

  for (let person = 0; person < persons; person++) {
    const merged = person % 10 === 3;
    addPerson(personKey(person), personKey(person));
    if (merged) addPerson(`${personKey(person)}-b`, personKey(person));
    const other = merged ? `${personKey(person)}-b` : personKey(person);

    const reads = person % 7 === 0 ? 0 : 1 + below(8);
    const browsers = person % 4 === 0 || merged ? [personKey(person), other] : [personKey(person)];
    for (const [i, owner] of reads > 0 ? browsers.entries() : []) {
      link(`visitor-${person}-${i}`, owner, 0, FOREVER);
      for (let n = 0; n < reads; n++) {
        touch(`visitor-${person}-${i}`, person, WORLD_START + below(180) * DAY + below(DAY));
      }
    }

    channels.push(person % 3 === 0 ? '' : CHANNELS[person % 4 === 0 ? 2 : person % 2]!);
    if (person % 3 === 0) continue;
    const customer = `customer-${person}`;
    const stamp = { source: 'test', linked_at: WORLD_START };
    tables.clv_identities.push({
      id: key('identity', person),
      person_id: other,
      namespace: 'customer',
      value: customer,
      ...stamp,
    });
    tables.clv_customers.push({
      customer_id: customer,
      person_id: personKey(person),
      channel: channels[person] || null,
      currency: 'EUR',
      source: 'test',
      updated_at: WORLD_START,
    });
    order(customer, WORLD_START, 999_999, 'cancelled');
    // Of some only the end is known: what they gave back, of an order from before the books begin.
    const onlyRefunds = person % 28 === 7;
    const refundFirst = person % 25 === 16;
    for (let n = 0, orders = 1 + below(4), at = WORLD_START + (20 + below(60)) * DAY; n < orders; n++) {
      at += below(40) * DAY + 1;
      const refund = onlyRefunds || (n === 0 && refundFirst) || (n > 0 && below(8) === 0);
      const amount = refund ? -1000 : 500 + below(40) * 250 + 10 * reads;
      order(customer, at, amount, 'paid');
      // Reading and buying at the same moment: not read before.
      if (n === 0 && reads > 0) touch(`visitor-${person}-0`, person, at);
      history.orders.push({ person, at, value: amount, refund });
    }
  }

  // One browser that one person leaves and the next takes over, neither of whom has another; and one of nobody's.
  const [before, after] = [7, 14];
  const handOver = WORLD_START + 10 * DAY;
  link('visitor-shared', personKey(before), 0, handOver);
  link('visitor-shared', personKey(after), handOver, FOREVER);
  touch('visitor-shared', before, handOver - 1, 0);
  touch('visitor-shared', after, handOver, 1);
  touch('visitor-shared', after, handOver + DAY, 2);
  for (let content = 0; content < contents; content++) touch('visitor-unknown', null, handOver, content);

  for (const [table, rows] of Object.entries(tables)) await knex.batchInsert(table, rows, 50);
  history.channels = channels.map((channel) => channel || undefined);
  return { history, channels };
}
