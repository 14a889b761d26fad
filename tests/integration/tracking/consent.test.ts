import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertTouches } from '../../../server/src/tracking/touches';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { collect, eventOf, knexIn, newVisitor, publishArticle, send, touchesOf, trackingOf } from './support';

let required: TestStrapi;
let key: string;
beforeAll(async () => {
  required = await startStrapi({ config: { consent: { mode: 'required' } } });
  ({ key } = await publishArticle(required));
});
afterAll(() => required.stop());

const sendStating = (visitor: string, consent: string, events = [eventOf(key)]) =>
  collect(required, { visitor, sentAt: Date.now(), consent, events });

const consentsOf = (visitor: string) => knexIn(required)('clv_consents').where({ visitor_key: visitor });

test('nothing is stored of a visitor who said nothing', async () => {
  const visitor = newVisitor();
  for (const answer of [
    await send(required, visitor, [eventOf(key)]),
    await sendStating(visitor, 'unknown'),
  ]) {
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ accepted: 0, rejected: [{ index: 0, reason: 'no consent' }] });
  }
  expect(await touchesOf(required, visitor)).toEqual([]);
  expect(await consentsOf(visitor)).toEqual([]);
});

test('consent that the page states is recorded once, and then holds without being stated', async () => {
  const visitor = newVisitor();
  const answers = await Promise.all(Array.from({ length: 8 }, () => sendStating(visitor, 'granted')));
  for (const { body } of answers) expect(body.accepted).toBe(1);
  expect((await send(required, visitor, [eventOf(key)])).body.accepted).toBe(1);
  expect(await touchesOf(required, visitor)).toHaveLength(9);
  expect(await consentsOf(visitor)).toMatchObject([{ state: 'granted', source: 'tracker' }]);
  expect(await knexIn(required)('clv_visitors').where({ visitor_key: visitor })).toMatchObject([
    { consent: 'granted', consent_source: 'tracker' },
  ]);
});

test('a denial that the page states is recorded, and nothing is stored', async () => {
  const visitor = newVisitor();
  expect((await sendStating(visitor, 'denied')).body.accepted).toBe(0);
  expect(await consentsOf(visitor)).toMatchObject([{ state: 'denied', source: 'tracker' }]);
  expect(await touchesOf(required, visitor)).toEqual([]);
});

test('a statement of the page does not replace what is known, but a denial is heeded', async () => {
  const visitor = newVisitor();
  await sendStating(visitor, 'denied');
  expect((await sendStating(visitor, 'granted')).body.accepted).toBe(0);

  const other = newVisitor();
  await sendStating(other, 'granted');
  expect((await sendStating(other, 'denied')).body.accepted).toBe(0);
  expect((await sendStating(other, 'granted')).body.accepted).toBe(1);
  expect(await consentsOf(other)).toHaveLength(1);
});

test('consent may be stated without an event', async () => {
  const visitor = newVisitor();
  expect((await sendStating(visitor, 'granted', [])).body).toEqual({ accepted: 0, rejected: [] });
  expect(await consentsOf(visitor)).toMatchObject([{ state: 'granted' }]);
});

test('a visitor who takes consent back and grants it again has all of it in the history', async () => {
  const visitor = newVisitor();
  await sendStating(visitor, 'granted');
  const identity = required.strapi.plugin('clv').service('identity');
  await identity.setConsent({ visitorKey: visitor, state: 'denied', source: 'visitor' });
  expect((await sendStating(visitor, 'granted')).body.accepted).toBe(0);
  await identity.setConsent({ visitorKey: visitor, state: 'unknown', source: 'visitor' });
  expect((await sendStating(visitor, 'granted')).body.accepted).toBe(1);
  const history = await consentsOf(visitor).orderBy('id');
  expect(history.map(({ state }) => state)).toEqual(['granted', 'denied', 'unknown', 'granted']);
});

test('reads that the server saw need consent too', async () => {
  const [silent, consenting] = [newVisitor(), newVisitor()];
  await sendStating(consenting, 'granted', []);
  for (const visitor of [silent, consenting])
    trackingOf(required).push({
      visitor,
      content: key,
      kind: 'view',
      source: 'hook',
      at: Date.now(),
      request: { userAgent: 'Mozilla/5.0 Firefox/128.0', purpose: undefined, gpc: false, dnt: false },
    });
  await trackingOf(required).flush();
  expect(await touchesOf(required, silent)).toEqual([]);
  expect(await touchesOf(required, consenting)).toHaveLength(1);
});

test('a denial that comes after the question about consent, and before the insert, is heeded', async () => {
  const [denying, consenting] = [newVisitor(), newVisitor()];
  await sendStating(denying, 'denied', []);
  await sendStating(consenting, 'granted', []);
  const touches = [denying, consenting].map((visitor) => ({
    messageId: `asked-before-${visitor}`.slice(0, 64),
    visitor,
    contentId: 1,
    kind: 'view' as const,
    occurredAt: Date.now(),
    receivedAt: Date.now(),
    seconds: 0,
    depth: 0,
    channel: null,
    source: 'tracker' as const,
  }));
  expect(await insertTouches(knexIn(required), touches, 'browser', 1000)).toBe(1);
  expect(await touchesOf(required, denying)).toEqual([]);
  expect(await touchesOf(required, consenting)).toHaveLength(1);
});
