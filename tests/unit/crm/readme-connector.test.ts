import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ConnectorKind, ConnectorTools, Insight, Page } from '../../../server/src/crm/connector';
import type { HttpRequest } from '../../../server/src/crm/http/client';

/*
 * The connector that the README shows, run as an app would: its text is what is tested.
 */

const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');
const [, code] = readme.match(/### A connector of your own[\s\S]*?```js\n([\s\S]*?)```/)!;

function registered(): ConnectorKind {
  const kinds: ConnectorKind[] = [];
  const module = { exports: {} as { register(app: unknown): void } };
  new Function('require', 'module', code!)(createRequire(import.meta.url), module);
  const service = () => ({ register: (kind: ConnectorKind) => kinds.push(kind) });
  module.exports.register({ strapi: { plugin: () => ({ service }) } });
  return kinds[0]!;
}

const PAGES: Record<number, unknown> = {
  1: { items: [{ id: '7', mail: 'ada@example.com', industry: 'steel', branch: 'north' }], more: true },
  2: { items: [{ id: '8', mail: null, industry: null, branch: null }], more: false, now: 'T2' },
};

function connected(mapping: ConnectorTools['mapping'] = {}) {
  const asked: HttpRequest[] = [];
  const kind = registered();
  const http = () => async (request: HttpRequest) => {
    asked.push(request);
    return { status: 200, headers: {}, body: PAGES[Number(request.query?.page)] };
  };
  const options = kind.options.parse({ url: 'https://crm.example.com', token: 't' });
  const connector = kind.create(options, { http, mapping } as unknown as ConnectorTools);
  return { connector, asked };
}

async function all(pages: AsyncIterable<Page>): Promise<Page[]> {
  const found: Page[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

test('the connector of the README pulls page by page, and goes on behind each of them', async () => {
  const { connector, asked } = connected();
  const [first, second] = await all(connector.pullCustomers(null));
  expect(first!.records).toEqual([
    { id: '7', customers: [{ customer_id: '7', email: 'ada@example.com', segment: 'steel' }] },
  ]);
  expect(await all(connector.pullCustomers(first!.cursor))).toEqual([second]);
  const before = asked.length;
  await all(connector.pullCustomers(second!.cursor));
  expect(asked[before]!.query).toEqual({ changed_since: 'T2', page: 1 });
});

test('it follows the mapping, and says of every insight what became of it', async () => {
  const { connector, asked } = connected({ customers: { segment: 'branch' } });
  const [first] = await all(connector.pullCustomers(null));
  expect(first!.records[0]!.customers![0]).toMatchObject({ segment: 'north' });
  const batch = [{ customerId: '7', values: { tier: 'gold' } }] as unknown as Insight[];
  expect(await connector.pushInsights(batch)).toEqual([{ ok: true }]);
  expect(asked.at(-1)).toMatchObject({ method: 'PUT', body: { records: [{ id: '7', clv_tier: 'gold' }] } });
});
