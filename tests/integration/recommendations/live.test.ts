import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ExperimentsService } from '../../../server/src/activation/experiments/service';
import type { Me } from '../../../server/src/activation/recommendations/api-types';
import { apiToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import type { TestStrapi } from '../../support/strapi';
import {
  as,
  BROWSER,
  consent,
  customerOf,
  fillSite,
  get,
  knexIn,
  newVisitor,
  personKey,
  publishItems,
  recommended,
  serviceOf,
  startSite,
  visitorOf,
} from './support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

/** Waits for the server; nothing here asks for the change. */
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const meOf = async (app: TestStrapi, visitor: string) =>
  (await get<Me>(app, '/api/clv/me', as(visitor))).body;

const databases = DATABASES.filter(({ missing }) => missing === null);
for (const { name, start } of databases) {
  describe(`what is served on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let keys: string[];
    let first: Awaited<ReturnType<typeof recommended>>;
    beforeAll(async () => {
      database = await start();
      app = await startSite({
        env: database.env,
        config: { activation: { holdout: 0.5 }, tracking: { rateLimit: { perAddress: 1_000_000 } } },
      });
      keys = await publishItems(app);
      await serviceOf(app).settle();
      first = await recommended(app, '?limit=50', as(newVisitor()));
      await fillSite(app, 180);
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    test('before the first ranking the newest is served, and nobody meets the experiment', async () => {
      expect(first.body.meta).toMatchObject({ strategy: 'newest', arm: null, computedAt: null });
      expect(first.body.data).toHaveLength(keys.length);
    });

    test('a visitor reads, and the next answer leaves that out', async () => {
      const visitor = newVisitor();
      expect((await recommended(app, '', as(visitor))).body.data).toHaveLength(5);
      const answer = await fetch(`${app.url}/api/clv/collect`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': BROWSER },
        body: JSON.stringify({
          visitor,
          sentAt: Date.now(),
          events: [{ id: `event-${visitor}`, kind: 'view', content: keys[4], at: Date.now() }],
        }),
      });
      expect(answer.status).toBe(202);
      // At once: what this node stored, it knows.
      expect((await meOf(app, visitor)).interests.kinds).toHaveLength(1);
    });

    test('an order changes the tier, and with it what is served', async () => {
      const poor = await knexIn(app)('clv_person_values')
        .where({ kind: 'customer', tier: 'bronze' })
        .orderBy('total')
        .first('person_id');
      const n = Number(poor.person_id.slice(-6));
      expect((await meOf(app, visitorOf(n))).tier).toBe('bronze');
      const token = await apiToken(app.strapi, { type: 'full-access' });
      await fetch(`${app.url}/api/clv/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          orders: [
            {
              order_id: `large-${n}`,
              customer_id: customerOf(n),
              ordered_at: new Date().toISOString(),
              amount: 90_000,
              currency: 'EUR',
            },
          ],
        }),
      });
      await soon(async () => expect((await meOf(app, visitorOf(n))).tier).toBe('platinum'));
    });

    test('consent withdrawn stops all of it, in every browser of the person', async () => {
      const second = newVisitor();
      const n = 3;
      await knexIn(app)('clv_visitor_links').insert({
        id: `link-${second.slice(-20)}`,
        visitor_key: second,
        person_id: personKey(n),
        valid_from: 0,
        valid_to: Number.MAX_SAFE_INTEGER,
        linked_at: Date.now(),
        source: 'test',
      });
      expect((await meOf(app, visitorOf(n))).known).toBe(true);
      expect((await meOf(app, second)).known).toBe(true);
      const assigned = () =>
        knexIn(app)('clv_assignments')
          .whereIn('unit_id', [second, visitorOf(n), personKey(n)])
          .pluck('unit_id');
      await consent(app, second, 'denied');
      expect(await meOf(app, second)).toMatchObject({ known: false, tier: null, arm: null });
      expect((await recommended(app, '', as(second))).body.meta).toMatchObject({
        personalised: 'none',
        arm: null,
      });
      await soon(async () => expect((await meOf(app, visitorOf(n))).known).toBe(false));
      const experiments: ExperimentsService = app.strapi.plugin('clv').service('experiments');
      await experiments.flush();
      const before = await assigned();
      await recommended(app, '', as(visitorOf(n)));
      await experiments.flush();
      expect(await assigned()).toEqual(before);
    });

    test('who is held out gets what everybody got before, keeps that, and is counted once', async () => {
      const experiments: ExperimentsService = app.strapi.plugin('clv').service('experiments');
      const arms = new Map<string, string | null>();
      for (let n = 20; n < 60; n++) {
        const { body } = await recommended(app, '', as(visitorOf(n)));
        const { arm, strategy, personalised } = body.meta;
        expect(arm).not.toBeNull();
        expect([strategy, personalised]).toEqual(
          arm === 'holdout' ? ['newest', 'none'] : ['recommended', 'visitor'],
        );
        arms.set(personKey(n), arm);
        expect((await recommended(app, '', as(visitorOf(n)))).body.meta.arm).toBe(arm);
        expect((await meOf(app, visitorOf(n))).arm).toBe(arm);
      }
      const held = [...arms.values()].filter((arm) => arm === 'holdout').length;
      expect(held).toBeGreaterThan(5);
      expect(held).toBeLessThan(35);
      await experiments.flush();
      const rows = await knexIn(app)('clv_assignments').whereIn('unit_id', [...arms.keys()]);
      expect(new Map(rows.map((row) => [row.unit_id, row.arm]))).toEqual(arms);
      expect(rows).toHaveLength(40);
      // A collection of somebody who is held out is the plain one.
      const out = [...arms].find(([, arm]) => arm === 'holdout')![0];
      const visitor = as(visitorOf(Number(out.slice(-6))));
      const list = (query: string) => get<{ data: object[] }>(app, `/api/articles?${query}`, visitor);
      expect((await list('clv=recommended')).body.data).toEqual((await list('')).body.data);
    });

    test('what another node stores is known after a while', async () => {
      const n = 9;
      expect((await meOf(app, visitorOf(n))).known).toBe(true);
      await knexIn(app)('clv_visitors').insert({
        visitor_key: visitorOf(n),
        consent: 'denied',
        consent_source: 'test',
        consent_at: Date.now(),
      });
      const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
      try {
        await sleep(0);
        expect((await meOf(app, visitorOf(n))).known).toBe(false);
      } finally {
        later.mockRestore();
      }
    });
  });
}
