// Fills an app's tables with articles as Strapi keeps them, and with people who read them and what they are worth. Each part
// is run while the app is down:
//   node … '{"part":"articles","items":1000}'
//   node … '{"part":"people","persons":100000,"reads":10}'                                  (the database: DATABASE_*)
import { openBulk } from './bulk.mjs';

const { part, items, persons, reads } = JSON.parse(process.argv[2]);
const DAY = 86_400_000;
const YEAR = 365 * DAY;
const NOW = Date.now();
const FOREVER = Number.MAX_SAFE_INTEGER;
const RUN = 'run-of-the-bench';
const TIERS = ['platinum', 'gold', 'silver', 'bronze'];
const STAGES = ['active', 'at risk', 'lapsed', 'new'];
const CHANNELS = ['newsletter', 'search', 'partners', null];
const TOPICS = ['care', 'design', 'costs', 'law', 'planning', 'materials', 'stories', 'service'];
/** Of each person, how many of ten bought. */
const BUYERS = 4;

/** A linear congruential generator: the same world at every run. */
let state = 42;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const below = (n) => Math.floor(n * random());
const key = (kind, n) => `${kind}-${String(n).padStart(12, '0')}`;
export const visitorKey = (n) => `visitor-of-bench-${String(n).padStart(8, '0')}`;

const db = openBulk(process.env);
/** As Strapi keeps a time in its own tables. */
const moment = (at) => (process.env.DATABASE_CLIENT === 'postgres' ? new Date(at).toISOString() : at);

/** Each as a draft and as what is published, as the document service leaves them. */
async function insertArticles() {
  const article = db.writer('articles', {
    document_id: 'text',
    title: 'text',
    slug: 'text',
    topic: 'text',
    body: 'text',
    author: 'text',
    created_at: 'timestamp',
    updated_at: 'timestamp',
    published_at: 'timestamp',
    locale: 'text',
  });
  const body = 'All work and no play. '.repeat(100);
  for (let n = 0; n < items; n++) {
    const at = moment(NOW - YEAR + Math.floor((n / items) * 0.9 * YEAR));
    const id = `bench${String(n).padStart(19, '0')}`;
    const about = [`Article ${n}`, `bench-${n}`, TOPICS[n % TOPICS.length], body, `Author ${n % 40}`];
    await article.add(id, ...about, at, at, null, 'en');
    await article.add(id, ...about, at, at, at, 'en');
  }
  await article.flush();
}

async function insertPeople() {
  const stamped = { source: 'text', linked_at: 'bigint' };
  const tables = {
    clv_persons: { id: 'text', canonical_id: 'text', created_at: 'bigint' },
    clv_visitor_links: {
      id: 'text',
      visitor_key: 'text',
      person_id: 'text',
      valid_from: 'bigint',
      valid_to: 'bigint',
      ...stamped,
    },
    clv_identities: { id: 'text', person_id: 'text', namespace: 'text', value: 'text', ...stamped },
    clv_orders: {
      order_id: 'text',
      customer_id: 'text',
      ordered_at: 'bigint',
      amount: 'bigint',
      currency: 'text',
      status: 'text',
      source: 'text',
      updated_at: 'bigint',
    },
    clv_touches: {
      message_id: 'text',
      visitor_key: 'text',
      content_id: 'int',
      kind: 'text',
      occurred_at: 'bigint',
      received_at: 'bigint',
      seconds: 'int',
      depth: 'int',
      channel: 'text',
      source: 'text',
    },
    clv_person_values: {
      run_id: 'text',
      person_id: 'text',
      kind: 'text',
      orders: 'int',
      channel: 'text',
      revenue: 'bigint',
      historical: 'bigint',
      total: 'bigint',
      tier: 'text',
      stage: 'text',
      updated_at: 'bigint',
    },
  };
  const write = Object.fromEntries(
    Object.entries(tables).map(([name, types]) => [name, db.writer(name, types)]),
  );
  const contents = await db.pluck('SELECT id FROM clv_contents ORDER BY id');
  for (let n = 0; n < persons; n++) {
    const [person, visitor, begin] = [key('person', n), visitorKey(n), NOW - YEAR + below(200) * DAY];
    const isBuyer = n % 10 < BUYERS;
    const channel = CHANNELS[n % CHANNELS.length];
    await write.clv_persons.add(person, person, begin);
    await write.clv_visitor_links.add(key('link', n), visitor, person, 0, FOREVER, 'bench', begin);
    const [namespace, value] = isBuyer ? ['customer', key('customer', n)] : ['user', key('user', n)];
    await write.clv_identities.add(key('identity', n), person, namespace, value, 'bench', begin);
    const liked = n % TOPICS.length;
    for (let read = 0; read < reads; read++) {
      const any = below(contents.length);
      const place = random() < 0.6 ? any - (any % TOPICS.length) + liked : any;
      const at = begin + below(100) * DAY;
      const id = contents[Math.min(place, contents.length - 1)];
      await write.clv_touches.add(
        key('touch', n * reads + read),
        visitor,
        id,
        'read',
        at,
        at,
        90,
        80,
        channel,
        'api',
      );
    }
    const amount = 2_000 + below(20_000) + (liked === 0 ? 10_000 : 0);
    if (isBuyer) {
      const at = begin + 110 * DAY;
      await write.clv_orders.add(key('order', n), key('customer', n), at, amount, 'EUR', 'paid', 'bench', at);
    }
    const worth = isBuyer ? [amount, amount, amount] : [0, 0, 0];
    const tier = TIERS[n % TIERS.length];
    const stage = isBuyer ? STAGES[n % STAGES.length] : 'prospect';
    const kind = isBuyer ? 'customer' : 'prospect';
    await write.clv_person_values.add(
      RUN,
      person,
      kind,
      Number(isBuyer),
      channel,
      ...worth,
      tier,
      stage,
      NOW,
    );
  }
  for (const writer of Object.values(write)) await writer.flush();
  const run = db.writer('clv_value_runs', {
    id: 'text',
    job_id: 'text',
    created_at: 'bigint',
    published_at: 'bigint',
    shape: 'int',
    summary: 'text',
    engine: 'text',
  });
  const engine = { runId: RUN, tiers: { names: TIERS } };
  await run.add(RUN, 'job-of-the-bench', NOW, NOW, 1, '{}', JSON.stringify(engine));
  await run.flush();
}

await (part === 'articles' ? insertArticles() : insertPeople());
await db.settle();
await db.close();
