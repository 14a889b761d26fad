import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Connector, Insight } from '../../../server/src/crm/connector';
import { rest } from '../../../server/src/crm/connectors/rest';
import { isPath, leavesOf, valueAt } from '../../../server/src/crm/connectors/rest/field-path';
import { filled, filledPath } from '../../../server/src/crm/connectors/rest/values';
import { INSIGHT_FIELDS } from '../../../server/src/crm/insight-fields';
import { judgeOptions, type WrongEntry } from '../../../server/src/crm/sync/connections/options';
import { type Answered, type Asked, type Served, serve } from '../../support/crm/served';
import { all, toolsFor } from '../../support/crm/tools';
import { failureOf } from './http-support';

const DOC = readFileSync(path.resolve(import.meta.dirname, '../../../docs/crm-rest.md'), 'utf8');
/** The block of the document with this word behind its opening. */
const block = (word: string) =>
  JSON.parse(new RegExp(`\`\`\`json ${word}\\n([\\s\\S]*?)\\n\`\`\``).exec(DOC)![1]!);

let server: Served | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function connectTo(
  handle: (asked: Asked) => Answered,
  api: unknown,
  signIn: (url: string) => Record<string, unknown> = () => ({ auth: 'none' }),
): Promise<Connector> {
  server = await serve(handle);
  const options = rest.options.parse({ baseUrl: server.url, api, ...signIn(server.url) });
  return rest.create(options, toolsFor({ server, secrets: [] }));
}

