import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ConnectionDetail } from '../../../server/src/crm/sync/api-types';
import type { ConnectorsService } from '../../../server/src/crm/sync/connections/registry';
import { editorToken } from '../../support/admin';
import { customerRecord, KEY, loopKind, orderRecord, TOKEN } from '../../support/crm/loop';
import { openWorld, type World } from './sync-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

let world: World;
/** Everything that Strapi wrote into its log. */
const logged: string[] = [];
/** Every answer of the routes. */
const answered: string[] = [];

beforeAll(async () => {
  world = await openWorld({ env: {}, stop: async () => {} });
  const { log } = world.app.strapi;
  log.level = 'debug';
  for (const transport of log.transports) transport.silent = true;
  log.on('data', (entry: unknown) => logged.push(JSON.stringify(entry)));
  const { call } = world;
  world.call = async (...args) => {
    const answer = await call(...args);
    answered.push(JSON.stringify(answer.body));
    return answer;
  };
});
afterAll(() => world.stop());

const input = (change: Record<string, unknown> = {}) => ({
  kind: 'loop',
  name: 'Ours',
  idPrefix: `c${answered.length}:`,
  options: world.loop.options(),
  mapping: {},
  push: { enabled: false, fields: [], noteKinds: [] },
  everyMinutes: { customers: 60 },
  ...change,
});

/** Nowhere in the database, the log or an answer stands a secret as it is. */
async function expectNoSecret(): Promise<void> {
  const seen = [...logged, ...answered];
  const tables: { name: string }[] = await world
    .knex('sqlite_master')
    .where({ type: 'table' })
    .select('name');
  for (const { name } of tables) {
    for (const row of await world.knex(name)) seen.push(JSON.stringify(row));
  }
  const all = seen.join('\n');
  expect(logged.length).toBeGreaterThan(10);
  expect(all).toContain('Loop Ltd');
  for (const secret of [KEY, TOKEN]) {
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      expect(all.includes(form), form).toBe(false);
    }
  }
}

