import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Insight, Webhook } from '../../server/src/crm/connector';
import type { ConnectorError } from '../../server/src/crm/connector-error';
import { pipedrive } from '../../server/src/crm/connectors/pipedrive';
import { sessionsOf } from '../../server/src/crm/connectors/pipedrive/session';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import { openPipedrive, type PipedriveDouble, WEBHOOKS } from '../support/crm/pipedrive';
import { CLIENT, REDIRECT_URL, REFRESH_TOKEN } from '../support/crm/pipedrive/access';
import { all, connect, toolsFor } from '../support/crm/tools';

const NOTHING = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];

/** Where tokens are kept, as another process of the app sees it. */
function storage(text: string | null) {
  const kept = { text, writes: 0 };
  return {
    kept,
    tokens: {
      read: async () => kept.text,
      async write(value: string) {
        kept.text = value;
        kept.writes += 1;
      },
    },
  };
}

describe('Pipedrive: OAuth', () => {
  let double: PipedriveDouble;
  const optionsOf = () => pipedrive.options.parse(double.options());
  const tokensAt = (apiDomain: string, accessToken = 'expired', refreshToken = REFRESH_TOKEN) =>
    JSON.stringify({ accessToken, refreshToken, apiDomain });
  const connectWith = (tokens: ReturnType<typeof storage>['tokens']) =>
    pipedrive.create(optionsOf(), toolsFor(double, { tokens }));
  const renewals = () => double.asked('POST', '/oauth/token').length;

  beforeEach(async () => {
    double = await openPipedrive({ auth: 'oauth' });
  });
  afterEach(() => double.close());

  test('a user is sent to Pipedrive, and the code that comes back becomes tokens that work', async () => {
    const { authorizeUrl, exchange } = pipedrive.oauth!;
    const url = new URL(authorizeUrl(optionsOf(), REDIRECT_URL, 'state-1'));
    expect(url.pathname).toBe('/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: CLIENT.id,
      redirect_uri: REDIRECT_URL,
      state: 'state-1',
    });
    const { http } = toolsFor(double);
    const { tokens } = storage(await exchange(optionsOf(), http, CLIENT.code, REDIRECT_URL));
    expect(await connectWith(tokens).verify()).toMatchObject({ id: '4711', name: 'Example Ltd' });
    expect(renewals()).toBe(1);
    await expect(exchange(optionsOf(), http, 'another-code', REDIRECT_URL)).rejects.toMatchObject({
      kind: 'auth',
    });
  });

  test('left empty, the place where the app signs in is that of Pipedrive', () => {
    const { oauthUrl, ...others } = double.options();
    expect(oauthUrl).toBe(double.server.url);
    for (const given of [others, { ...others, oauthUrl: '' }]) {
      const options = pipedrive.options.parse(given);
      expect(options).toMatchObject({ oauthUrl: 'https://oauth.pipedrive.com' });
    }
  });

  test('before anybody allowed it, that is what is said', async () => {
    await expect(connectWith(storage(null).tokens).verify()).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('connect it again'),
    });
  });

  test('many requests that are refused at once renew the token once, and what is new is kept', async () => {
    const ids = await double.addCustomers(
      Array.from({ length: 40 }, (_, i) => ({ email: null, name: `Someone ${i}`, createdAt: Date.now() })),
    );
    const { kept, tokens } = storage(tokensAt(double.server.url));
    const connector = connectWith(tokens);
    await connector.ensureSchema();
    expect([renewals(), kept.writes]).toEqual([1, 1]);
    double.expireTokens!();
    const results = await connector.pushInsights(ids.map((customerId) => ({ customerId, values: NOTHING })));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect([renewals(), kept.writes]).toEqual([2, 2]);
    expect(double.server.log.filter(({ status }) => status === 401).length).toBeGreaterThan(1);
    // The next process goes on with it.
    await connectWith(tokens).verify();
    expect(renewals()).toBe(2);
  });

  test('a request that is refused late does not renew the token again', async () => {
    const { tokens } = storage(tokensAt(double.server.url));
    const sessions = sessionsOf(optionsOf(), toolsFor(double, { tokens }));
    const expired = await sessions.current();
    const renewed = await sessions.renewed(expired);
    expect(renewed).not.toEqual(expired);
    expect(await sessions.renewed(expired)).toEqual(renewed);
    expect(renewals()).toBe(1);
  });

  test('a token that another process renewed is taken over', async () => {
    const { kept, tokens } = storage(tokensAt(double.server.url));
    const connector = connectWith(tokens);
    await connector.verify();
    double.expireTokens!();
    await connectWith(tokens).verify();
    expect([renewals(), kept.writes]).toEqual([2, 2]);
    await connector.verify();
    expect([renewals(), kept.writes]).toEqual([2, 2]);
  });

  test('a permission that was taken back is told, and not asked for again and again', async () => {
    const { tokens } = storage(tokensAt(double.server.url, 'expired', 'taken-back'));
    await expect(all(connectWith(tokens).pullCustomers(null))).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('connect it again'),
    });
    expect(renewals()).toBe(1);
  });

  test('an address of a private network among the tokens is refused before anything is sent there', async () => {
    const { tokens } = storage(tokensAt('http://169.254.169.254'));
    await expect(connectWith(tokens).verify()).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('private network'),
    });
  });
});

