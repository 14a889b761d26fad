import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '../../server/src/jobs/api-types';
import type { RankedItem, RankingPage } from '../../server/src/ranking/api-types';
import { adminToken, apiToken } from '../support/admin';
import { noMariaDb, startMariaDb } from '../support/mariadb';
import { startPostgres } from '../support/postgres';
import { startStrapi, type TestStrapi } from '../support/strapi';

const SECRET = 'playground-identity-secret-0123456789abcdef';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const HOUR = 3_600_000;
const PEOPLE = 90;

type Database = { env: Record<string, string>; stop(): Promise<unknown> };
const sqlite = async (): Promise<Database> => ({ env: { DATABASE_CLIENT: 'sqlite' }, stop: async () => {} });

if (noMariaDb) console.log(`skipped: ${noMariaDb}`);
describe.skipIf(noMariaDb).each([['MariaDB', startMariaDb]])('on %s', (_name, open) => theWholeWay(open));
describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', startPostgres],
])('on %s', (_name, open) => theWholeWay(open));

/** Every third person reads "rich" and orders for about 500, the next reads "poor" and orders for about 50, the third only orders. */
function theWholeWay(open: () => Promise<Database>): void {
  let database: Database;
  let app: TestStrapi;
  let admin: string;
  let rich: string;
  let poor: string;

  beforeAll(async () => {
    database = await open();
    app = await startStrapi({ env: database.env });
    admin = await adminToken(app.strapi, app.url);
    rich = await article('Rich');
    poor = await article('Poor');
  });
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
  });

  async function article(title: string): Promise<string> {
    const documents = app.strapi.documents('api::article.article');
    const { documentId } = await documents.create({ data: { title } as never, locale: 'en' });
    await documents.publish({ documentId, locale: 'en' });
    return documentId;
  }

  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async function get<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${admin}` } });
    expect(answer.status, path).toBe(200);
    return answer.json() as Promise<Answer>;
  }

  const visitorOf = (i: number) => `visitor-number-${String(i).padStart(6, '0')}`;

  async function read(i: number, documentId: string): Promise<void> {
    const now = Date.now();
    const events = [
      {
        id: `event-${documentId}-${i}`,
        kind: 'view',
        content: `api::article.article/${documentId}/en`,
        at: now - 48 * HOUR,
      },
    ];
    const answer = await post('/api/clv/collect', { visitor: visitorOf(i), sentAt: now, events });
    expect(answer).toEqual({ status: 202, body: { accepted: 1, rejected: [] } });
  }

  test('reads over HTTP, signed identities and posted orders become a ranking', async () => {
    await expect
      .poll(async () => (await post('/api/clv/collect', probe())).body.accepted, { timeout: 10_000 })
      .toBe(1);
    const orders = [];
    for (let i = 0; i < PEOPLE; i++) {
      if (i % 3 === 0) await read(i, rich);
      if (i % 3 === 1) await read(i, poor);
      const token = jwt.sign({ sub: `customer-${i}` }, SECRET, { expiresIn: '5m' });
      const identified = await post('/api/clv/identify', { visitor: visitorOf(i), token });
      expect(identified.status).toBe(200);
      // A cent more or less for each, since nobody's customers all pay the same.
      const amount = i % 3 === 0 ? `500.0${i % 2}` : `50.0${i % 2}`;
      const ordered_at = new Date(Date.now() - HOUR).toISOString();
      orders.push({ order_id: `o${i}`, customer_id: `customer-${i}`, ordered_at, amount, currency: 'EUR' });
    }
    const key = await apiToken(app.strapi, { type: 'custom', permissions: ['plugin::clv.orders.create'] });
    const taken = await post('/api/clv/orders', { orders }, { authorization: `Bearer ${key}` });
    expect(taken).toEqual({ status: 200, body: expect.objectContaining({ created: PEOPLE, rejected: [] }) });

    const { body } = await post('/clv/rankings/run', {}, { authorization: `Bearer ${admin}` });
    const run = () => get<Job>(`/clv/jobs/${body.jobId}`);
    await expect.poll(async () => (await run()).status, { timeout: 20_000 }).toBe('done');

    const page = await get<RankingPage>('/clv/rankings?landmark=first-order');
    expect(page.snapshot).toMatchObject({ population: PEOPLE, landmark: 'first-order', currency: 'EUR' });
    const find = (title: string): RankedItem => page.items.find((item) => item.title === title)!;
    expect(find('Rich')).toMatchObject({
      position: 1,
      exposed: 30,
      meanExposed: 500.005,
      difference: 450,
      // Against those who read nothing else, as they did.
      adjustedDifference: 450,
    });
    expect(find('Poor')).toMatchObject({
      exposed: 30,
      meanExposed: 50.005,
      difference: -225,
      adjustedDifference: 0,
    });
    // Two items show nothing typical, and without that no verdict is given.
    expect(page.snapshot!.report).toMatchObject({ comparable: 2, itemsNeeded: 15, typical: null });
    expect(find('Rich')).toMatchObject({ excess: null, verdict: 'not distinguishable' });
    // Two groups of values that never overlap: every mid-rank of the one is above every mid-rank of the other.
    expect(find('Rich').rankBiserial).toBe(1);
  });

  const probe = () => ({
    visitor: 'a-visitor-who-stays-unknown',
    sentAt: Date.now(),
    events: [{ id: 'probe-event', kind: 'view', content: `api::article.article/${rich}/en`, at: Date.now() }],
  });
}
