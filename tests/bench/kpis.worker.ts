import { parentPort, workerData } from 'node:worker_threads';
import knexFactory from 'knex';
import { kpiReport } from '../../server/src/clv/kpi-report';
import { tierSettings } from '../../server/src/clv/kpis/tiers';
import { seededRandom } from '../../server/src/stats/seeded-random';
import { insertRows, type Value } from '../../server/src/storage/insert-rows';
import { migrate } from '../../server/src/storage/migrate';

const { file, customers, now } = workerData as { file: string; customers: number; now: number };
const DAY = 86_400_000;
const ORDERS = 10;
const TOUCHES = 10;
const AT_ONCE = 2_000;

const text = (...names: string[]) => names.map((name) => ({ name, type: 'text' as const }));
const big = (...names: string[]) => names.map((name) => ({ name, type: 'bigint' as const }));
const TABLES = {
  clv_persons: [...text('id', 'canonical_id'), ...big('created_at')],
  clv_identities: [...text('id', 'person_id', 'namespace', 'value', 'source'), ...big('linked_at')],
  clv_customers: [
    ...text('customer_id', 'person_id', 'channel', 'segment', 'currency', 'source'),
    ...big('service_cost_per_month', 'nps', 'updated_at'),
  ],
  clv_orders: [
    ...text('order_id', 'customer_id', 'currency', 'product_line', 'source'),
    ...big('ordered_at', 'amount', 'cost', 'updated_at'),
  ],
  clv_visitor_links: [
    ...text('id', 'visitor_key', 'person_id', 'source'),
    ...big('valid_from', 'valid_to', 'linked_at'),
  ],
  clv_touches: [
    ...text('message_id', 'visitor_key', 'kind', 'source'),
    ...big('content_id', 'occurred_at', 'received_at'),
  ],
};

/** Fills the tables with customers of three years, ten orders and ten touches each on average. */
async function fill(): Promise<void> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  await migrate(knex);
  await knex.raw('PRAGMA synchronous = OFF');
  const random = seededRandom(1);
  const below = (n: number) => Math.floor(n * random());
  for (let from = 0; from < customers; from += AT_ONCE) {
    const rows: Record<keyof typeof TABLES, Value[][]> = {
      clv_persons: [],
      clv_identities: [],
      clv_customers: [],
      clv_orders: [],
      clv_visitor_links: [],
      clv_touches: [],
    };
    for (let i = from; i < Math.min(customers, from + AT_ONCE); i++) {
      const id = String(i).padStart(9, '0');
      const channel = ['search', 'newsletter', 'fair', 'partners'][i % 4]!;
      rows.clv_persons.push([id, id, now]);
      rows.clv_identities.push([id, id, 'customer', id, 'bench', now]);
      rows.clv_customers.push([
        id,
        id,
        channel,
        i % 3 ? 'home' : 'office',
        'EUR',
        'bench',
        i % 9 ? 0 : 150,
        i % 11,
        now,
      ]);
      const start = now - below(1_095) * DAY;
      for (let n = below(2 * ORDERS); n >= 0; n--) {
        const at = Math.min(now, start + below(300) * DAY);
        const currency = n % 7 ? 'EUR' : 'USD';
        rows.clv_orders.push([
          `${id}-${n}`,
          id,
          currency,
          ['beans', 'machines', null][n % 3]!,
          'bench',
          at,
          1_000 + below(20_000),
          500,
          now,
        ]);
      }
      rows.clv_visitor_links.push([id, id, id, 'bench', 0, now, now]);
      for (let n = below(2 * TOUCHES); n > 0; n--) {
        const at = start + (below(120) - 60) * DAY;
        rows.clv_touches.push([`${id}-${n}`, id, n % 5 ? 'view' : 'read', 'import', 1 + below(500), at, at]);
      }
    }
    for (const table of Object.keys(TABLES) as (keyof typeof TABLES)[]) {
      await insertRows(knex, table, TABLES[table], rows[table]);
    }
  }
  await knex.destroy();
}

async function run(): Promise<void> {
  await fill();
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: file, options: { readonly: true } } as object,
    useNullAsDefault: true,
  });
  const [{ orders }] = await knex('clv_orders').count({ orders: '*' });
  let heap = 0;
  let seen = 0;
  // Asked of each person; timers get no turn, for SQLite answers at once.
  const watch = () => {
    seen += 1;
    if (seen % 1_000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed);
    return null;
  };
  const started = performance.now();
  const options = {
    currency: 'EUR',
    rates: { USD: 0.9137 },
    timezone: 'Europe/Rome',
    now,
    discountRate: 0.1,
    targets: { ratio: 3 },
    tiers: { ...tierSettings({ rule: 'quantiles' }), of: 'historical' as const },
  };
  const { report } = await kpiReport(knex, options, watch);
  const seconds = (performance.now() - started) / 1_000;
  heap = Math.max(heap, process.memoryUsage().heapUsed);
  await knex.destroy();
  parentPort!.postMessage({ seconds, heap, orders, customers: report.total.customers });
}

void run();
