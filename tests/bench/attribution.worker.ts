import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import knexFactory, { type Knex } from 'knex';
import { configSchema } from '../../server/src/config';
import { sectionOf } from '../../server/src/ranking/attribution/body';
import { markovOf, shapleyOf } from '../../server/src/ranking/attribution/data-models';
import { readJourneys } from '../../server/src/ranking/attribution/read-journeys';
import { attributionSettings } from '../../server/src/ranking/attribution/settings';
import { loadRunData } from '../../server/src/ranking/load';
import { seededRandom } from '../../server/src/stats/seeded-random';
import { migrate } from '../../server/src/storage/migrate';

const { file, persons, contents, touches, now, order } = workerData as {
  file: string;
  persons: number;
  contents: number;
  touches: number;
  now: number;
  order: number;
};
const DAY = 86_400_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
const KINDS = ['view', 'view', 'read', 'download'];

const key = (kind: string, n: number) => `${kind}-${String(n).padStart(12, '0')}`;

/** Readers of a year, three in ten of whom order one to six times; few read much, and some items are read by most. */
function fill(): void {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const random = seededRandom(42);
  const below = (n: number) => Math.floor(n * random());
  const sometime = () => now - 364 * DAY + below(360 * DAY);
  const insert = (table: string, row: Record<string, string | number | null>) => {
    const names = Object.keys(row);
    const statement = db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    return (values: Record<string, string | number | null>) => statement.run(...names.map((n) => values[n]!));
  };
  const stamp = { source: 'bench', linked_at: now - 200 * DAY };
  const writers = new Map<string, ReturnType<typeof insert>>();
  const put = (table: string, row: Record<string, string | number | null>) => {
    let write = writers.get(table);
    if (!write) {
      write = insert(table, row);
      writers.set(table, write);
    }
    write(row);
  };
  db.exec('BEGIN');
  for (let id = 1; id <= contents; id++)
    put('clv_contents', {
      id,
      uid: 'api::article.article',
      document_id: key('doc', id),
      locale: '',
      kind: 'article',
      title: `Article ${id}`,
      published_at: now - 400 * DAY,
      updated_at: now,
    });
  let many = 0;
  for (let n = 0; n < persons; n++) {
    const id = key('person', n);
    put('clv_persons', { id, canonical_id: id, created_at: now });
    // Browsers make their keys at random, so neighbours in time are not neighbours in the index.
    const visitor_key = key(`v${Math.imul(n, 2654435761) >>> 0}`, n);
    put('clv_visitor_links', {
      id: key('link', n),
      visitor_key,
      person_id: id,
      valid_from: 0,
      valid_to: FOREVER,
      ...stamp,
    });
    for (let reads = Math.round((touches / persons) * -Math.log(1 - random())); reads > 0; reads--) {
      const at = sometime();
      put('clv_touches', {
        message_id: key('touch', many++),
        visitor_key,
        content_id: 1 + Math.floor(contents * random() ** 2),
        kind: KINDS[below(4)]!,
        occurred_at: at,
        received_at: at,
        source: 'api',
      });
    }
    if (n % 10 >= 3) continue;
    const customer_id = key('customer', n);
    put('clv_identities', {
      id: key('i', n),
      person_id: id,
      namespace: 'customer',
      value: customer_id,
      ...stamp,
    });
    for (let i = 1 + below(6); i > 0; i--) {
      const at = sometime();
      put('clv_orders', {
        order_id: key('order', n * 10 + i),
        customer_id,
        ordered_at: at,
        amount: 500 + below(50_000),
        currency: 'EUR',
        deal_created_at: at - below(40 * DAY),
        status: 'paid',
        source: 'bench',
        updated_at: now,
      });
    }
  }
  db.exec('COMMIT');
  db.close();
}

interface Took {
  /** By the clock, and of processor time: apart on a machine that does other things too. */
  wall: number;
  cpu: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<[T, Took]> {
  const from = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, { wall: (performance.now() - from) / 1000, cpu: (user + system) / 1e6 }];
}

async function measure(knex: Knex) {
  const attribution = attributionSettings(configSchema.parse({ attribution: { markovOrder: order } }));
  const settings = {
    now,
    value: 'revenue' as const,
    fdr: 0.1,
    landmarkDate: null,
    currency: 'EUR',
    rates: {},
    timezone: 'UTC',
    attribution,
    slices: [],
  };
  const [data, load] = await timed(() => loadRunData(knex, settings, () => {}));
  const [journeys, read] = await timed(() => readJourneys(data, attribution, () => {}));
  const paths = journeys.paths.list();
  const { revenueWithContent, orders, ordersWithContent } = journeys.sums;
  const many = data.contentIds.length;
  const [markov, chain] = await timed(() => markovOf(paths, revenueWithContent, many, order));
  const [shapley, game] = await timed(() => shapleyOf(paths, revenueWithContent, many));
  const [section, body] = await timed(() => sectionOf(data, attribution, { journeys, markov, shapley }));
  const bytes = JSON.stringify(section.body).length;
  const looks = paths.reduce((sum, path) => sum + path.items.length, 0);
  return {
    stages: { load, read, markov: chain, shapley: game, body },
    orders,
    ordersWithContent,
    nulls: journeys.nulls,
    paths: paths.length,
    looks,
    notes: { markov: markov.note, shapley: shapley.note },
    bytes,
    heap: process.memoryUsage().rss,
  };
}

async function main() {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: file },
    pool: { min: 1, max: 1 },
    useNullAsDefault: true,
  });
  const known = existsSync(file);
  await migrate(knex);
  if (!known) fill();
  const measured = await measure(knex);
  await knex.destroy();
  parentPort!.postMessage(measured);
}

void main();
