import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { SegmentRule, SegmentRules } from '../../server/src/activation/segments/api-types';
import { insertSegment } from '../../server/src/activation/segments/manage';
import { computeMembers } from '../../server/src/activation/segments/members/compute';
import { followPersons } from '../../server/src/activation/segments/members/follow';
import { figuresOf } from '../../server/src/activation/segments/queries/figures';
import { fittingRows } from '../../server/src/activation/segments/queries/segment-query';
import { listSegments } from '../../server/src/activation/segments/store';
import { RUN_SHAPE } from '../../server/src/clv/runs/latest';
import { migrate } from '../../server/src/storage/migrate';
import { connectTo } from './support/database.mjs';

const RUN = { id: 'run-1', currency: 'EUR' };
const TIMES = 3;

const knex = connectTo(process.env as Record<string, string>);
const tell = (label: string, ms: number, note = '', isCount = false) =>
  process.send!({ label, ms, note, isCount });
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

/** Median of some times. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMES / 2)]!;
}

async function main(): Promise<void> {
  await prepare();
  for (const [label, rules] of Object.entries(QUESTIONS)) {
    let members = 0;
    const ms = await timed(async () => {
      const rows = fittingRows(knex, RUN.id, rules, { now: Date.now(), currency: RUN.currency });
      members = (await figuresOf(knex, RUN, rows)).members;
    });
    tell(`count: ${label}`, ms, `${members} members`, true);
  }
  const input = { membership: 'live' as const, public: false, toCrm: false };
  for (const [name, rules] of Object.entries(QUESTIONS)) {
    const id = await insertSegment(knex, { ...input, name, rules });
    if (name !== 'everyone' && name !== 'read anything of a kind') continue;
    const begin = performance.now();
    await computeMembers(knex, id);
    tell(`gather: ${name}`, performance.now() - begin);
  }
  const segments = await listSegments(knex);
  for (const size of [1, 50, 200]) {
    const persons: string[] = await knex('clv_persons').limit(size).pluck('id');
    const ms = await timed(() =>
      knex.transaction((trx) => followPersons(trx, segments, persons, RUN, Date.now())),
    );
    tell(`follow ${size} in ${segments.length} segments`, ms);
  }
  await knex.destroy();
}

void main();