describe('Pipedrive: webhooks', () => {
  const NOW = Date.UTC(2026, 10, 22, 12);
  let double: PipedriveDouble;
  beforeEach(async () => {
    double = await openPipedrive();
  });
  afterEach(() => double.close());

  const basic = (user: string, password: string) =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const GOOD = basic(WEBHOOKS.webhookUser, WEBHOOKS.webhookPassword);

  const metaOf = (change: Record<string, unknown> = {}) => ({
    action: 'change',
    entity: 'person',
    company_id: '4711',
    correlation_id: '7b3e0c1d-0000-4000-8000-000000000001',
    entity_id: '17',
    id: '0d6d26e8-0000-4000-8000-000000000002',
    is_bulk_edit: false,
    timestamp: new Date(NOW - 1_000).toISOString(),
    type: 'general',
    version: '2.0',
    webhook_id: '9',
    attempt: 1,
    ...change,
  });

  function receive(meta: unknown, authorization: string | undefined = GOOD): Webhook {
    const headers = { authorization, 'content-type': 'application/json' };
    const body = Buffer.from(JSON.stringify({ meta, data: {}, previous: null }));
    const connector = connect(double, { now: () => NOW });
    return connector.parseWebhook!({ method: 'POST', url: 'https://shop.example/hook', headers, body });
  }

  function refusal(work: () => unknown): ConnectorError {
    try {
      work();
    } catch (error) {
      return error as ConnectorError;
    }
    throw new Error('it should have been refused');
  }

  test('each event says what is to be pulled, or what is gone', () => {
    const news = (change: Record<string, unknown>) => receive(metaOf(change)).news;
    expect(news({ action: 'create' })).toEqual({ changed: ['customers'] });
    expect(news({ entity: 'deal' })).toEqual({ changed: ['orders'] });
    expect(news({ entity: 'note' })).toEqual({ changed: [] });
    expect(news({ action: 'delete' })).toEqual({
      changed: [],
      gone: [{ stream: 'customers', ids: ['17'] }],
    });
    expect(news({ action: 'delete', entity: 'deal', entity_id: 5 })).toEqual({
      changed: [],
      gone: [{ stream: 'orders', ids: ['5'] }],
    });
  });

  test('a merge tells who is whom now, and that deals may have moved', () => {
    const { news } = receive(metaOf({ action: 'delete', merged_to_id: '18' }));
    expect(news).toEqual({ changed: ['customers', 'orders'], merged: [{ from: '17', into: '18' }] });
    const other = receive(metaOf({ entity_id: '18', merged_from_id: '17' }));
    expect(other.news).toEqual({ changed: ['customers'] });
  });

  test('a delivery has the same key however often it is tried, and no other has it', () => {
    const { key } = receive(metaOf());
    expect(receive(metaOf({ attempt: 2 })).key).toBe(key);
    expect(receive(metaOf({ id: '0d6d26e8-0000-4000-8000-000000000003' })).key).not.toBe(key);
    expect(receive(metaOf({ webhook_id: '10' })).key).not.toBe(key);
  });

  test('one without the right user and password is refused', () => {
    const { webhookUser, webhookPassword } = WEBHOOKS;
    const wrong = [
      '',
      'Basic ',
      basic(webhookUser, 'another-password'),
      basic('other', webhookPassword),
      `${GOOD}=`,
    ];
    for (const authorization of wrong) {
      expect(refusal(() => receive(metaOf(), authorization)).kind, authorization).toBe('auth');
    }
  });

  test('none is taken while no password was chosen, not even without one', async () => {
    const options = { ...double.options(), webhookUser: '', webhookPassword: '' };
    const connector = pipedrive.create(
      pipedrive.options.parse(options),
      toolsFor(double, { now: () => NOW }),
    );
    const body = Buffer.from(JSON.stringify({ meta: metaOf() }));
    const request = { method: 'POST', url: '', headers: { authorization: basic('', '') }, body };
    expect(refusal(() => connector.parseWebhook!(request)).message).toContain('choose a user name');
  });

  test('one that is old, or from a time to come, is refused; seconds are understood as well', () => {
    const at = (ms: number) => metaOf({ timestamp: new Date(ms).toISOString() });
    for (const ms of [NOW - 16 * 60_000, NOW + 16 * 60_000]) {
      expect(refusal(() => receive(at(ms))).kind).toBe('auth');
    }
    expect(receive(metaOf({ timestamp: String(NOW / 1000 - 60) })).key).not.toBe('');
    expect(refusal(() => receive(metaOf({ timestamp: NOW / 1000 - 3_600 }))).kind).toBe('auth');
  });

  test('what is no webhook of version 2 is refused for good', () => {
    for (const meta of [undefined, {}, metaOf({ version: '1.0' }), metaOf({ entity_id: null })]) {
      expect(refusal(() => receive(meta)).kind).toBe('permanent');
    }
  });
});
