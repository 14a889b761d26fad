import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type {
  StartChecklist,
  StartStepKey,
  WidgetData,
} from '../../../server/src/activation/start/api-types';
import { startChecklist } from '../../../server/src/activation/start/checklist';
import { widgetData } from '../../../server/src/activation/start/widget';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import { adminToken, editorToken } from '../../support/admin';
import { PLAIN_DATABASES, type PlainDatabase } from '../../support/plain-database';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const NOW = Date.parse('2026-06-15T10:00:00Z');
const DAY = 86_400_000;
const EVERYTHING = { ranking: true, value: true, sync: true };

const stamp = { source: 'test', updated_at: NOW };
const content = (id: number) => ({
  id,
  uid: 'api::article.article',
  document_id: `document-${id}`,
  kind: 'article',
  title: `Title ${id}`,
  updated_at: NOW,
});
const touch = (n: number) => ({
  message_id: `touch-${n}`,
  visitor_key: 'visitor-1',
  content_id: 1,
  kind: 'view',
  occurred_at: NOW,
  received_at: NOW,
  source: 'tracker',
});

async function ranked(knex: Knex, job: string, at: number, places: [content: number, verdict: string][]) {
  const id = `snapshot-${job}`;
  await knex('clv_snapshots').insert({
    id,
    job_id: job,
    landmark: 'all',
    slice_of: '',
    slice: '',
    population: 100,
    items: places.length,
    summary: JSON.stringify({ ranked: places.length }),
    created_at: at,
  });
  for (const [index, [contentId, verdict]] of places.entries()) {
    await knex('clv_snapshot_items').insert({
      snapshot_id: id,
      content_id: contentId,
      position: index + 1,
      kind: 'article',
      locale: '',
      title: `Title ${contentId}`,
      title_search: `title ${contentId}`,
      verdict,
      exposed: 40,
      figures: '{}',
    });
  }
}

async function valued(knex: Knex, at: number) {
  const tiles = [
    { key: 'ratio', unit: 'ratio', figure: { value: 3.2, low: 2.9, high: 3.6, n: 40 }, trend: [], target: 3 },
  ];
  await knex('clv_value_runs').insert({
    id: 'run-1',
    job_id: 'job-v',
    shape: RUN_SHAPE,
    created_at: at,
    published_at: at,
    summary: JSON.stringify({ id: 'run-1', createdAt: at, customers: 40, currency: 'EUR' }),
    engine: '{}',
  });
  await knex('clv_value_sections').insert({
    run_id: 'run-1',
    name: 'report',
    body: JSON.stringify({ tiles }),
  });
}

