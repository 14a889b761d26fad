import jwt from 'jsonwebtoken';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectorTools } from '../../server/src/crm/connector';
import { ConnectorError } from '../../server/src/crm/connector-error';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import { type SalesforceDouble, salesforceDouble } from '../support/crm/salesforce/double';
import { connectorTo, failure, insight, note, person } from '../support/crm/salesforce/seeds';
import { CLIENT_ID, keyPair, USERNAME } from '../support/crm/salesforce/sign-in';
import { serve } from '../support/crm/served';
import { all, toolsFor } from '../support/crm/tools';

const HOUR = 3_600_000;

let double: SalesforceDouble;
beforeEach(async () => {
  double = await salesforceDouble();
});
afterEach(() => double.close());

const connector = (options?: Record<string, unknown>, tools?: Partial<ConnectorTools>) =>
  connectorTo(double, options, tools);

const asked = (path: string) => double.server.log.filter((entry) => entry.path.includes(path));
const signIns = () => asked('/oauth2/token').length;

describe('signing in to Salesforce', () => {
  const byKey = () => ({
    auth: 'jwt',
    loginUrl: double.server.url,
    clientId: CLIENT_ID,
    username: USERNAME,
    privateKey: keyPair().privateKey,
  });
  const connectBy = (options: Record<string, unknown>) =>
    double.kind.create(double.kind.options.parse(options), toolsFor(double));

  test('a signed assertion is as good as a secret, also with its line breaks written out', async () => {
    expect((await connectBy(byKey()).verify()).name).toBe('Waterworks Ltd');
    const oneLine = { ...byKey(), privateKey: keyPair().privateKey.replaceAll('\n', '\\n') };
    expect((await connectBy(oneLine).verify()).name).toBe('Waterworks Ltd');
  });

  test('an assertion for a user who did not allow it is refused', async () => {
    expect((await failure(connectBy({ ...byKey(), username: 'who@example.com' }).verify())).kind).toBe(
      'auth',
    );
  });

  test('a key that signs nothing is told before anybody is asked, and never quoted', () => {
    const result = double.kind.options.safeParse({ ...byKey(), privateKey: 'MIIE-not-a-key' });
    expect(result.error?.issues.map(({ path }) => path)).toEqual([['privateKey']]);
    expect(JSON.stringify(result.error)).not.toContain('MIIE');
  });

  test('two requests whose token has run out share one new token', async () => {
    const one = connector();
    await one.verify();
    double.expireTokens!();
    const before = signIns();
    await Promise.all([all(one.pullOrders(null)), one.fields(), all(one.pullCustomers(null))]);
    expect(signIns() - before).toBe(1);
  });

  test('a token outlives its process, but for the proof that credentials are good', async () => {
    const { tokens } = toolsFor(double);
    await connector({}, { tokens }).fields();
    await connector({}, { tokens }).fields();
    expect(signIns()).toBe(1);
    const wrong = connector({ clientSecret: 'not-the-secret-of-the-app' }, { tokens });
    expect((await failure(wrong.verify())).kind).toBe('auth');
  });

  test('a token of another app is none of ours', async () => {
    const { tokens } = toolsFor(double);
    await connector({}, { tokens }).fields();
    const other = connector({ clientId: '3MVG9-of-another-app' }, { tokens });
    expect((await failure(other.fields())).kind).toBe('auth');
  });

  test('a token is renewed when it is an hour old, before it is refused', async () => {
    let now = Date.now();
    const one = connector({}, { now: () => now });
    await all(one.pullCustomers(null));
    now += HOUR + 1;
    await all(one.pullCustomers(null));
    expect(signIns()).toBe(2);
    expect(double.server.log.every(({ status }) => status < 400)).toBe(true);
  });

  test('an instance elsewhere never gets the token', async () => {
    const elsewhere = await serve(() => ({ status: 200, body: {} }));
    double.salesforce.signIn.instanceUrl = elsewhere.url;
    const error = await failure(connector().verify());
    expect(error.kind).toBe('config');
    expect(error.message).toContain(elsewhere.host);
    expect(elsewhere.log).toEqual([]);
    await elsewhere.close();
  });

  /** What is asked by a connector whose org answers the sign-in like that. */
  async function signInTo(loginUrl: string, instance_url: string, options = {}) {
    const bases: string[] = [];
    const bodies: unknown[] = [];
    const { kind } = double;
    const own = { ...byKey(), ...options, loginUrl };
    const http: ConnectorTools['http'] = ({ baseUrl }) => {
      bases.push(baseUrl);
      return async ({ body }) => {
        bodies.push(body);
        const answer = { access_token: 't', instance_url, fields: [] };
        return { status: 200, headers: {}, body: answer as never };
      };
    };
    const error = await kind
      .create(kind.options.parse(own), toolsFor(double, { http }))
      .fields()
      .then(
        () => null,
        (thrown) => thrown,
      );
    return { error, asked: bases.at(-1), assertion: (bodies[0] as { assertion?: string }).assertion };
  }

  test.each([
    ['https://login.salesforce.com', 'https://acme.my.salesforce.com', true],
    ['https://acme.my.salesforce.com', 'https://acme.my.salesforce.com/', true],
    ['https://acme.my.salesforce.com', 'http://acme.my.salesforce.com', false],
    ['https://acme.my.salesforce.com', 'https://salesforce.com.evil.example', false],
    ['https://acme.my.salesforce.com', 'https://evilsalesforce.com', false],
    ['https://crm.example.com', 'https://other.example.com', false],
    ['https://acme.my.salesforce.com', 'not an address', false],
  ])('%s may send us on to %s: %s', async (loginUrl, instanceUrl, allowed) => {
    const { error, asked } = await signInTo(loginUrl, instanceUrl);
    expect(error instanceof ConnectorError ? error.kind : error).toBe(allowed ? null : 'config');
    expect(asked).toBe(allowed ? instanceUrl : loginUrl);
  });

  test.each([
    ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme--dev.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
  ])(
    'an assertion for %s is meant for %s and lives for less than five minutes',
    async (loginUrl, audience) => {
      const { assertion } = await signInTo(loginUrl, loginUrl);
      const { aud, iss, sub, exp } = jwt.verify(assertion!, keyPair().publicKey) as jwt.JwtPayload;
      expect({ aud, iss, sub }).toEqual({ aud: audience, iss: CLIENT_ID, sub: USERNAME });
      expect(exp! - Date.now() / 1000).toBeLessThan(300);
    },
  );
});

