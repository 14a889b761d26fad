import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { BROWSER, contentsOf, newVisitor, publishArticle, touchesOf, trackingOf } from './support';

let app: TestStrapi;
beforeAll(async () => {
  app = await startStrapi({ config: { tracking: { enabled: false } } });
});
afterAll(() => app.stop());

test('with tracking switched off nothing is collected or noted, but content is known', async () => {
  const { documentId, key } = await publishArticle(app);
  expect((await fetch(`${app.url}/api/clv/tracker.js`)).status).toBe(404);
  expect((await fetch(`${app.url}/api/clv/collect`, { method: 'POST', body: '{}' })).status).toBe(405);
  const visitor = newVisitor();
  const read = await fetch(`${app.url}/api/articles/${documentId}`, {
    headers: { 'user-agent': BROWSER, 'x-clv-visitor': visitor },
  });
  expect(read.status).toBe(200);
  await trackingOf(app).flush();
  expect(await touchesOf(app, visitor)).toEqual([]);
  expect(contentsOf(app).known(key)).toBeDefined();
});

test('a body that Strapi cannot parse is refused before it tries', async () => {
  const post = (headers: Record<string, string>, body = 'x') =>
    fetch(`${app.url}/api/clv/consent`, { method: 'POST', headers, body });
  expect((await post({ 'content-type': 'multipart/form-data; boundary=y' })).status).toBe(415);
  expect((await post({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(415);
  const good = JSON.stringify({ visitor: newVisitor(), state: 'granted' });
  expect((await post({ 'content-type': 'application/json; charset=utf-8' }, good)).status).toBe(200);
});
