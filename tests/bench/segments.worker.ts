import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SegmentRule, SegmentRules } from '../../server/src/activation/segments/api-types';
import { insertSegment } from '../../server/src/activation/segments/manage';
import { computeMembers } from '../../server/src/activation/segments/members/compute';
import { followPersons } from '../../server/src/activation/segments/members/follow';
import { latestFigures, type RowsOf } from '../../server/src/activation/segments/queries/figures';
import { fittingRows } from '../../server/src/activation/segments/queries/segment-query';
import { listSegments } from '../../server/src/activation/segments/store';
import { RUN_SHAPE } from '../../server/src/clv/runs/latest';
import { migrate } from '../../server/src/storage/migrate';
import { connectTo } from './support/database.mjs';

interface Taken {
  ms: number;
  /** How long the thread did nothing else at a stretch, at most. */
  heldMs: number;
}

const RUN = { id: 'run-1', currency: 'EUR' };
const TIMES = 3;
const RESOLUTION_MS = 5;

const knex = connectTo(process.env as Record<string, string>);
const tell = (label: string, taken: Taken, note = '', isCount = false) =>
  process.send!({ label, ...taken, note, isCount });
const only = (...rules: SegmentRule[]): SegmentRules => ({ match: 'all', rules });

const QUESTIONS: Record<string, SegmentRules> = {
  everyone: only(),
  'tier and value': only({ field: 'tier', is: ['gold'] }, { field: 'total', min: 100 }),
  'company of one customer record': only({ field: 'company', is: ['Company 7', 'Company 8'] }),
  'CRM segment': only({ field: 'crmSegment', is: ['hotels'] }),
  'read one item': only({ field: 'content', did: true, contents: ['api::article.article/doc-000000000007'] }),
  'read 3 of one topic in 300 days': only({
    field: 'content',
    did: true,
    topics: ['law'],
    withinDays: 300,
    atLeast: 3,
  }),
  'read anything of a kind': only({ field: 'content', did: true, kinds: ['white-paper'] }),
  'did not read a kind, and ordered lately': only(
    { field: 'content', did: false, kinds: ['white-paper'] },
    { field: 'lastOrder', atMostDays: 200 },
  ),
};

async function prepare(): Promise<void> {
  if (process.env.DATABASE_CLIENT === 'sqlite') {
    // As the app does.
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = FULL');
  }
  await migrate(knex);
  const script = path.join(process.env.CLV_BENCH!, 'support/rank-world.mjs');
  execFileSync(process.execPath, [script, process.argv[2]!]);
  await knex('clv_value_runs').insert({
    id: RUN.id,
    job_id: 'bench',
    created_at: 1,
    published_at: 1,
    shape: RUN_SHAPE,
    summary: JSON.stringify(RUN),
    engine: '{}',
  });
  const people: { id: string }[] = await knex('clv_persons').select('id');
  const rows = people.map(({ id }, n) => ({
    run_id: RUN.id,
    person_id: id,
    kind: n % 3 === 0 ? 'customer' : 'prospect',
    orders: n % 7,
    last_order_at: n % 3 === 0 ? Date.now() - (n % 400) * 86_400_000 : null,
    revenue: n % 90_000,
    historical: n % 90_000,
    predicted: n % 50_000,
    total: n % 140_000,
    tier: n % 3 === 0 ? (['gold', 'silver', 'bronze'][n % 5] ?? 'bronze') : null,
    stage: n % 3 === 0 ? 'active' : 'prospect',
    updated_at: 1,
  }));
  await knex.batchInsert('clv_person_values', rows, 500);
  await knex.raw(process.env.DATABASE_CLIENT === 'postgres' ? 'ANALYZE' : 'SELECT 1');
}

async function timedOnce(work: () => Promise<unknown>): Promise<Taken> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await sleep(2 * RESOLUTION_MS);
  const begin = performance.now();
  await work();
  const ms = performance.now() - begin;
  await sleep(2 * RESOLUTION_MS);
  delay.disable();
  return { ms, heldMs: delay.max / 1e6 };
}

/** The median of some. */
async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const times: Taken[] = [];
  for (let n = 0; n < TIMES; n++) times.push(await timedOnce(work));
  return times.sort((a, b) => a.ms - b.ms)[Math.floor(TIMES / 2)]!;
}

async function main(): Promise<void> {
  await prepare();
  for (const [label, rules] of Object.entries(QUESTIONS)) {
    let members = 0;
    const taken = await timed(async () => {
      const now = Date.now();
      const rowsOf: RowsOf = ({ id, currency }, among) =>
        fittingRows(knex, id, rules, { now, currency, among });
      members = (await latestFigures(knex, rowsOf))!.members;
    });
    tell(`count: ${label}`, taken, `${members} members`, true);
  }
  const input = { membership: 'live' as const, public: false, toCrm: false };
  for (const [name, rules] of Object.entries(QUESTIONS)) {
    const id = await insertSegment(knex, { ...input, name, rules });
    if (name !== 'everyone' && name !== 'read anything of a kind') continue;
    tell(`gather: ${name}`, await timedOnce(() => computeMembers(knex, id)));
  }
  const segments = await listSegments(knex);
  for (const size of [1, 50, 200]) {
    const persons: string[] = await knex('clv_persons').limit(size).pluck('id');
    const taken = await timed(() =>
      knex.transaction((trx) => followPersons(trx, segments, persons, RUN, Date.now())),
    );
    tell(`follow ${size} in ${segments.length} segments`, taken);
  }
  await knex.destroy();
}

void main();
