import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrackingStatus } from '../../../server/src/tracking/api-types';
import { adminToken, editorToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { ARTICLE, collect, eventOf, newVisitor, publishArticle, trackingOf, WHITE_PAPER } from './support';

let app: TestStrapi;
beforeAll(async () => {
  app = await startStrapi({ env: { API_PREFIX: '/content' }, config: { tracking: { cookie: 'who' } } });
});
afterAll(() => app.stop());

async function ask(token?: string) {
  const answer = await fetch(`${app.url}/clv/tracking/status`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return { status: answer.status, body: (await answer.json()) as TrackingStatus };
}

test('what was dropped does not move the time of the last touch', async () => {
  const { key } = await publishArticle(app);
  const request = { userAgent: 'curl/8', purpose: undefined, gpc: false, dnt: false };
  trackingOf(app).push({
    visitor: newVisitor(),
    content: key,
    kind: 'view',
    source: 'hook',
    at: Date.now(),
    request,
  });
  await trackingOf(app).flush();
  const { counters, lastTouchAt } = await trackingOf(app).status();
  expect(counters).toEqual({ 'dropped.bot': 1 });
  expect(lastTouchAt).toBeNull();
});

test('the status tells what is tracked, how, and what became of it', async () => {
  const { key } = await publishArticle(app);
  const visitor = newVisitor();
  const sent = { visitor, sentAt: Date.now(), events: [eventOf(key), eventOf('api::x.x/y')] };
  expect((await collect(app, sent, {}, '/content/clv/collect')).status).toBe(202);
  expect((await fetch(`${app.url}/content/clv/tracker.js`)).status).toBe(200);
  expect((await fetch(`${app.url}/api/clv/tracker.js`)).status).toBe(404);

  const { body } = await ask(await adminToken(app.strapi, app.url));
  expect(body).toMatchObject({
    enabled: true,
    consentMode: 'assumed',
    respectGpc: true,
    respectDnt: true,
    origins: [],
    readHook: true,
    contentTypes: [
      { uid: ARTICLE, kind: 'article', title: 'title', file: null, items: 2 },
      { uid: WHITE_PAPER, kind: 'white-paper', title: 'title', file: 'file', items: 0 },
    ],
    counters: { accepted: 1, rejected: 1 },
  });
  expect(Math.abs(Date.now() - body.lastTouchAt!)).toBeLessThan(60_000);
  expect(body.snippet).toContain('/content/clv/tracker.js" data-consent="assumed" data-cookie="who"');
  await trackingOf(app).flush();
  expect((await ask(await adminToken(app.strapi, app.url))).body.counters).toEqual(body.counters);
});

test('the status is for those who may manage the settings', async () => {
  expect((await ask()).status).toBe(401);
  expect((await ask(await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']))).status).toBe(403);
  expect((await ask(await editorToken(app.strapi, app.url, ['plugin::clv.settings.manage']))).status).toBe(
    200,
  );
});