for (const { name, open } of PLAIN_DATABASES) {
  describe(`the way to the first ranking, on ${name}`, () => {
    let database: PlainDatabase;
    let knex: Knex;
    beforeAll(async () => {
      database = await open();
      knex = database.knex;
    });
    afterAll(() => database?.stop());

    const list = (types = 1): Promise<StartChecklist> => startChecklist(knex, types);
    const done = async (types?: number): Promise<StartStepKey[]> =>
      (await list(types)).steps.filter((step) => step.done).map(({ key }) => key);
    const step = async (key: StartStepKey) => (await list()).steps.find((one) => one.key === key);

    test('each step is done once the data says so, and not before', async () => {
      expect(await done(0)).toEqual([]);
      expect(await done()).toEqual(['contents']);

      await knex('clv_contents').insert(content(1));
      await knex('clv_touches').insert([touch(1), touch(2)]);
      await knex('clv_settings').insert({ key: 'tracking.lastTouchAt', value: String(NOW) });
      expect(await step('touches')).toMatchObject({ done: true, count: 2, lastAt: NOW });

      await knex('clv_visitor_links').insert({
        id: 'link-1',
        visitor_key: 'visitor-1',
        person_id: 'person-1',
        valid_from: 0,
        valid_to: 9_000_000_000_000,
        source: 'test',
        linked_at: NOW,
      });
      expect(await step('identified')).toMatchObject({ done: true, count: 1 });

      const order = { customer_id: 'C-1', ordered_at: NOW, amount: 100, currency: 'EUR', ...stamp };
      await knex('clv_orders').insert({ order_id: 'O-1', ...order });
      expect(await done()).toEqual(['contents', 'touches', 'identified']);
      await knex('clv_customers').insert({
        customer_id: 'C-1',
        person_id: 'person-1',
        currency: 'EUR',
        ...stamp,
      });
      expect(await step('orders')).toMatchObject({ done: true, count: 1 });

      await valued(knex, NOW - DAY);
      expect(await step('value')).toMatchObject({ done: true, count: 40, lastAt: NOW - DAY });
      // A ranking that is still being written is none.
      await ranked(knex, 'unpublished', 0, [[1, 'associated']]);
      expect(await done()).toEqual(['contents', 'touches', 'identified', 'orders', 'value']);
      await knex('clv_snapshots').update({ created_at: NOW - DAY });
      expect(await step('ranking')).toMatchObject({ done: true, lastAt: NOW - DAY });
    });

    test('that recommendations were served is asked only where somebody takes notes of it', async () => {
      expect(await step('recommended')).toBeUndefined();
      await knex('clv_experiments').insert({
        id: 'experiment-1',
        name: 'Recommendations',
        surface: 'recommendations',
        state: 'running',
        design: '{}',
        salt: 'salt',
        created_at: NOW,
      });
      expect(await step('recommended')).toMatchObject({ done: false, optional: true });
      await knex('clv_assignments').insert({
        experiment_id: 'experiment-1',
        unit_kind: 'visitor',
        unit_id: 'visitor-1',
        arm: 'holdout',
        assigned_at: NOW,
      });
      expect(await step('recommended')).toMatchObject({ done: true });
      expect(await step('segment')).toMatchObject({ done: false, optional: true });
    });

    test('a run under way is told by its id', async () => {
      const job = { status: 'running', params: '{}', created_at: NOW };
      await knex('clv_jobs').insert([
        { id: 'job-1', kind: 'rank', active_key: 'rank', ...job },
        { id: 'job-2', kind: 'value', active_key: null, ...job },
      ]);
      expect((await list()).running).toEqual({ value: null, ranking: 'job-1' });
    });

    test('the widget tells what moved since the run before, among items with enough data', async () => {
      const before = await widgetData(knex, EVERYTHING);
      expect(before.ranking).toMatchObject({ at: NOW - DAY, compared: false, up: [], down: [] });

      const few = 'not enough data';
      await knex('clv_snapshot_items').del();
      await knex('clv_snapshots').del();
      for (const id of [2, 3, 4, 5]) await knex('clv_contents').insert(content(id));
      const was: [number, string][] = [1, 2, 3, 4, 5].map((id) => [id, 'associated']);
      await ranked(knex, 'older', NOW - 9 * DAY, [...was].reverse());
      await ranked(knex, 'before', NOW - DAY, was);
      await ranked(knex, 'now', NOW, [
        [4, 'associated'],
        [5, few],
        [1, 'associated'],
        [3, 'below typical'],
        [2, 'associated'],
      ]);
      const { ranking } = await widgetData(knex, EVERYTHING);
      expect(ranking).toMatchObject({ at: NOW, compared: true });
      expect(ranking!.up).toEqual([
        { contentId: 4, title: 'Title 4', kind: 'article', position: 1, previousPosition: 4 },
      ]);
      expect(ranking!.down.map(({ contentId }) => contentId)).toEqual([2, 1, 3]);
    });

    test('the widget tells CLV:CAC, and which CRMs wait for somebody', async () => {
      const connection = (id: string, enabled: boolean) => ({
        id,
        kind: 'rest',
        name: `CRM ${id}`,
        id_prefix: `${id}:`,
        options: '{}',
        mapping: '{}',
        push: '{}',
        account: '{}',
        enabled,
        created_at: NOW,
        updated_at: NOW,
      });
      await knex('clv_connections').insert([
        connection('calm', true),
        connection('broken', true),
        connection('busy', true),
        connection('off', false),
      ]);
      const stream = (id: string, kind: string | null) => ({
        connection_id: id,
        stream: 'orders',
        error_kind: kind,
        error: kind && 'reason',
      });
      await knex('clv_streams').insert([
        stream('calm', null),
        stream('broken', 'auth'),
        stream('busy', 'rate-limit'),
        stream('off', 'auth'),
      ]);
      const { value, sync } = await widgetData(knex, EVERYTHING);
      expect(value).toEqual({
        at: NOW - DAY,
        ratio: { value: 3.2, low: 2.9, high: 3.6, n: 40 },
        target: 3,
      });
      expect(sync).toEqual({ connections: 3, failing: [{ id: 'broken', name: 'CRM broken' }] });
      const nothing = await widgetData(knex, { ranking: false, value: false, sync: false });
      expect(nothing).toEqual({ ranking: null, value: null, sync: null });
    });
  });
}

describe('over HTTP', () => {
  let app: TestStrapi;
  beforeAll(async () => {
    app = await startStrapi();
  });
  afterAll(() => app?.stop());

  async function ask(path: string, token: string) {
    const answer = await fetch(`${app.url}/clv${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: await answer.json() };
  }
  const as = (...permissions: string[]) =>
    editorToken(
      app.strapi,
      app.url,
      permissions.map((uid) => `plugin::clv.${uid}`),
    );

  test('everyone sees their parts of the widget alone', async () => {
    const all: WidgetData = (await ask('/widget', await adminToken(app.strapi, app.url))).body;
    expect(all).toEqual({
      ranking: { at: null, up: [], down: [], compared: false },
      value: { at: null, ratio: null, target: null },
      sync: { connections: 0, failing: [] },
    });
    const reader: WidgetData = (await ask('/widget', await as('rankings.read'))).body;
    expect(reader).toEqual({ ranking: all.ranking, value: null, sync: null });
    expect((await ask('/widget', await as('activation.read'))).status).toBe(403);
  });

  test('the way to the first ranking is shown to whoever can do something of it', async () => {
    const { body }: { body: StartChecklist } = await ask('/start', await as('data.import'));
    // The playground names its content types.
    expect(body.steps[0]).toMatchObject({ key: 'contents', done: true });
    expect(body.steps.find(({ key }) => key === 'ranking')).toMatchObject({ done: false });
    expect((await ask('/start', await as('crm.read'))).status).toBe(403);
    expect((await fetch(`${app.url}/clv/start`)).status).toBe(401);
  });
});