describe('connecting a CRM', () => {
  test('the kinds tell how to ask for their options, also that of the app', async () => {
    const { body } = await world.call('/kinds');
    const loop = body.kinds.find(({ kind }: { kind: string }) => kind === 'loop');
    expect(loop).toMatchObject({ title: 'Loop', oauth: true });
    expect(loop.form.map(({ name }: { name: string }) => name)).toEqual(['url', 'key', 'listed']);
  });

  test('a kind cannot be registered twice, nor with a name that is no part of an address', () => {
    const connectors: ConnectorsService = world.app.strapi.plugin('clv').service('connectors');
    expect(() => connectors.register(loopKind)).toThrow(/registered already/);
    expect(() => connectors.register({ ...loopKind, kind: 'Not good' })).toThrow(/small letters/);
  });

  test('a check stores nothing and tells what is there', async () => {
    const check = { kind: 'loop', options: world.loop.options() };
    const { status, body } = await world.call('/check', 'POST', check);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      account: { id: 'loop-1', name: 'Loop Ltd' },
      capabilities: { pull: ['customers', 'orders', 'subscriptions'] },
      columns: { orders: { amount: 'amount' } },
    });
    expect(body.fields.customers.map(({ name }: { name: string }) => name)).toContain('email');
    expect(await world.knex('clv_connections')).toEqual([]);
  });

  test('what the CRM refuses is not stored, and says by its kind what to do', async () => {
    const wrong = { ...world.loop.options(), key: `${KEY}-wrong` };
    for (const path of ['/check', '/connections']) {
      const body = path === '/check' ? { kind: 'loop', options: wrong } : input({ options: wrong });
      const answer = await world.call(path, 'POST', body);
      expect(answer.status).toBe(422);
      expect(answer.body.error.details).toEqual({ kind: 'auth' });
      // The CRM quoted it.
      expect(answer.body.error.message).toContain('[secret]');
    }
    expect(await world.knex('clv_connections')).toEqual([]);
  });

  test('what cannot work is told with the entry that is wrong', async () => {
    const problem = async (change: Record<string, unknown>) => {
      const { status, body } = await world.call('/connections', 'POST', input(change));
      return { status, ...body.error.details, message: body.error.message };
    };
    const { options } = input();
    expect(await problem({ options: { ...options, url: 'nowhere' } })).toMatchObject({
      status: 422,
      field: 'url',
    });
    expect(await problem({ options: { ...options, kez: '1' } })).toMatchObject({ status: 422, field: 'kez' });
    const short = await problem({ options: { ...options, key: 'k7Xq2' } });
    expect(short).toMatchObject({ status: 422, kind: 'config', field: 'key' });
    expect(short.message).not.toContain('k7Xq2');
    expect(await problem({ options: { ...options, url: 'http://10.1.2.3' } })).toMatchObject({
      status: 422,
      message: expect.stringContaining('privateHosts'),
    });
    for (const column of ['nothing', 'constructor']) {
      expect(await problem({ mapping: { orders: { [column]: 'x' } } })).toMatchObject({
        status: 422,
        field: 'mapping',
      });
    }
    expect(await problem({ kind: 'unheard-of' })).toMatchObject({ status: 422, kind: 'config' });
    expect((await problem({ idPrefix: 'no spaces' })).status).toBe(400);
    expect((await problem({ everyMinutes: { orders: 0 } })).status).toBe(400);
  });

  test('it is stored without anything secret in sight, and changed without saying the secrets again', async () => {
    const { status, body } = await world.call('/connections', 'POST', input());
    expect(status).toBe(201);
    const detail = body as ConnectionDetail;
    expect(detail).toMatchObject({
      options: { url: world.loop.server.url },
      secretsSet: ['key'],
      enabled: true,
    });
    expect(detail.streams.map(({ stream, everyMinutes }) => [stream, everyMinutes])).toEqual([
      ['customers', 60],
      ['orders', null],
      ['subscriptions', null],
    ]);
    const url = `http://127.0.0.1:${new URL(world.loop.server.url).port}/`;
    const change = { name: 'Renamed', options: { url }, everyMinutes: { orders: 5 } };
    const changed = (await world.call(`/connections/${detail.id}`, 'PUT', change)).body;
    expect(changed).toMatchObject({ name: 'Renamed', options: { url }, secretsSet: ['key'] });
    expect((await world.run(detail.id, 'customers')).status).toBe('done');
    const refused = await world.call(`/connections/${detail.id}`, 'PUT', {
      options: { url, key: 'no-such-key' },
    });
    expect(refused.status).toBe(422);
    expect((await world.run(detail.id, 'customers')).status).toBe('done');
    await expectNoSecret();
  });

  test('credentials of another account are refused, so that no customer comes from elsewhere unseen', async () => {
    const { body } = await world.call('/connections', 'POST', input());
    await world
      .knex('clv_connections')
      .where({ id: body.id })
      .update({ account: '{"id":"other","name":"Other"}' });
    const answer = await world.call(`/connections/${body.id}`, 'PUT', { options: world.loop.options() });
    expect([answer.status, answer.body.error.details.kind]).toEqual([422, 'config']);
    expect(answer.body.error.message).toContain('Other');
  });

  test('no two connections share a prefix, and none changes its own once it brought something', async () => {
    world.loop.put('customers', [customerRecord('prefix')]);
    const { body } = await world.call('/connections', 'POST', input({ idPrefix: 'mine:' }));
    const twice = await world.call('/connections', 'POST', input({ idPrefix: 'mine:' }));
    expect(twice.body.error.details).toEqual({ kind: 'config', field: 'idPrefix' });
    // "b:5" of the one would be "5" of the other.
    for (const idPrefix of ['mine:b:', 'mi']) {
      const alike = await world.call('/connections', 'POST', input({ idPrefix }));
      expect(alike.body.error.details).toEqual({ kind: 'config', field: 'idPrefix' });
    }
    expect((await world.call(`/connections/${body.id}`, 'PUT', { idPrefix: 'other:' })).status).toBe(200);
    await world.run(body.id, 'customers');
    const late = await world.call(`/connections/${body.id}`, 'PUT', { idPrefix: 'third:' });
    expect(late.body.error.details).toEqual({ kind: 'config', field: 'idPrefix' });
  });

  test('another mapping has everything of that stream pulled again', async () => {
    world.loop.put('orders', [orderRecord('m', 'prefix')]);
    const { id } = (await world.call('/connections', 'POST', input())).body;
    const heard: unknown[] = [];
    world.app.strapi.eventHub.on('clv.crm.changed', async (change) => void heard.push(change));
    await world.run(id, 'orders');
    await world.run(id, 'customers');
    const { body } = await world.call(`/connections/${id}`, 'PUT', { mapping: { orders: { amount: null } } });
    const complete = Object.fromEntries(
      (body as ConnectionDetail).streams.map((state) => [state.stream, state.complete]),
    );
    expect(complete).toMatchObject({ orders: false, customers: true });
    expect(heard).toEqual([{ connectionId: id, mapping: true, push: false }]);
  });

  test('removed it is forgotten, and what it brought stays', async () => {
    const { id, idPrefix } = (await world.call('/connections', 'POST', input())).body;
    await world.run(id, 'customers');
    expect((await world.call(`/connections/${id}`, 'DELETE')).status).toBe(200);
    expect((await world.call(`/connections/${id}`)).status).toBe(404);
    for (const table of ['clv_streams', 'clv_crm_records', 'clv_crm_problems']) {
      expect(await world.knex(table).where({ connection_id: id })).toEqual([]);
    }
    expect(await world.knex('clv_customers').where('customer_id', 'like', `${idPrefix}%`)).not.toEqual([]);
  });

  test('consent in the CRM is asked with a state that works once, for ten minutes, and for nobody else', async () => {
    const waiting = input({ enabled: false, options: { ...world.loop.options(), key: 'not-known-yet' } });
    const { body, status } = await world.call('/connections', 'POST', waiting);
    expect([status, body.enabled, body.account.id]).toEqual([201, false, '']);
    await world.call(`/connections/${body.id}`, 'PUT', { options: world.loop.options() });
    const { url } = (await world.call(`/connections/${body.id}/authorize`, 'POST')).body;
    const asked = new URL(url).searchParams;
    expect(asked.get('redirect_uri')).toMatch(/\/api\/clv\/crm\/oauth$/);
    const back = async (query: Record<string, string>) => {
      const address = `${world.app.url}/api/clv/crm/oauth?${new URLSearchParams(query)}`;
      const answer = await fetch(address, { redirect: 'manual' });
      answered.push(await answer.text());
      return answer;
    };
    const state = asked.get('state')!;
    expect((await back({ state: `${state.slice(0, -2)}00`, code: 'good-code' })).status).toBe(422);
    expect((await back({ error: 'access_denied' })).status).toBe(422);
    const good = await back({ state, code: 'good-code' });
    expect(good.status).toBe(302);
    expect(good.headers.get('location')).toMatch(new RegExp(`/admin/plugins/clv/crm/${body.id}/edit`));
    expect((await back({ state, code: 'good-code' })).status).toBe(422);

    const late = new URL((await world.call(`/connections/${body.id}/authorize`, 'POST')).body.url);
    vi.setSystemTime(Date.now() + 660_000);
    expect((await back({ state: late.searchParams.get('state')!, code: 'good-code' })).status).toBe(422);
    vi.useRealTimers();
    await expectNoSecret();
  });

  test('each may do what its role is for', async () => {
    const reader = await editorToken(world.app.strapi, world.app.url, ['plugin::clv.crm.read']);
    const nobody = await editorToken(world.app.strapi, world.app.url, []);
    const ask = async (token: string, path: string, method = 'GET') =>
      (
        await fetch(`${world.app.url}/clv/crm${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(method === 'GET' ? {} : { body: '{}' }),
        })
      ).status;
    const id = await world.connect();
    for (const path of ['/kinds', '/connections', `/connections/${id}`, `/connections/${id}/runs`]) {
      expect(await ask(reader, path), path).toBe(200);
      expect(await ask(nobody, path), path).toBe(403);
    }
    for (const path of ['/check', '/connections', `/connections/${id}/streams/orders/run`]) {
      expect(await ask(reader, path, 'POST'), path).toBe(403);
    }
    expect(await ask(reader, `/connections/${id}`, 'DELETE')).toBe(403);
  });

  test('rows that could not be taken are shown to those who may import data alone', async () => {
    world.loop.put('orders', [orderRecord('seen', 's', { amount: '?' })]);
    const id = await world.connect();
    await world.run(id, 'orders');
    const token = await editorToken(world.app.strapi, world.app.url, ['plugin::clv.crm.read']);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${world.app.url}/clv/crm/connections/${id}/problems`, { headers });
    const [problem] = (await answer.json()).problems;
    expect(problem).toMatchObject({ recordId: 'seen', field: 'amount', raw: null });
    expect((await world.call(`/connections/${id}/problems`)).body.problems[0].raw).toMatchObject({
      amount: '?',
    });
  });

  test('what is wrong with the data is counted, with examples', async () => {
    const id = await world.connect();
    world.loop.put('customers', [
      customerRecord('q1'),
      customerRecord('q2', { email: 'q1@example.com' }),
      customerRecord('q3', { email: null }),
    ]);
    world.loop.put('orders', [
      orderRecord('q4', 'nobody'),
      orderRecord('q5', 'q1', { amount: null }),
      orderRecord('q6', 'q1', { ordered_at: '1066-10-14' }),
      orderRecord('q7', 'q1', { currency: 'QQQ' }),
      orderRecord('q8', '', {}),
    ]);
    await world.run(id, 'customers');
    await world.run(id, 'orders');
    const { body } = await world.call(`/connections/${id}/quality`);
    const examples = Object.fromEntries(
      body.checks.map((check: { key: string; examples: string[] }) => [check.key, check.examples]),
    );
    expect(examples.unmatched).toContain('q4');
    expect(examples.withoutEmail).toEqual(['q3']);
    expect(examples.duplicates).toEqual(expect.arrayContaining(['q1', 'q2']));
    expect(examples.missingAmounts).toContain('q5');
    expect(examples.impossibleDates).toEqual(['q6']);
    expect(examples.unknownCurrencies).toEqual(['q7']);
    expect(examples.otherProblems).toEqual(['q8']);
  });
});

describe('without the key that secrets are encrypted with', () => {
  test('nothing is stored, and what is stored can be seen and removed', async () => {
    const id = await world.connect();
    const key = world.app.strapi.config.get('admin.secrets.encryptionKey');
    world.app.strapi.config.set('admin.secrets.encryptionKey', 'another-key-0123456789');
    try {
      expect((await world.call(`/connections/${id}`)).body).toMatchObject({ id, secretsSet: [] });
      const job = await world.run(id, 'customers');
      expect(job.error).toContain('admin.secrets.encryptionKey');
      expect(await world.streamOf(id, 'customers')).toMatchObject({ errorKind: 'config' });

      world.app.strapi.config.set('admin.secrets.encryptionKey', undefined);
      const answer = await world.call('/connections', 'POST', input());
      expect(answer.status).toBe(422);
      expect(answer.body.error.message).toContain('Set admin.secrets.encryptionKey');
      expect((await world.call(`/connections/${id}`, 'DELETE')).status).toBe(200);
    } finally {
      world.app.strapi.config.set('admin.secrets.encryptionKey', key);
    }
    await expectNoSecret();
  });
});
