import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionsService } from '../../../server/src/crm/sync/connections/service';
import { DATABASES } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';

const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString('base64')}`;

interface Message {
  id?: string;
  /** Seconds. */
  at?: number;
  key?: Buffer;
  body: unknown;
}

const order = (id: string, change: Record<string, unknown> = {}) => ({
  order_id: id,
  customer_id: 'C-1',
  ordered_at: '2026-01-31T09:30:00Z',
  amount: '10.00',
  currency: 'EUR',
  ...change,
});

let count = 0;
const newId = () => `msg_${process.pid}_${Date.now()}_${count++}`;

/** A message as Standard Webhooks has it. */
function signed({ id = newId(), at = Math.floor(Date.now() / 1000), key = KEY, body }: Message) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = createHmac('sha256', key).update(`${id}.${at}.${text}`).digest('base64');
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${signature}`,
  };
  return { method: 'POST', headers, body: text };
}

const used = DATABASES.filter(({ name }) => name !== 'MariaDB');
describe.each(used)('signed webhooks, on $name', ({ name, start }) => {
  let app: TestStrapi;
  let other: StrapiNode | undefined;
  let stopDatabase = async () => {};
  let connections: ConnectionsService;
  let id: string;
  const logged: string[] = [];
  const knex = () => app.strapi.db.connection;
  const at = (connectionId: string, url = app.url) => `${url}/api/clv/crm/${connectionId}/webhook`;
  const send = (message: Message, url = app.url) => fetch(at(id, url), signed(message));
  const statusOf = async (message: Message) => (await send(message)).status;
  const orders = () => knex()('clv_orders').orderBy('order_id');

  beforeAll(async () => {
    const database = await start();
    stopDatabase = database.stop;
    app = await startStrapi({ env: database.env });
    const { log } = app.strapi;
    for (const level of ['error', 'warn', 'info'] as const) {
      const write = log[level].bind(log);
      Object.assign(log, {
        [level]: (...said: unknown[]) => {
          logged.push(said.map(String).join(' '));
          return write(...(said as [string]));
        },
      });
    }
    if (name === 'PostgreSQL') other = await startStrapiNode(database.env);
    connections = app.strapi.plugin('clv').service('connections');
  });
  afterAll(async () => {
    await other?.stop();
    await app?.stop();
    await stopDatabase();
  });
  beforeEach(async () => {
    for (const { id: old } of await connections.list()) await connections.remove(old);
    for (const table of ['clv_orders', 'clv_customers', 'clv_subscriptions']) await knex()(table).delete();
    const made = await connections.create({
      kind: 'webhook',
      name: 'Shop',
      idPrefix: 'shop:',
      options: { secret: SECRET },
      mapping: {},
      push: { enabled: false, fields: [], noteKinds: [] },
      everyMinutes: {},
    });
    id = made.id;
    expect(made.webhookUrl).toMatch(new RegExp(`/api/clv/crm/${id}/webhook$`));
    logged.length = 0;
  });

  test('what a message brings is stored when it is answered: rows, deletions, people who are to be forgotten', async () => {
    const answer = await send({
      body: {
        customers: [{ customer_id: 'C-1', email: 'ada@example.com' }, { customer_id: 'C-2' }],
        orders: [order('O-1'), order('O-2', { customer_id: 'C-2' }), order('O-3', { amount: 'much' })],
        subscriptions: [
          {
            subscription_id: 'S-1',
            customer_id: 'C-1',
            started_at: '2026-01-01',
            mrr: '9.00',
            currency: 'EUR',
          },
        ],
      },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'taken' }]);
    expect((await orders()).map((row) => [row.order_id, row.customer_id, Number(row.amount)])).toEqual([
      ['shop:O-1', 'shop:C-1', 1_000],
      ['shop:O-2', 'shop:C-2', 1_000],
    ]);
    expect(await knex()('clv_subscriptions')).toHaveLength(1);
    const [problem] = await knex()('clv_crm_problems').where({ connection_id: id });
    expect([problem.record_id, problem.field]).toEqual(['O-3', 'amount']);

    expect(await statusOf({ body: { deleted: { orders: ['O-1'] }, erased: ['C-2'] } })).toBe(200);
    const left = await orders();
    expect(left.filter((row) => row.status !== 'cancelled')).toEqual([]);
    expect(left.map((row) => row.customer_id)).not.toContain('shop:C-2');
  });

  test('a message that comes again changes nothing, also with a fresh signature', async () => {
    const message = { id: newId(), body: { orders: [order('O-1')] } };
    expect(await (await send(message)).json()).toEqual({ status: 'taken' });
    expect(await statusOf({ body: { orders: [order('O-1', { amount: '20.00' })] } })).toBe(200);
    for (const replay of [message, { ...message, at: Math.floor(Date.now() / 1000) - 60 }]) {
      const answer = await send(replay);
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'duplicate' }]);
    }
    expect((await orders()).map((row) => Number(row.amount))).toEqual([2_000]);
    expect(await knex()('clv_webhook_deliveries')).toHaveLength(2);
  });

  test('one that could not be stored is answered with 5xx, and taken when it comes again', async () => {
    const sync = app.strapi.plugin('clv').service('sync');
    const { news } = sync;
    const message = { id: newId(), body: { orders: [order('O-1')] } };
    sync.news = async () => {
      throw new Error('the disk is full');
    };
    expect(await statusOf(message)).toBe(500);
    sync.news = news;
    expect(await (await send(message)).json()).toEqual({ status: 'taken' });
    expect(await orders()).toHaveLength(1);
  });

  test('a forged, changed, stale or unsigned message is refused, and nothing of it stored', async () => {
    const body = { orders: [order('O-1')] };
    const now = Math.floor(Date.now() / 1000);
    const good = signed({ body });
    const refused: RequestInit[] = [
      signed({ key: randomBytes(32), body }),
      { ...good, body: good.body.replace('10.00', '99.00') },
      { ...good, body: ` ${good.body}` },
      { ...good, headers: { ...good.headers, 'webhook-id': 'another' } },
      { ...good, headers: { ...good.headers, 'webhook-timestamp': String(now + 1) } },
      { ...good, headers: { ...good.headers, 'webhook-signature': 'v1,' } },
      {
        ...good,
        headers: { ...good.headers, 'webhook-signature': good.headers['webhook-signature']!.slice(3) },
      },
      { ...good, headers: { 'content-type': 'application/json' } },
      signed({ body, at: now - 301 }),
      signed({ body, at: now + 330 }),
      signed({ body, at: Number.NaN }),
    ];
    for (const [place, request] of refused.entries()) {
      const answer = await fetch(at(id), request);
      expect(answer.status, `refused message ${place}`).toBe(401);
    }
    expect(await orders()).toEqual([]);
    expect(await knex()('clv_webhook_deliveries')).toEqual([]);
  });

  test('while a secret is changed, one right signature among several is enough', async () => {
    const message = signed({ body: { orders: [order('O-1')] } });
    const old = signed({ key: randomBytes(32), body: 'x' }).headers['webhook-signature'];
    message.headers['webhook-signature'] = `v1a,whatever ${old} ${message.headers['webhook-signature']}`;
    expect((await fetch(at(id), message)).status).toBe(200);
  });

  test('a body that is no JSON, or says something else, is told from a forged one', async () => {
    for (const body of [
      '{"orders": [',
      '[]',
      { orders: 'all' },
      { order: [] },
      { deleted: { orders: [null] } },
    ]) {
      const answer = await send({ body });
      expect(answer.status).toBe(400);
      expect((await answer.json()).error).toMatch(/JSON|customers/);
    }
  });

  test('a body of more than a megabyte is refused before it is read to its end', async () => {
    const body = JSON.stringify({ orders: [], padding: 'x'.repeat(2 ** 20) });
    expect(await statusOf({ body })).toBe(413);
    const drops = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(2 ** 16)),
    });
    const endless = await fetch(at(id), { method: 'POST', body: drops, duplex: 'half' } as RequestInit).then(
      ({ status }) => status,
      () => 'broken off',
    );
    expect([413, 'broken off']).toContain(endless);
  });

  test('a connection that is not there, takes no webhooks or is switched off: nobody can tell which', async () => {
    const message = signed({ body: {} });
    const answers = [await fetch(at('00000000-0000-7000-8000-000000000000'), message)];
    await connections.change(id, { enabled: false });
    answers.push(
      await fetch(at(id), message),
      await fetch(at(id), signed({ key: randomBytes(32), body: {} })),
    );
    for (const answer of answers) {
      expect([answer.status, await answer.json()]).toEqual([404, { error: 'There is no webhook here.' }]);
    }
    expect((await fetch(at(id))).status).not.toBe(200);
  });

  test('the secret stands in no answer and no log', async () => {
    const detail = JSON.stringify([await connections.detail(id), await connections.list()]);
    const said = [
      await (await send({ body: { order: SECRET } })).text(),
      await (await send({ key: randomBytes(32), body: {} })).text(),
      await (await fetch(at(id), { method: 'POST', body: SECRET })).text(),
    ];
    await expect(connections.change(id, { options: { secret: `${SECRET}!` } })).rejects.toThrow(/secret/);
    const everything = [detail, ...said, ...logged].join('\n');
    expect(everything).not.toContain(KEY.toString('base64').slice(0, 12));
  });

  test('of two at once about one customer, neither takes back what the other says', async () => {
    const ids = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5'];
    const about = (said: object) => ids.map((customer_id) => ({ customer_id, ...said }));
    for (const known of [false, true]) {
      const statuses = Promise.all([
        statusOf({ body: { customers: about({ segment: `s ${known}` }) } }),
        statusOf({ body: { customers: about({ company: `c ${known}` }) } }),
      ]);
      expect(await statuses).toEqual([200, 200]);
      const rows = await knex()('clv_customers').select('segment', 'company');
      expect(rows).toEqual(ids.map(() => ({ segment: `s ${known}`, company: `c ${known}` })));
    }
  });

  test('two at once count once, whichever node they come to', async () => {
    for (let round = 0; round < 5; round += 1) {
      const message = signed({ body: { orders: [order(`O-${round}`, { customer_id: `C-${round}` })] } });
      const urls = [app.url, other?.url ?? app.url];
      const send = () => Promise.all([...urls, ...urls].map((url) => fetch(at(id, url), message)));
      // One that met another midway may be sent away; its sender comes again.
      for (let tries = 0; tries < 5; tries += 1) {
        if ((await send()).every(({ ok }) => ok)) break;
      }
    }
    expect((await orders()).map((row) => row.order_id)).toEqual([0, 1, 2, 3, 4].map((n) => `shop:O-${n}`));
    expect(await knex()('clv_webhook_deliveries')).toHaveLength(5);
    expect(await knex()('clv_crm_records').where({ connection_id: id, stream: 'orders' })).toHaveLength(5);
  });
});
