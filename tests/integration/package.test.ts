import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import type { Job } from '../../server/src/jobs/api-types';
import type { RankingPage, RunStarted } from '../../server/src/ranking/api-types';
import { type NewApp, newApp } from '../support/new-app';
import { storyApp } from '../support/story-app';

/*
 * The packed plugin in an app that knows nothing of this project: other names, its own content type with i18n and
 * draft & publish, and nothing but a section in config/plugins.
 */

const root = path.resolve(import.meta.dirname, '../..');
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const MINUTES = 60_000;
const HOUR = 60 * MINUTES;
const CUSTOMERS = 90;

const packed = mkdtempSync(path.join(tmpdir(), 'clv-pack-'));
let app: NewApp;
let url: string;
let adminToken = '';
let apiKey = '';
/** The stories by their name, as `api::story.story/<documentId>/<locale>`. */
const stories: Record<string, string> = {};

async function call<T>(place: string, body?: unknown, token = adminToken): Promise<T> {
  const isForm = body instanceof FormData;
  const answer = await fetch(url + place, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'user-agent': BROWSER,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    },
    body: body === undefined || isForm ? (body as FormData | undefined) : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${place}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Writes and publishes a story as an editor does; gives its documentId. */
async function publish(headline: string, locale: string, documentId?: string, extra = {}): Promise<string> {
  const type = '/content-manager/collection-types/api::story.story';
  const place = documentId ? `${type}/${documentId}/actions/publish` : `${type}/actions/publish`;
  const { data } = await call<{ data: { documentId: string } }>(`${place}?locale=${locale}`, {
    headline,
    ...extra,
  });
  return data.documentId;
}

async function uploadHandout(): Promise<number> {
  const form = new FormData();
  form.append('files', new Blob(['a handout'], { type: 'text/plain' }), 'handout.txt');
  const [file] = await call<{ id: number }[]>('/upload', form);
  return file!.id;
}

beforeAll(async () => {
  await ensureBuilt();
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', packed],
    { cwd: root },
  );
  const [{ filename }] = JSON.parse(stdout);
  const { files, dependencies } = storyApp();
  app = await newApp(files, dependencies, path.join(packed, filename));
  await app.run('strapi', ['build', '--silent']);
  url = await app.start();

  const registered = await call<{ data: { token: string } }>('/admin/register-admin', {
    email: 'editor@example.com',
    firstname: 'New',
    lastname: 'Editor',
    password: 'Editor-1234',
  });
  adminToken = registered.data.token;
  await call('/i18n/locales', { code: 'it', name: 'Italian (it)', isDefault: false });
  const read = await publish('The one they read', 'en', undefined, { handout: await uploadHandout() });
  await publish('Quella che leggono', 'it', read);
  const other = await publish('Another one', 'en');
  Object.assign(stories, {
    read: `api::story.story/${read}/en`,
    italian: `api::story.story/${read}/it`,
    other: `api::story.story/${other}/en`,
  });
  const token = await call<{ data: { accessKey: string } }>('/admin/api-tokens', {
    name: 'orders',
    description: '',
    type: 'full-access',
    lifespan: null,
    permissions: null,
  });
  apiKey = token.data.accessKey;
}, 10 * MINUTES);

afterAll(async () => {
  await app?.stop();
  app?.remove();
  rmSync(packed, { recursive: true });
}, MINUTES);

const visitorOf = (i: number) => `visitor-of-the-new-app-${i}`;

test('events of a content type never seen before are taken', async () => {
  const now = Date.now();
  for (let i = 0; i < CUSTOMERS; i += 1) {
    const content = i < CUSTOMERS / 2 ? stories.read! : stories.other!;
    const both = i % 3 === 0 ? [content, stories.italian!] : [content];
    const events = both.map((key, k) => ({
      id: `new-app-event-${i}-${k}`,
      kind: 'view',
      content: key,
      at: now - 3 * HOUR,
    }));
    const answer = await call<{ accepted: number }>(
      '/api/clv/collect',
      { visitor: visitorOf(i), sentAt: now, consent: 'granted', events },
      '',
    );
    expect(answer.accepted).toBe(events.length);
  }
});

test('visitors identify with a token signed by the secret of the config', async () => {
  for (let i = 0; i < CUSTOMERS; i += 1) {
    const token = jwt.sign({ sub: `new-${i}` }, storyApp().secret, { expiresIn: '5m' });
    expect(await call('/api/clv/identify', { visitor: visitorOf(i), token }, '')).toMatchObject({
      linked: true,
    });
  }
});

test('orders come in over HTTP with an API token, and twice they count once', async () => {
  const orders = Array.from({ length: CUSTOMERS }, (_, i) => ({
    order_id: `order-${i}`,
    customer_id: `new-${i}`,
    ordered_at: new Date(Date.now() - HOUR).toISOString(),
    amount: String((i < CUSTOMERS / 2 ? 300 : 100) + (i % 7)),
    currency: 'EUR',
  }));
  expect(await call('/api/clv/orders', { orders }, apiKey)).toMatchObject({
    created: CUSTOMERS,
    rejected: [],
  });
  expect(await call('/api/clv/orders', { orders }, apiKey)).toMatchObject({
    unchanged: CUSTOMERS,
    rejected: [],
  });
});

test('a run tells what the readers of each story are worth, under its own title and locale', async () => {
  const { jobId } = await call<RunStarted>('/clv/rankings/run', {});
  await expect
    .poll(async () => (await call<Job>(`/clv/jobs/${jobId}`)).status, { timeout: MINUTES, interval: 200 })
    .toBe('done');
  const { snapshot, items } = await call<RankingPage>('/clv/rankings?landmark=first-order');
  expect(snapshot).toMatchObject({ population: CUSTOMERS, withValue: CUSTOMERS, simulated: false });
  const story = (title: string) => items.find((item) => item.title === title);
  expect(story('The one they read')).toMatchObject({
    uid: 'api::story.story',
    kind: 'story',
    locale: 'en',
    exposed: CUSTOMERS / 2,
    // Three stories show nothing typical to compare with.
    verdict: 'not distinguishable',
  });
  expect(story('The one they read')!.difference).toBeCloseTo(200, -1);
  expect(items.find(({ locale }) => locale === 'it')?.title).toBe('Quella che leggono');
  expect(story('Another one')!.difference).toBeCloseTo(-200, -1);
});

test('the download link hands over the file of the configured attribute to whoever may read the entry', async () => {
  const link = `${url}/api/clv/download/${stories.read!.split('/')[1]}`;
  // A new app's public role may read nothing.
  expect((await fetch(link)).status).toBe(403);
  const answer = await fetch(link, {
    headers: {
      'user-agent': BROWSER,
      'x-clv-visitor': visitorOf(0),
      authorization: `Bearer ${apiKey}`,
    },
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('a handout');
});

test('the tracker is served, and the admin has the plugin in it', async () => {
  const tracker = await fetch(`${url}/api/clv/tracker.js`);
  expect(tracker.status).toBe(200);
  expect(tracker.headers.get('content-type')).toContain('javascript');
  const admin = await fetch(`${url}/admin`);
  expect(admin.status).toBe(200);
});

test('the command line runs from the app', async () => {
  const { stdout } = await app.run('clv', ['rank', '--help']);
  expect(stdout).toContain('--landmark');
});

test('the server stops when it is asked to', async () => {
  expect(await app.stop()).toBe(0);
});