describe('what Salesforce allows', () => {
  test('what is left of the day’s requests is known', async () => {
    const one = connector();
    expect(one.budget!()).toBeNull();
    double.salesforce.settings.used = 14_000;
    await one.verify();
    const { used } = double.salesforce.settings;
    expect(one.budget!()).toEqual({ remaining: 15_000 - used, limit: 15_000, per: 'day', resetsAt: null });
  });

  test('when they are spent, the rest waits for another day', async () => {
    const now = Date.UTC(2026, 10, 22, 18);
    const one = connector({}, { now: () => now });
    double.salesforce.settings.used = 15_000;
    const error = await failure(one.verify());
    expect([error.kind, error.retryAfterMs]).toEqual(['rate-limit', 6 * HOUR]);
    expect(asked('/query')).toHaveLength(1);
  });

  test('too many at once is a matter of moments', async () => {
    const busy = [
      {
        errorCode: 'REQUEST_LIMIT_EXCEEDED',
        message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      },
    ];
    const waits: number[] = [];
    const { kind } = double;
    const sleep = async (ms: number) => void waits.push(ms);
    const impatient = kind.create(
      kind.options.parse(double.options()),
      toolsFor(double, { world: { sleep } }),
    );
    await impatient.verify();
    double.server.only = ({ path }) => path.includes('/query');
    double.server.faults = [{ kind: 'status', status: 403, body: busy }];
    await impatient.verify();
    expect(waits.filter((ms) => ms >= 10_000)).toHaveLength(1);
  });

  test('an error that quotes a query tells nobody’s id', async () => {
    const [id] = await double.addCustomers([person(1)]);
    const message = `No such column 'Nonsense__c': SELECT Nonsense__c FROM Task WHERE WhoId IN ('${id}')`;
    const one = connector();
    await one.verify();
    double.server.faults = [{ kind: 'status', status: 400, body: [{ errorCode: 'INVALID_FIELD', message }] }];
    const error = await failure(one.pushNotes!([note(id!, 'a')]));
    expect(error.message).toContain('Nonsense__c');
    expect(error.message).not.toContain(id);
  });

  test('without the right to make fields, it says which ones somebody must make', async () => {
    double.salesforce.settings.customise = false;
    const report = await connector().ensureSchema();
    expect(report).toMatchObject({ created: [], existing: [] });
    expect(report.todo).toHaveLength(1);
    expect(report.todo[0]).toContain('clv_predicted__c as Number(16, 2)');
  });

  test('fields that nobody may see yet are told, and without access a push says so', async () => {
    double.salesforce.settings.grants = false;
    const [one] = await double.addCustomers([person(1)]);
    const report = await connector().ensureSchema();
    expect(report.created).toHaveLength(INSIGHT_FIELDS.length);
    expect(report.todo.join()).toContain('Grant read and edit access');
    const again = await connector().ensureSchema();
    expect([again.created, again.existing.length]).toEqual([[], INSIGHT_FIELDS.length]);
    const error = await failure(connector().pushInsights([insight(one!)]));
    expect([error.kind, error.message]).toEqual(['config', expect.stringContaining('grant access')]);
    double.salesforce.grantFieldAccess();
    expect((await connector().ensureSchema()).todo).toEqual([]);
    expect(await connector().pushInsights([insight(one!)])).toEqual([{ ok: true }]);
  });
});
