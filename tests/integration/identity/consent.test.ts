import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, onEachDatabase, type Place, post, visitor } from './world';

onEachDatabase('consent', (open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.stop());

  const say = (visitorKey: string, state: string) =>
    post(place.app, '/api/clv/consent', { visitor: visitorKey, state });
  const historyOf = async (visitorKey: string) => {
    const rows = await place.knex('clv_consents').where({ visitor_key: visitorKey }).orderBy('id');
    return rows.map(({ state, source }) => `${state} (${source})`);
  };

  test('is answered with its time, and kept', async () => {
    const before = Date.now();
    const said = await say(visitor('says'), 'granted');
    expect(said).toMatchObject({ status: 200, body: { state: 'granted', mode: 'assumed' } });
    expect(said.body.at).toBeGreaterThanOrEqual(before);
    const read = await get(place.app, '/api/clv/consent', { 'x-clv-visitor': visitor('says') });
    expect(read.body).toEqual(said.body);
    expect(read.headers.get('cache-control')).toBe('no-store');
  });

  test('of somebody who said nothing is unknown', async () => {
    const answer = await get(place.app, '/api/clv/consent', { cookie: `clv_vid=${visitor('silent')}` });
    expect(answer.body).toEqual({ state: 'unknown', at: null, mode: 'assumed' });
    expect((await get(place.app, '/api/clv/consent')).body.state).toBe('unknown');
  });

  test('has a history of every change, and of changes only', async () => {
    for (const state of ['unknown', 'granted', 'granted', 'denied', 'unknown', 'unknown', 'denied']) {
      await say(visitor('history'), state);
    }
    expect(await historyOf(visitor('history'))).toEqual([
      'granted (visitor)',
      'denied (visitor)',
      'unknown (visitor)',
      'denied (visitor)',
    ]);
    expect(await place.identity.consentOf([visitor('history'), visitor('silent')])).toEqual(
      new Map([[visitor('history'), 'denied']]),
    );
  });

  test('said many times at once is kept once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => say(visitor('at-once'), 'denied')));
    expect(await historyOf(visitor('at-once'))).toEqual(['denied (visitor)']);
  });

  test('that arrives late does not replace a newer statement', async () => {
    const statement = { visitorKey: visitor('late'), source: 'consent tool' };
    await place.identity.setConsent({ ...statement, state: 'denied', at: 2000 });
    await place.identity.setConsent({ ...statement, state: 'granted', at: 1000 });
    expect((await place.identity.consentOf([visitor('late')])).get(visitor('late'))).toBe('denied');
  });

  test('needs a visitor and a state', async () => {
    expect((await post(place.app, '/api/clv/consent', { state: 'granted' })).body.error).toContain('visitor');
    expect((await say(visitor('odd'), 'perhaps')).body.error).toContain('state is not granted');
    expect((await say('short', 'granted')).body.error).toContain('visitor is not a visitor key');
  });
});
