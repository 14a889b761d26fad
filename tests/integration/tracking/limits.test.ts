import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import {
  BROWSER,
  collect,
  counted,
  eventOf,
  knexIn,
  newVisitor,
  publishArticle,
  send,
  touchesOf,
  trackingOf,
} from './support';

let app: TestStrapi;
let key: string;
beforeAll(async () => {
  app = await startStrapi({
    config: {
      tracking: { rateLimit: { perAddress: 300, eventsPerAddress: 5_000, perVisitor: 120 }, bufferSize: 100 },
    },
  });
  ({ key } = await publishArticle(app));
});
afterAll(() => app.stop());

const reads = (count: number) => Array.from({ length: count }, () => eventOf(key, { kind: 'read' }));

test('one visitor may send so many events a minute, another is not held up by that', async () => {
  const visitor = newVisitor();
  expect((await send(app, visitor, reads(100))).body.accepted).toBe(100);
  expect((await send(app, visitor, reads(100))).body.accepted).toBe(100);
  const refused = await send(app, visitor, reads(1));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.body.error).toMatch(/visitor/);
  expect((await send(app, newVisitor(), reads(1))).status).toBe(202);
  expect(await touchesOf(app, visitor)).toHaveLength(200);
});

test('what the server cannot store is not acknowledged, and can be sent again', async () => {
  const visitor = newVisitor();
  const events = reads(3);
  await knexIn(app).schema.renameTable('clv_touches', 'clv_touches_away');
  try {
    const refused = await send(app, visitor, events);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body.error).not.toContain(visitor);
  } finally {
    await knexIn(app).schema.renameTable('clv_touches_away', 'clv_touches');
  }
  expect((await send(app, visitor, events)).body.accepted).toBe(3);
  expect(await touchesOf(app, visitor)).toHaveLength(3);
});

test('reads wait for a database that is down, and those that find no room are counted', async () => {
  const visitor = newVisitor();
  const seen = {
    visitor,
    content: key,
    kind: 'view' as const,
    source: 'hook' as const,
    request: { userAgent: BROWSER, purpose: undefined, gpc: false, dnt: false },
  };
  await knexIn(app).schema.renameTable('clv_touches', 'clv_touches_away');
  const overflow = await counted(app, 'dropped.overflow', async () => {
    for (let i = 0; i < 130; i += 1) trackingOf(app).push({ ...seen, at: Date.now() - i });
    await expect(trackingOf(app).flush()).rejects.toThrow();
    await knexIn(app).schema.renameTable('clv_touches_away', 'clv_touches');
  });
  expect(overflow).toBe(30);
  expect(await touchesOf(app, visitor)).toHaveLength(100);
});

test('a made-up key costs neither memory nor queries', async () => {
  const findMany = vi.spyOn(app.strapi.db, 'query');
  const visitors = Array.from({ length: 50 }, newVisitor);
  await Promise.all(
    visitors.map((visitor, i) =>
      send(
        app,
        visitor,
        Array.from({ length: 20 }, (_, j) => eventOf(`api::article.article/madeup${i}x${j}/en`)),
      ),
    ),
  );
  // Each look-up asks twice (published, any), and there are at most 20 look-ups a second.
  expect(findMany.mock.calls.length).toBeLessThan(200);
  findMany.mockRestore();
});

test('a proxy that Strapi does not know is told of once, with what to set', async () => {
  const warn = vi.spyOn(app.strapi.log, 'warn');
  await send(app, newVisitor(), []);
  expect(warn).not.toHaveBeenCalled();
  for (const address of ['203.0.113.7', '203.0.113.8'])
    await send(app, newVisitor(), [], { 'x-forwarded-for': address });
  expect(warn.mock.calls.map(String)).toEqual([expect.stringContaining('koa: true, maxIpsCount: 1')]);
  warn.mockRestore();
});

test('one address may send so many events a minute, however many visitors it names', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => send(app, newVisitor(), reads(100))));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expect(refused[0].body.error).toMatch(/events from this address/);
  expect(Number(refused[0].headers.get('retry-after'))).toBeGreaterThan(0);
});

test('one address may make so many requests a minute', async () => {
  const answers = await Promise.all(Array.from({ length: 320 }, () => send(app, newVisitor(), [])));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(20);
  expect(Number(refused[0].headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused[0].body.error).toMatch(/address/);
  expect((await collect(app, 'x')).status).toBe(429);
});

test('the server survives senders that break off', async () => {
  const { hostname, port } = new URL(app.url);
  await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        new Promise<void>((resolve) => {
          const socket = createConnection(Number(port), hostname, () => {
            socket.write('POST /api/clv/collect HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"half":');
            setTimeout(() => socket.destroy(), 20);
          });
          socket.on('close', () => resolve());
          socket.on('error', () => resolve());
        }),
    ),
  );
  expect((await fetch(`${app.url}/_health`)).status).toBe(204);
});
