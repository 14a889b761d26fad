import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { apiToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import {
  BROWSER,
  documentsOf,
  eventOf,
  knexIn,
  newVisitor,
  publishArticle,
  send,
  touchesOf,
  trackingOf,
  WHITE_PAPER,
} from './support';

const BYTES = Buffer.from(Array.from({ length: 1_000 }, (_, i) => i % 251));
const folder = mkdtempSync(path.join(tmpdir(), 'clv-public-'));
let app: TestStrapi;
let documentId: string;
let fileId: number;

async function upload(name: string, bytes: Buffer, mimetype: string) {
  const filepath = path.join(folder, 'upload');
  writeFileSync(filepath, bytes);
  const [file] = await app.strapi
    .plugin('upload')
    .service('upload')
    .upload({ data: {}, files: { filepath, originalFilename: name, mimetype, size: bytes.length } });
  return file.id;
}

async function publishPaper(file: number | null, title = 'A paper') {
  const entry = await documentsOf(app, WHITE_PAPER).create({ data: { title, file }, status: 'published' });
  await trackingOf(app).flush();
  return entry.documentId;
}

beforeAll(async () => {
  mkdirSync(path.join(folder, 'uploads'));
  app = await startStrapi({ env: { PUBLIC_DIR: folder } });
  fileId = await upload('Über uns “2026”.pdf', BYTES, 'application/pdf');
  documentId = await publishPaper(fileId);
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function download(headers: Record<string, string> = {}, query = '', method = 'GET', id = documentId) {
  const answer = await fetch(`${app.url}/api/clv/download/${id}${query}`, {
    method,
    redirect: 'manual',
    headers: { 'user-agent': BROWSER, ...headers },
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  await trackingOf(app).flush();
  return { status: answer.status, headers: answer.headers, bytes };
}
const as = (visitor: string) => ({ 'x-clv-visitor': visitor });

test('the file is handed over under its name, and the download counts', async () => {
  const visitor = newVisitor();
  const { status, headers, bytes } = await download(as(visitor));
  expect(status).toBe(200);
  expect(bytes.equals(BYTES)).toBe(true);
  expect(headers.get('content-type')).toBe('application/pdf');
  expect(headers.get('content-length')).toBe('1000');
  expect(headers.get('accept-ranges')).toBe('bytes');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const disposition = headers.get('content-disposition')!;
  expect(disposition).toMatch(/^attachment; filename="[^"]+"; filename\*=UTF-8''/);
  expect(decodeURIComponent(disposition.split("UTF-8''")[1])).toBe('Über uns “2026”.pdf');
  expect(await touchesOf(app, visitor)).toMatchObject([{ kind: 'download', source: 'download' }]);
});

test.each([
  ['bytes=0-99', 0, 99],
  ['bytes=900-', 900, 999],
  ['bytes=-10', 990, 999],
  ['bytes=500-5000', 500, 999],
])('a part of the file: %s', async (range, start, end) => {
  const visitor = newVisitor();
  const { status, headers, bytes } = await download({ ...as(visitor), range });
  expect(status).toBe(206);
  expect(headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`);
  expect(bytes.equals(BYTES.subarray(start, end + 1))).toBe(true);
  // The first part begins a download, the others only go on with it.
  expect(await touchesOf(app, visitor)).toHaveLength(start === 0 ? 1 : 0);
});

test('a part beyond the end is refused, one that makes no sense gets the whole file', async () => {
  const beyond = await download({ range: 'bytes=1000-' });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('content-range')).toBe('bytes */1000');
  for (const range of ['bytes=9-1', 'lines=1-2', 'bytes=0-1,5-6', 'bytes=-'])
    expect((await download({ range })).bytes).toHaveLength(1_000);
});

test('a part is only of the file that the sender knows', async () => {
  const { headers } = await download({}, '', 'HEAD');
  const range = { range: 'bytes=0-9' };
  expect((await download({ ...range, 'if-range': headers.get('etag')! })).status).toBe(206);
  expect((await download({ ...range, 'if-range': headers.get('last-modified')! })).status).toBe(206);
  expect((await download({ ...range, 'if-range': '"another"' })).status).toBe(200);
});

test('a file that the browser still has is not sent again, and not counted', async () => {
  const visitor = newVisitor();
  const { headers } = await download();
  // As a browser asks; fetch on its own would add no-cache.
  const known = { 'if-none-match': headers.get('etag')!, 'cache-control': 'max-age=0' };
  expect((await download({ ...as(visitor), ...known })).status).toBe(304);
  expect(await touchesOf(app, visitor)).toEqual([]);
});

test('HEAD tells about the file and counts nothing', async () => {
  const visitor = newVisitor();
  const { status, headers, bytes } = await download(as(visitor), '', 'HEAD');
  expect(status).toBe(200);
  expect(headers.get('content-length')).toBe('1000');
  expect(bytes).toHaveLength(0);
  expect(await touchesOf(app, visitor)).toEqual([]);
});

test('whoever may not be counted still gets the file', async () => {
  const visitor = newVisitor();
  const uncounted: Record<string, string>[] = [
    { 'sec-gpc': '1' },
    { dnt: '1' },
    { 'user-agent': 'curl/8' },
    { purpose: 'prefetch' },
  ];
  for (const headers of uncounted) expect((await download({ ...as(visitor), ...headers })).status).toBe(200);
  const denied = newVisitor();
  await app.strapi
    .plugin('clv')
    .service('identity')
    .setConsent({ visitorKey: denied, state: 'denied', source: 'visitor' });
  expect((await download(as(denied))).status).toBe(200);
  expect((await download()).status).toBe(200);
  expect((await download({}, `?v=${visitor}`)).status).toBe(200);
  expect(await touchesOf(app, visitor)).toEqual([]);
  expect(await touchesOf(app, denied)).toEqual([]);
});

test('a download that the browser reports too counts once', async () => {
  const visitor = newVisitor();
  await download(as(visitor));
  await send(app, visitor, [eventOf(`${WHITE_PAPER}/${documentId}`, { kind: 'download' })]);
  expect(await touchesOf(app, visitor)).toHaveLength(1);
});

test('the type may be named, by kind or uid', async () => {
  expect((await download({}, '?type=white-paper')).status).toBe(200);
  expect((await download({}, `?type=${WHITE_PAPER}`)).status).toBe(200);
  expect((await download({}, '?type=article')).status).toBe(404);
  expect((await download({}, '?type[]=white-paper')).status).toBe(400);
});

test('whoever may not read the entry through the content API does not get its file either', async () => {
  const { strapi } = app;
  const permissions = strapi.db.query('plugin::users-permissions.permission');
  const roles = strapi.db.query('plugin::users-permissions.role');
  const open = await roles.findOne({ where: { type: 'public' } });
  const actions = [`${WHITE_PAPER}.find`, `${WHITE_PAPER}.findOne`];
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const readable = await apiToken(strapi, { type: 'custom', permissions: [`${WHITE_PAPER}.findOne`] });
  const other = await apiToken(strapi, { type: 'custom', permissions: ['api::article.article.findOne'] });
  const role = await roles.findOne({ where: { type: 'authenticated' } });
  const users = strapi.plugin('users-permissions');
  const user = await users.service('user').add({
    username: 'reader',
    email: 'reader@example.com',
    password: 'Playground-1234',
    provider: 'local',
    confirmed: true,
    role: role.id,
  });
  const login = bearer(users.service('jwt').issue({ id: user.id }));

  await permissions.deleteMany({ where: { role: open.id, action: { $in: actions } } });
  try {
    const visitor = newVisitor();
    const refused = await download(as(visitor));
    expect(refused.status).toBe(403);
    expect(refused.bytes.toString()).toContain(`${WHITE_PAPER}.findOne`);
    expect(await touchesOf(app, visitor)).toEqual([]);
    expect((await download(bearer(other))).status).toBe(403);
    expect((await download(bearer('made up'))).status).toBe(403);
    expect((await download(login)).status).toBe(403);

    expect((await download(bearer(readable))).bytes.equals(BYTES)).toBe(true);
    expect((await download(bearer(await apiToken(strapi, { type: 'read-only' })))).status).toBe(200);
    await permissions.create({ data: { action: actions[0], role: role.id } });
    expect((await download({ ...login, ...as(visitor) })).status).toBe(200);
    expect(await touchesOf(app, visitor)).toHaveLength(1);
  } finally {
    for (const action of actions) await permissions.create({ data: { action, role: open.id } });
  }
  expect((await download()).status).toBe(200);
});

test.each(['abcdefghijklmnopqrstuvwx', '..%2f..%2fpackage.json', '%00', '%E0%A4%A'])(
  'there is no file for %s',
  async (id) => {
    expect((await download({}, '', 'GET', id)).status).toBeGreaterThanOrEqual(400);
    expect((await download({}, '', 'GET', id)).status).toBeLessThan(500);
  },
);

test('drafts, types without a file, and entries without one have nothing to hand over', async () => {
  const draft = await documentsOf(app, WHITE_PAPER).create({ data: { title: 'Draft', file: fileId } });
  expect((await download({}, '', 'GET', draft.documentId)).status).toBe(404);
  expect((await download({}, '', 'GET', await publishPaper(null))).status).toBe(404);
  expect((await download({}, '', 'GET', (await publishArticle(app)).documentId)).status).toBe(404);
});

test('a file whose address points out of the uploads is not handed over', async () => {
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  const id = await upload('trap.pdf', BYTES, 'application/pdf');
  const paper = await publishPaper(id, 'Trap');
  for (const url of ['/uploads/../secret.txt', '/secret.txt', '/uploads/gone.pdf', '/uploads/']) {
    await knexIn(app)('files').where({ id }).update({ url });
    const { status, bytes } = await download({}, '', 'GET', paper);
    expect(status).toBe(404);
    expect(bytes.toString()).not.toContain('secret');
  }
});

test('an empty file is handed over as it is', async () => {
  const paper = await publishPaper(await upload('empty.txt', Buffer.alloc(0), 'text/plain'), 'Empty');
  const { status, bytes } = await download({}, '', 'GET', paper);
  expect(status).toBe(200);
  expect(bytes).toHaveLength(0);
});

test('a file of another provider is where that provider says, signed if it is private', async () => {
  const id = await upload('remote.pdf', BYTES, 'application/pdf');
  const paper = await publishPaper(id, 'Remote');
  await knexIn(app)('files')
    .where({ id })
    .update({ provider: 'cloud', url: 'https://files.example.com/remote.pdf' });
  const visitor = newVisitor();
  const plain = await download(as(visitor), '', 'GET', paper);
  expect(plain.status).toBe(302);
  expect(plain.headers.get('location')).toBe('https://files.example.com/remote.pdf');
  expect(plain.headers.get('cache-control')).toBe('no-store');
  expect(await touchesOf(app, visitor)).toHaveLength(1);

  const { provider } = app.strapi.plugin('upload') as unknown as { provider: Record<string, unknown> };
  vi.spyOn(provider as { isPrivate(): boolean }, 'isPrivate').mockReturnValue(true);
  provider.getSignedUrl = async () => ({ url: 'https://files.example.com/remote.pdf?signed=1' });
  app.strapi.config.set('plugin::upload.provider', 'cloud');
  const signed = await download({}, '', 'GET', paper);
  expect(signed.headers.get('location')).toBe('https://files.example.com/remote.pdf?signed=1');
});

test('a reader who goes away in the middle does no harm', async () => {
  const paper = await publishPaper(
    await upload('large.bin', Buffer.alloc(8_000_000), 'application/zip'),
    'Large',
  );
  await new Promise<void>((resolve, reject) => {
    const reading = get(`${app.url}/api/clv/download/${paper}`, (answer) => {
      answer.once('data', () => {
        answer.destroy();
        resolve();
      });
    });
    reading.on('error', reject);
  });
  expect((await fetch(`${app.url}/_health`)).status).toBe(204);
});