const insight = (customerId: string): Insight => ({
  customerId,
  values: {
    ...(Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values']),
    predicted: 12.5,
    tier: 'gold',
    stage: 'active',
    next_order_at: Date.UTC(2026, 5, 1),
  },
});

test('a list that is elsewhere than described is told by the test of the connection, and an empty one is not', async () => {
  let body: unknown = { data: { people: [{ id: 1 }] }, total: 1 };
  const customers = { path: '/people', id: 'id', fields: {} };
  const api = {
    account: { path: '/me' },
    customers: { ...customers, records: 'data.items', paging: { style: 'none' } },
  };
  const connector = await connectTo(() => ({ status: 200, body }), api);
  expect(await failureOf(connector.verify())).toMatchObject({
    kind: 'config',
    message: expect.stringContaining('no list at "data.items", but one at "data.people"'),
  });
  for (const empty of [
    { total: 0 },
    { data: { items: [] }, included: [{ id: 1 }] },
    { data: { items: null } },
  ]) {
    body = empty;
    await connector.verify();
  }
});

test('a list is read again where its own part of the description changed, however it is written', () => {
  const list = (records: string) => ({
    path: '/x',
    id: 'id',
    records,
    paging: { style: 'none' },
    fields: {},
  });
  const before = rest.reads!({ api: JSON.stringify({ customers: list('a'), orders: list('b') }) });
  expect(rest.reads!({ api: { orders: list('b'), customers: list('a') }, token: 'other' })).toEqual(before);
  const after = rest.reads!({ api: { customers: list('a'), orders: list('c') } });
  expect(after.customers).toEqual(before.customers);
  expect(after.orders).not.toEqual(before.orders);
});

describe('the example of the document', () => {
  const handle = ({ path: at, query, method }: Asked): Answered => {
    if (method !== 'GET') return { status: 200, body: {} };
    if (at === '/me') return { status: 200, body: { account: { id: 5, name: 'Example Ltd' } } };
    if (at === '/contacts') {
      return { status: 200, body: query.get('page') === '1' ? block('answer') : { data: { items: [] } } };
    }
    if (at === '/deals') {
      const open = { ...block('deal'), id: 'D-10', stage: 'open' };
      return { status: 200, body: { data: { items: [block('deal'), open] }, meta: {} } };
    }
    return { status: 200, body: { data: { items: [{ deal_id: 'D-3' }] }, meta: {} } };
  };

  test('pulls the customers and orders that it shows', async () => {
    const connector = await connectTo(handle, block('description'));
    expect(await connector.verify()).toEqual({ id: '5', name: 'Example Ltd' });
    expect(connector.capabilities).toMatchObject({
      pull: ['customers', 'orders'],
      push: true,
      notes: true,
      deletions: 'told',
    });
    const [first] = await all(connector.pullCustomers(null));
    expect(first).toMatchObject({
      total: 1,
      records: [
        {
          id: '71',
          customers: [
            {
              customer_id: '71',
              email: 'ada@example.com',
              company: 'Example Ltd',
              channel: 'trade fair',
              acquired_at: '2024-03-05T10:00:00Z',
            },
          ],
        },
      ],
    });
    const pages = await all(connector.pullOrders(null));
    expect(pages.flatMap(({ records }) => records)).toEqual([
      {
        id: 'D-9',
        orders: [
          {
            order_id: 'D-9',
            customer_id: 71,
            ordered_at: '2026-01-15T00:00:00.000Z',
            amount: '1299.00',
            cost: '779.40',
            currency: 'EUR',
            product_line: 'machines',
            deal_created_at: '2026-01-01T00:00:00.000Z',
          },
        ],
      },
      { id: 'D-10' },
    ]);
    expect(pages.flatMap(({ gone = [] }) => gone)).toEqual(['D-3']);
    expect(server!.log[0]!.headers['accept-version']).toBe('2026-01');
  });

  test('sends what it says, empty what is unknown, and a note with its key', async () => {
    const connector = await connectTo(handle, block('description'));
    expect(await connector.pushInsights([insight('7/1')])).toEqual([{ ok: true }]);
    const note = { customerId: '71', key: 'download-1', at: 0, title: 'Downloaded', text: 'The handbook' };
    expect(await connector.pushNotes!([note])).toEqual([{ ok: true }]);
    const [sent, noted] = server!.log;
    expect([sent!.method, sent!.path]).toEqual(['PATCH', '/contacts/7%2F1']);
    expect(sent!.body).toEqual({
      custom: {
        clv_predicted: 12.5,
        clv_tier: 'gold',
        clv_summary: 'gold, active',
        clv_next_order: '2026-06-01T00:00:00.000Z',
      },
    });
    expect(noted!.headers['idempotency-key']).toBe('download-1');
    expect(noted!.body).toEqual({
      title: 'Downloaded',
      text: 'The handbook',
      happened_at: '1970-01-01T00:00:00.000Z',
    });
  });
});

describe('a path to a value', () => {
  const record = { a: { b: [{ c: 1 }, null] }, list: [[2]], 'x-y z': 0, no: null };
  test.each([
    ['a.b[0].c', 1],
    ['list[0][0]', 2],
    ['x-y z', 0],
    ['no', null],
    ['no.more', undefined],
    ['a.b[1].c', undefined],
    ['a.b[9].c', undefined],
    ['nothing', undefined],
  ])('%s', (at, value) => {
    expect(valueAt(record, at)).toEqual(value);
  });

  test('never finds what every object has', () => {
    for (const at of [
      'constructor',
      '__proto__',
      'toString',
      'a.constructor.prototype',
      'a.__proto__.x',
      'list[0].map',
    ]) {
      expect(valueAt(record, at), at).toBeUndefined();
    }
    expect(valueAt('text', 'length')).toBeUndefined();
  });

  test('is names, dots and places, and nothing else', () => {
    for (const good of ['a', 'a.b', 'a[0].b', '[0].a', 'a-b.c_d', 'größe', '@id'])
      expect(isPath(good), good).toBe(true);
    for (const bad of [
      '',
      '.',
      'a.',
      '.a',
      'a..b',
      'a[',
      'a[]',
      'a[x]',
      'a[-1]',
      'a]',
      `${'a'.repeat(201)}`,
    ]) {
      expect(isPath(bad), bad).toBe(false);
    }
  });

  test('leads to all that a record holds', () => {
    expect([...leavesOf(record).keys()]).toEqual(['a.b[0].c', 'list[0][0]', 'x-y z', 'no']);
  });
});

test('a template is filled in without making sense of what goes in', () => {
  const values = { tier: '{stage}', stage: '$& "x"', predicted: 0, id: '../a?b#c' };
  expect(
    filled({ a: ['{tier}', '{predicted}', '{total}'], b: 'is {stage}{total}', c: true }, values),
  ).toEqual({
    a: ['{stage}', 0, null],
    b: 'is $& "x"',
    c: true,
  });
  expect(filledPath('/people/{id}', values)).toBe('/people/..%2Fa%3Fb%23c');
});

describe('a description that is wrong is told with its place', () => {
  const customers = { path: '/people', id: 'id', fields: { email: 'email' } };
  const problem = (api: unknown) => {
    const result = rest.options.safeParse({ baseUrl: 'https://crm.example.com', auth: 'none', api });
    if (result.success) return 'nothing';
    const [issue] = result.error.issues;
    return `${issue!.path.join('.')}: ${issue!.message}`;
  };
  const orders = { path: '/deals', id: 'id', fields: { customer_id: 'c', ordered_at: 'at', amount: 'sum' } };
  const push = { path: '/people/{id}', body: { tier: '{tier}' } };

  test.each([
    ['{"customers": ', 'api: is no JSON'],
    [
      { customers: { ...customers, path: 'people' } },
      'api.customers.path: is no path below the base address',
    ],
    [{ customers: { ...customers, path: '//evil.example' } }, 'api.customers.path: is no path'],
    [{ customers: { ...customers, id: 'a..b' } }, 'api.customers.id: is no path to a value'],
    [
      { customers: { ...customers, paging: { style: 'pages' } } },
      'api.customers.paging.style: is none of the styles',
    ],
    [
      { customers: { ...customers, fields: { e_mail: 'x' } } },
      'api.customers.fields.e_mail: is no column of customers',
    ],
    [
      { customers, orders: { ...orders, fields: { amount: 'x' } } },
      'api.orders.fields: does not say where customer_id is',
    ],
    [{ customers, orders: { ...orders, won: { field: 'x' } } }, 'api.orders.won.equals:'],
    [{ customers, push: { ...push, path: '/people' } }, 'api.push: needs {id}'],
    [{ customers, push: { ...push, body: { a: '{teir}' } } }, 'api.push.body: knows no {teir}'],
    [{ customers, notes: { path: '/n', body: {} } }, 'api.notes: needs "idempotencyHeader"'],
  ])('%j', (api, told) => {
    expect(problem(api)).toContain(told);
  });

  test('and a good one is taken, as text and as it is', () => {
    expect(problem({ customers, orders, push })).toBe('nothing');
    expect(problem(JSON.stringify({ customers, orders, push }))).toBe('nothing');
  });
});

describe('paging', () => {
  const api = (paging: unknown) => ({ customers: { path: '/people', id: 'id', fields: {}, paging } });
  const page = (...ids: number[]): Answered => ({ status: 200, body: ids.map((id) => ({ id })) });

  test('a next page at another host is refused, by whatever way it is told', async () => {
    const elsewhere = await serve(() => page(2));
    for (const next of [`${elsewhere.url}/people`, `//${elsewhere.host}/people`]) {
      const connector = await connectTo(
        () => ({ ...page(1), headers: { link: `<${next}>; rel=next` } }),
        api({ style: 'link' }),
      );
      const error = await failureOf(all(connector.pullCustomers(null)));
      expect([error.kind, error.message.includes(elsewhere.host)]).toEqual(['config', true]);
      await server!.close();
      server = undefined;
    }
    expect(elsewhere.log).toEqual([]);
    await elsewhere.close();
  });

  test('one that does not get on is told, and does not run forever', async () => {
    for (const paging of [
      { style: 'page', query: 'p' },
      { style: 'offset', query: 'o', size: { query: 'n', value: 2 } },
      { style: 'link' },
    ]) {
      const connector = await connectTo(
        () => ({ ...page(1, 2), headers: { link: '</people>; rel="next"' } }),
        api(paging),
      );
      const error = await failureOf(all(connector.pullCustomers(null)));
      expect([error.kind, server!.log.length]).toEqual(['config', 2]);
      await server!.close();
      server = undefined;
    }
  });

  test('a server that gives less at once than it is asked for is read to its end', async () => {
    const ids = [1, 2, 3, 4, 5];
    const connector = await connectTo(
      ({ query }) => page(...ids.slice(Number(query.get('o')), Number(query.get('o')) + 2)),
      api({ style: 'offset', query: 'o', size: { query: 'n', value: 100 } }),
    );
    const pages = await all(connector.pullCustomers(null));
    expect(pages.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(['1', '2', '3', '4', '5']);
  });

  test('a key in the query goes along to every page, and into no cursor', async () => {
    const connector = await connectTo(
      ({ query, headers }) => {
        if (query.getAll('key').join() !== 'query-secret-1') return { status: 401 };
        const link = `<http://${headers.host}/people?key=query-secret-1&p=2>; rel="prev next"`;
        return query.has('p') ? page(2) : { ...page(1), headers: { link } };
      },
      api({ style: 'link' }),
      () => ({ auth: 'query', queryName: 'key', queryValue: 'query-secret-1' }),
    );
    const pages = await all(connector.pullCustomers(null));
    expect(pages).toHaveLength(2);
    expect(JSON.stringify(pages)).not.toContain('query-secret-1');
  });

  test('answers and records that are not as described are told with what to look at', async () => {
    for (const [answer, word] of [
      [{ status: 200, body: { items: [] } }, '"records"'],
      [{ status: 200, body: 'text' }, '"records"'],
      [{ status: 200, body: [{ name: 'x' }] }, '"id"'],
    ] as const) {
      const connector = await connectTo(() => answer, api({ style: 'none' }));
      const error = await failureOf(all(connector.pullCustomers(null)));
      expect([error.kind, error.message.includes(word)]).toEqual(['config', true]);
      await server!.close();
      server = undefined;
    }
  });
});

test('one token is asked for, however many requests want it', async () => {
  let tokens = 0;
  const connector = await connectTo(
    ({ path: at, body, headers }) => {
      if (at === '/token') {
        if (body.client_id !== 'me' || body.client_secret !== 'client-secret-1') return { status: 401 };
        tokens += 1;
        return { status: 200, body: { access_token: `token-number-${tokens}`, expires_in: 3600 } };
      }
      return headers.authorization === `Bearer token-number-${tokens}`
        ? { status: 200, body: {} }
        : { status: 401 };
    },
    {
      customers: { path: '/people', id: 'id', fields: {} },
      push: { path: '/people/{id}', body: { tier: '{tier}' } },
    },
    (url) => ({
      auth: 'oauth2',
      tokenUrl: `${url}/token`,
      clientId: 'me',
      clientSecret: 'client-secret-1',
      clientBy: 'body',
    }),
  );
  const results = await Promise.all([1, 2, 3].map((n) => connector.pushInsights([insight(String(n))])));
  expect(results.flat()).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
  expect(tokens).toBe(1);
});

test('the form is told which of its entries is wrong, and where within it', () => {
  const options = { baseUrl: 'https://crm.example.com', auth: 'bearer', token: 'token-1234' };
  const wrong = { ...options, api: { customers: { path: '/people', id: 'a..b', fields: {} } } };
  const error = thrownBy(() => judgeOptions(rest, wrong));
  expect([error.field, error.message.startsWith('api.customers.id: is no path')]).toEqual(['api', true]);
  expect(thrownBy(() => judgeOptions(rest, { ...options, api: '{}', tokken: 'x' })).field).toMatch(
    /api|tokken/,
  );
});

function thrownBy(work: () => unknown): WrongEntry {
  try {
    work();
  } catch (error) {
    return error as WrongEntry;
  }
  throw new Error('it should have failed');
}
