// A Strapi in a process of its own that fills its database with a world, ranks it, and tells its parent what that took.
//   fork('rank-app.mjs', [JSON.stringify({ persons, items, touches, newTouches, refreshes, panels })])
// `refreshes` is how often to refresh after so many new touches, `panels` whether to open all panels during a second run.
import { execFileSync, fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootStrapi } from './boot.mjs';
import { watchEventLoop } from './event-loop.mjs';

const world = JSON.parse(process.argv[2]);
const here = import.meta.dirname;
const fill = (given) =>
  execFileSync(process.execPath, [path.join(here, 'rank-world.mjs'), JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const { app, url } = await bootStrapi(path.resolve(here, '../../../playground'));
const jobs = app.plugin('clv').service('jobs');
const knex = app.db.connection;

async function superAdmin() {
  const role = await app.service('admin::role').getSuperAdmin();
  const login = { email: 'bench@example.com', password: 'Bench-of-1234' };
  const name = { firstname: 'Ada', lastname: 'Admin' };
  await app.service('admin::user').create({ ...login, ...name, isActive: true, roles: [role.id] });
  const answer = await fetch(`${url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
  });
  return (await answer.json()).data.token;
}

/** Runs a job of the kind `rank` to its end; returns what it took of this process. Watching the event loop takes some too. */
async function measured(params, watched = false) {
  globalThis.gc?.();
  await sleep(500);
  const idle = process.memoryUsage().rss;
  let peak = idle;
  const memory = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const stop = watched ? watchEventLoop() : () => null;
  const cpu = process.cpuUsage();
  const from = performance.now();
  const { id } = await jobs.start('rank', params, { startedBy: 'bench', activeKey: 'rank' });
  await jobs.ended(id);
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(memory);
  const job = await jobs.get(id);
  if (job.status !== 'done') throw new Error(`the run ${job.status}: ${job.error}`);
  return {
    seconds,
    cpu: (user + system) / 1e6,
    idle,
    memory: peak - idle,
    loop: stop(),
    result: job.result,
  };
}

/** What the admin asks for, with an item and an order that there are. */
async function panelPaths() {
  const [item] = await knex('clv_snapshot_items').orderBy('position').limit(1);
  const order = await knex('clv_orders').first('order_id');
  const content = await knex('clv_contents').where({ id: item.content_id }).first();
  const compared = await knex('clv_contents').orderBy('id').limit(5).pluck('id');
  return [
    '/rankings',
    '/rankings?landmark=first-order&slice=channel:search&sort=excess:desc',
    '/rankings?landmark=all&search=article%209&page=2',
    '/rankings/export.csv?landmark=first-order',
    '/rankings/export.xlsx?landmark=first-order',
    '/rankings/groups?by=kind',
    '/rankings/groups?by=topic',
    '/rankings/group-values?by=topic',
    `/rankings/item?uid=${content.uid}&documentId=${content.document_id}`,
    `/rankings/items/${item.content_id}`,
    `/rankings/compare?items=${compared.join(',')}`,
    '/attribution',
    '/attribution/export.csv',
    `/attribution/orders/${order.order_id}`,
    '/journeys',
    `/journeys/item?contentId=${item.content_id}`,
    '/journeys/export.csv',
    '/advice',
    `/advice/item?contentId=${item.content_id}`,
    '/jobs?kind=rank',
  ].map((panel) => `/clv${panel}`);
}

async function whilePanelsAreOpened(work) {
  const child = fork(path.join(here, 'panels.mjs'), [url, await superAdmin(), ...(await panelPaths())]);
  await work();
  const panels = await new Promise((resolve) => {
    child.once('message', resolve);
    child.send('tell');
  });
  for (const { path: panel, status } of panels)
    if (status >= 400) throw new Error(`${panel} answered ${status}`);
  return panels.map(({ path: panel, times }) => {
    const sorted = times.sort((a, b) => a - b);
    return { path: panel, answers: sorted.length, p95: sorted[Math.floor(0.95 * sorted.length)] };
  });
}

/** Persons and the items that they touched, pair by pair. */
async function exposures() {
  const rows = await knex('clv_snapshot_items as i')
    .join('clv_snapshots as s', 's.id', 'i.snapshot_id')
    .where({ 's.landmark': 'all' })
    .select('i.figures');
  return rows.reduce((sum, { figures }) => sum + JSON.parse(figures).readers, 0);
}

async function written() {
  const [snapshots, sections, items] = await Promise.all([
    knex('clv_snapshot_items').select(
      knex.raw('COUNT(*) AS n, SUM(LENGTH(figures) + LENGTH(COALESCE(detail, ?))) AS bytes', ['']),
    ),
    knex('clv_ranking_sections').select(knex.raw('COUNT(*) AS n, SUM(LENGTH(body)) AS bytes')),
    knex('clv_item_sections').select(knex.raw('COUNT(*) AS n, SUM(LENGTH(body)) AS bytes')),
  ]);
  const told = ([{ n, bytes }]) => ({ rows: Number(n), bytes: Number(bytes) });
  return { 'snapshot items': told(snapshots), sections: told(sections), 'item sections': told(items) };
}

const report = JSON.parse(fill({ ...world, newTouches: 0 }));
report.run = await measured({});
report.exposures = await exposures();
report.written = await written();
report.refreshes = [];
for (let seed = 1; seed <= world.refreshes; seed++) {
  fill({ ...world, seed });
  report.refreshes.push(await measured({ refresh: true }));
}
if (world.panels) {
  report.panels = await whilePanelsAreOpened(async () => {
    report.again = await measured({}, true);
  });
}
process.send(report);
await app.destroy();
process.exit();
