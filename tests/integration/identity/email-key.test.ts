import { afterEach, expect, test } from 'vitest';
import { loadEmailKey } from '../../../server/src/identity/email-key';
import { onEachDatabase, onSqlite, type Place, post, SECRET, tokenFor, visitor } from './world';

let place: Place;
afterEach(() => place.stop());

onEachDatabase('the key of the email hashes', (open) => {
  test('is made once, however many nodes boot, and kept encrypted', async () => {
    place = await open();
    await place.knex('clv_settings').delete();
    const loaded = await Promise.all(Array.from({ length: 10 }, () => loadEmailKey(place.app.strapi)));
    const keys = new Set(loaded.map((emailKey) => 'key' in emailKey && emailKey.key));
    expect(keys.size).toBe(1);
    const settings = JSON.stringify(await place.knex('clv_settings'));
    expect(settings).not.toContain([...keys][0]);
    expect(settings).toContain('v1:');
  });
});

test('the configured key goes first, and its change is warned of', async () => {
  place = await onSqlite({
    identity: { secret: SECRET, emailKey: 'a configured key of at least 32 characters' },
  });
  const warnings: string[] = [];
  place.app.strapi.log.warn = ((text: string) => warnings.push(text)) as never;
  expect(place.identity.hashEmail('ada@example.com')).toBe(
    'bccc69ef0ddb8d04861edb6395c8a38f72e50f95c9a8495280bc1f5bb303aed6',
  );
  await loadEmailKey(place.app.strapi);
  expect(warnings).toEqual([]);
  await place
    .knex('clv_settings')
    .where({ key: 'identity.emailKeyMark' })
    .update({ value: 'of another key' });
  await loadEmailKey(place.app.strapi);
  expect(warnings.join()).toContain('emails stored before no longer match');
});

test('an app without an encryption key refuses emails with the reason, and still takes customer ids', async () => {
  place = await onSqlite({}, { ENCRYPTION_KEY: '' });
  delete process.env.ENCRYPTION_KEY;
  const identify = (who: { sub?: string; email?: string }) =>
    post(place.app, '/api/clv/identify', { visitor: visitor('keyless'), token: tokenFor(who) });
  const refused = await identify({ email: 'ada@example.com' });
  expect(refused.status).toBe(400);
  expect(refused.body.error).toContain('clv.config.identity.emailKey');
  expect((await identify({ sub: 'keyless', email: 'ada@example.com' })).body).toEqual({ linked: true });
  expect(await place.knex('clv_identities')).toMatchObject([{ namespace: 'customer', value: 'keyless' }]);
  expect(await place.knex('clv_settings').whereLike('key', '%email%')).toEqual([]);
});
