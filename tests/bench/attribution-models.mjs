// How long each attribution model takes, on paths and on single orders.
//   node tests/bench/attribution-models.mjs            10,000 path rows on 20, 200 and 1,000 items; 10,000 orders
//   node tests/bench/attribution-models.mjs --quick    1,000 rows, 1,000 orders
// Times are of the processor, for other work may share the machine.
// Exits with 1 when a model takes more than a second for its 10,000 rows of up to 200 items, or does not sum to the total.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { check, finish, median } from './support/figures.mjs';

const quick = process.argv.includes('--quick');
const ROWS = quick ? 1_000 : 10_000;
const ORDERS = quick ? 1_000 : 10_000;
const ITEMS = [20, 200, 1_000];
const RUNS = quick ? 1 : 3;
const MOST_MS = 1_000;
const MOST_JUDGED = 200;
const TOUCHES = 5;
const DAY = 86_400_000;

const root = path.resolve(import.meta.dirname, '../..');
await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'attribution-'));
const outfile = path.join(folder, 'attribution.cjs');
const entryPoints = [path.join(root, 'server/src/ranking/models/attribution/index.ts')];
await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
const { creditOrder, creditPaths, ORDER_MODELS, PATH_MODELS } = createRequire(import.meta.url)(outfile);
await rm(folder, { recursive: true });

/** A linear congruential generator: the same paths at every run. */
let state = 42;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const below = (n) => Math.floor(n * random());
/** Some items are touched much more often than others; five touches on average. */
const touched = (items) => {
  const path = [];
  do path.push(Math.floor(items * random() ** 2));
  while (random() < 1 - 1 / TOUCHES);
  return path;
};

function paths(items) {
  return Array.from({ length: ROWS }, () => {
    const conversions = below(3);
    return { items: touched(items), conversions, value: conversions * below(10_000), nulls: below(10) };
  });
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

function timed(label, items, task) {
  const times = Array.from({ length: RUNS }, () => {
    const from = process.cpuUsage();
    task();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  const ms = median(times);
  if (items <= MOST_JUDGED) check(label, ms <= MOST_MS, `${ms.toFixed(1)} ms (target ${MOST_MS} ms)`);
  else console.log(`  SEEN  ${label}: ${ms.toFixed(1)} ms`);
}

for (const items of ITEMS) {
  const rows = paths(items);
  const total = sum(rows.map(({ conversions }) => conversions));
  const settings = PATH_MODELS.flatMap((model) =>
    model === 'markov' ? [1, 2, 3, 4].map((order) => [model, { order }]) : [[model, {}]],
  );
  console.log(`${ROWS} path rows of ${items} items`);
  for (const [model, options] of settings) {
    const label = options.order ? `${model}, order ${options.order}` : model;
    let credits;
    timed(label, items, () => {
      credits = creditPaths(rows, model, options);
    });
    const off = Math.abs(sum(credits.conversions) / total - 1);
    if (off > 1e-9) check(`${label} sums to the conversions`, false, `off by ${off}`);
  }
}

console.log(`${ORDERS} orders, each by all of ${ORDER_MODELS.length} models`);
const journeys = Array.from({ length: ORDERS }, () => ({
  touches: touched(200).map((content) => ({ content, at: below(90) * DAY, kind: 'view' })),
  order: { at: 90 * DAY, amount: below(100_000) },
  milestones: { identifiedAt: below(90) * DAY, dealCreatedAt: null },
}));
let off = 0;
timed('orders to the minor unit', 0, () => {
  for (const journey of journeys) {
    for (const model of ORDER_MODELS) {
      const credits = creditOrder(journey, model);
      off += sum(credits.map(({ amount }) => amount)) - journey.order.amount;
    }
  }
});
check('orders sum to their amounts', off === 0);
finish();
