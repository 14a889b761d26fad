// Fills an app's tables with a year of a busy site: people who read in visits, and some of them buy after. It is run in a
// process of its own, so that the app's process holds nothing of it.
//   node tests/bench/support/rank-world.mjs '{"persons":1000,"items":100,"touches":50000}'      (the database: DATABASE_*)
// or, where such a world is, new touches of the same people, received now:
//   … '{"persons":1000,"items":100,"newTouches":10000,"seed":1}'
import { openBulk } from './bulk.mjs';

const { persons, items, touches, newTouches, seed = 42 } = JSON.parse(process.argv[2]);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const YEAR = 365 * DAY;
/** The year ends a month ago, whenever this runs. */
const START = Math.floor(Date.now() / DAY) * DAY - YEAR - 30 * DAY;
const FOREVER = Number.MAX_SAFE_INTEGER;
const CHANNELS = ['newsletter', 'search', 'partners', null];
const SEGMENTS = ['offices', 'hotels', 'restaurants', 'shops', null];
const TOPICS = ['care', 'design', 'costs', 'law', 'planning', 'materials', 'stories', 'service'];
const VISIT = 4;
const CUSTOMERS = 0.3;

/** A linear congruential generator: the same world at every run. */
let state = seed;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const below = (n) => Math.floor(n * random());
const exponential = (mean) => -mean * Math.log(1 - random());
const key = (kind, n) => `${kind}-${String(n).padStart(12, '0')}`;
/** Browsers make their keys at random, so neighbours in time are not neighbours in the index. */
const visitorKey = (n) =>
  `v${String(Math.imul(n, 2654435761) >>> 0).padStart(10, '0')}${String(n).padStart(8, '0')}`;

const db = openBulk(process.env);
const touch = db.writer('clv_touches', {
  message_id: 'text',
  visitor_key: 'text',
  content_id: 'int',
  kind: 'text',
  occurred_at: 'bigint',
  received_at: 'bigint',
  seconds: 'int',
  depth: 'int',
  source: 'text',
});

/** Items come out one after the other during most of the year, a fifth of them before it. */
const publishedAt = (item) => START + Math.max(0, (item / items - 0.2) * YEAR);

/** One of the items that are out at a time, some liked much more than others: item numbers go through a shuffle. */
function itemAt(at) {
  const out = Math.min(items, Math.ceil((0.2 + (at - START) / YEAR) * items));
  const liked = Math.floor(out * random() ** 2);
  return (liked * 7919) % out;
}

async function insertContents() {
  const content = db.writer('clv_contents', {
    id: 'int',
    uid: 'text',
    document_id: 'text',
    locale: 'text',
    kind: 'text',
    title: 'text',
    topic: 'text',
    published_at: 'bigint',
    updated_at: 'bigint',
  });
  for (let n = 0; n < items; n++) {
    const kind = n % 5 === 0 ? 'white-paper' : 'article';
    const at = publishedAt(n);
    const title = `${kind === 'article' ? 'Article' : 'White paper'} ${n + 1}`;
    const topic = TOPICS[n % TOPICS.length];
    await content.add(n + 1, `api::${kind}.${kind}`, key('doc', n), '', kind, title, topic, at, at);
  }
  await content.flush();
}

async function insertPeople() {
  const stamped = { source: 'text', linked_at: 'bigint' };
  const person = db.writer('clv_persons', { id: 'text', canonical_id: 'text', created_at: 'bigint' });
  const link = db.writer('clv_visitor_links', {
    id: 'text',
    visitor_key: 'text',
    person_id: 'text',
    valid_from: 'bigint',
    valid_to: 'bigint',
    ...stamped,
  });
  const identity = db.writer('clv_identities', {
    id: 'text',
    person_id: 'text',
    namespace: 'text',
    value: 'text',
    ...stamped,
  });
  const customer = db.writer('clv_customers', {
    customer_id: 'text',
    person_id: 'text',
    channel: 'text',
    segment: 'text',
    company: 'text',
    currency: 'text',
    source: 'text',
    updated_at: 'bigint',
  });
  const order = db.writer('clv_orders', {
    order_id: 'text',
    customer_id: 'text',
    ordered_at: 'bigint',
    amount: 'bigint',
    status: 'text',
    currency: 'text',
    source: 'text',
    updated_at: 'bigint',
  });
  let orders = 0;
  for (let n = 0; n < persons; n++) {
    const id = key('person', n);
    await person.add(id, id, START);
    await link.add(key('link', n), visitorKey(n), id, 0, FOREVER, 'bench', START);
    if (random() >= CUSTOMERS) continue;
    await identity.add(key('identity', n), id, 'customer', key('customer', n), 'bench', START);
    const company = n % 3 === 0 ? null : `Company ${Math.floor(n / 20)}`;
    const [channel, segment] = [CHANNELS[below(CHANNELS.length)], SEGMENTS[below(SEGMENTS.length)]];
    await customer.add(key('customer', n), id, channel, segment, company, 'EUR', 'bench', START);
    let at = START + (0.1 + 0.9 * random()) * YEAR;
    for (let left = 1 + Math.floor(exponential(3)); left > 0 && at < START + YEAR; left--) {
      const amount = 500 + Math.floor(exponential(20_000));
      const id = key('order', orders++);
      await order.add(id, key('customer', n), Math.floor(at), amount, 'paid', 'EUR', 'bench', START);
      at += exponential(60 * DAY);
    }
  }
  for (const table of [person, link, identity, customer, order]) await table.flush();
  return orders;
}

/** Whose touch, at what second of the year: in one number, so that sorting them costs little. */
function touchTimes() {
  const times = new Float64Array(touches);
  const seconds = YEAR / 1000;
  let made = 0;
  while (made < touches) {
    const person = below(persons);
    // Few read much, most read little.
    for (let visits = Math.ceil(exponential(3)); visits > 0 && made < touches; visits--) {
      let at = below(seconds - 3600);
      for (let reads = 1 + below(2 * VISIT - 1); reads > 0 && made < touches; reads--) {
        times[made++] = at * persons + person;
        at += 20 + below(300);
      }
    }
  }
  return times.sort();
}

async function insertTouches() {
  for (const [n, time] of touchTimes().entries()) {
    const at = START + Math.floor(time / persons) * 1000;
    const visitor = visitorKey(time % persons);
    await touch.add(key('touch', n), visitor, 1 + itemAt(at), 'view', at, at, below(180), below(101), 'api');
  }
  await touch.flush();
}

async function insertNewTouches() {
  const now = Date.now();
  for (let n = 0; n < newTouches; n++) {
    const at = now - below(10 * MINUTE);
    const id = key(`new-${seed}`, n);
    await touch.add(id, visitorKey(below(persons)), 1 + below(items), 'view', at, now, 30, 50, 'api');
  }
  await touch.flush();
}

if (newTouches) {
  await insertNewTouches();
} else {
  await insertContents();
  const orders = await insertPeople();
  await db.reindexed('clv_touches', insertTouches);
  await db.settle();
  console.log(JSON.stringify({ orders }));
}
await db.close();
