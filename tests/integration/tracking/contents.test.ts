import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import {
  ARTICLE,
  contentsOf,
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

let app: TestStrapi;
beforeAll(async () => {
  app = await startStrapi();
  await app.strapi.plugin('i18n').service('locales').create({ code: 'it', name: 'Italian (it)' });
});
afterAll(() => app.stop());

const itemsOf = (documentId: string) =>
  knexIn(app)('clv_contents').where({ document_id: documentId }).orderBy('locale');
const flush = () => trackingOf(app).flush();
const articles = () => documentsOf(app, ARTICLE);

test('a published entry is a content item in each of its locales; a draft is none', async () => {
  const { documentId } = await articles().create({ data: { title: 'English' }, locale: 'en' });
  await flush();
  expect(await itemsOf(documentId)).toEqual([]);

  await articles().publish({ documentId, locale: 'en' });
  await articles().update({ documentId, locale: 'it', data: { title: 'Italiano' }, status: 'published' });
  await flush();
  expect(await itemsOf(documentId)).toMatchObject([
    { uid: ARTICLE, locale: 'en', kind: 'article', title: 'English', unpublished_at: null, deleted_at: null },
    {
      uid: ARTICLE,
      locale: 'it',
      kind: 'article',
      title: 'Italiano',
      unpublished_at: null,
      deleted_at: null,
    },
  ]);
});

test('publishing again keeps the item, its first date, and takes the new title', async () => {
  const { documentId } = await publishArticle(app, 'Before');
  const [before] = await itemsOf(documentId);
  await articles().update({ documentId, locale: 'en', data: { title: 'After' } });
  await flush();
  expect(await itemsOf(documentId)).toMatchObject([{ title: 'Before' }]);
  await articles().publish({ documentId, locale: 'en' });
  await flush();
  expect(await itemsOf(documentId)).toMatchObject([
    { id: before.id, title: 'After', published_at: before.published_at },
  ]);
});

test('unpublishing and deleting leave a tombstone with its title, which old touches still count for', async () => {
  const { documentId, key } = await publishArticle(app, 'Gone soon');
  await articles().unpublish({ documentId, locale: 'en' });
  await flush();
  const [unpublished] = await itemsOf(documentId);
  expect(unpublished.title).toBe('Gone soon');
  expect(Number(unpublished.unpublished_at)).toBeGreaterThan(0);
  expect(unpublished.deleted_at).toBeNull();

  await articles().delete({ documentId, locale: '*' });
  await flush();
  const [deleted] = await itemsOf(documentId);
  expect(deleted.title).toBe('Gone soon');
  expect(Number(deleted.deleted_at)).toBeGreaterThan(0);
  expect((await send(app, newVisitor(), [eventOf(key)])).body.accepted).toBe(1);
});

test('an entry that is published again comes back', async () => {
  const { documentId } = await publishArticle(app, 'Back again');
  await articles().unpublish({ documentId, locale: 'en' });
  await flush();
  await articles().publish({ documentId, locale: 'en' });
  await flush();
  expect(await itemsOf(documentId)).toMatchObject([{ unpublished_at: null, deleted_at: null }]);
});

test('what an outer transaction writes counts once it is committed, and not when it is undone', async () => {
  let kept = '';
  await app.strapi.db.transaction(async () => {
    const entry = await articles().create({ data: { title: 'Kept' }, locale: 'en', status: 'published' });
    kept = entry.documentId;
  });
  let undone = '';
  await expect(
    app.strapi.db.transaction(async () => {
      const entry = await articles().create({ data: { title: 'Undone' }, locale: 'en', status: 'published' });
      undone = entry.documentId;
      throw new Error('undo');
    }),
  ).rejects.toThrow('undo');
  await flush();
  expect(await itemsOf(kept)).toHaveLength(1);
  expect(await itemsOf(undone)).toEqual([]);
});

test('an event for an entry that was published a moment ago is not too early', async () => {
  const entry = await articles().create({ data: { title: 'Fresh' }, locale: 'en', status: 'published' });
  const visitor = newVisitor();
  const { body } = await send(app, visitor, [eventOf(`${ARTICLE}/${entry.documentId}/en`)]);
  expect(body.accepted).toBe(1);
  expect(await touchesOf(app, visitor)).toHaveLength(1);
});

test('a type without locales has keys without a locale; a page that names one all the same is understood', async () => {
  const entry = await documentsOf(app, WHITE_PAPER).create({ data: { title: 'Paper' }, status: 'published' });
  await flush();
  expect(await itemsOf(entry.documentId)).toMatchObject([
    { uid: WHITE_PAPER, locale: '', kind: 'white-paper' },
  ]);
  const { body } = await send(app, newVisitor(), [
    eventOf(`${WHITE_PAPER}/${entry.documentId}`),
    eventOf(`${WHITE_PAPER}/${entry.documentId}/en`),
    eventOf(`${WHITE_PAPER}/nobodyknowsthis/en`),
  ]);
  expect(body).toMatchObject({ accepted: 2, rejected: [{ index: 2 }] });
});

test('a full sync finds what was written past the document service', async () => {
  const { documentId } = await publishArticle(app, 'Old title');
  const other = await publishArticle(app, 'Removed row');
  await knexIn(app)('articles').where({ document_id: documentId }).update({ title: 'New title' });
  await knexIn(app)('articles').where({ document_id: other.documentId }).delete();
  await contentsOf(app).sync();
  expect(await itemsOf(documentId)).toMatchObject([{ title: 'New title' }]);
  const [gone] = await itemsOf(other.documentId);
  expect(gone.title).toBe('Removed row');
  expect(Number(gone.deleted_at)).toBeGreaterThan(0);
});

test('a locale that is deleted takes its items with it, and leaves their tombstones', async () => {
  const locales = app.strapi.plugin('i18n').service('locales');
  const { id } = await locales.create({ code: 'fr', name: 'French (fr)' });
  const { documentId } = await publishArticle(app, 'Stays');
  await articles().update({ documentId, locale: 'fr', data: { title: 'Reste' }, status: 'published' });
  await flush();
  await locales.delete({ id });
  await flush();
  const [english, french] = await itemsOf(documentId);
  expect(english).toMatchObject({ title: 'Stays', deleted_at: null });
  expect(french.title).toBe('Reste');
  expect(Number(french.deleted_at)).toBeGreaterThan(0);
});

test('every night all entries are looked at, and again when that failed', async () => {
  const { documentId } = await publishArticle(app, 'Before the night');
  await knexIn(app)('articles').where({ document_id: documentId }).update({ title: 'After the night' });
  const nightly = app.strapi.cron.jobs.find(({ name }) => name === 'clv.contents')!;
  await knexIn(app).schema.renameTable('clv_contents', 'clv_contents_away');
  nightly.job.invoke();
  await expect(contentsOf(app).flush()).rejects.toThrow();
  await knexIn(app).schema.renameTable('clv_contents_away', 'clv_contents');
  await flush();
  expect(await itemsOf(documentId)).toMatchObject([{ title: 'After the night' }]);
});

test('an item that another node made is learned without asking for it', async () => {
  await knexIn(app)('clv_contents').insert({
    uid: ARTICLE,
    document_id: 'madeelsewhere',
    locale: 'en',
    kind: 'article',
    title: 'Elsewhere',
    updated_at: Date.now(),
  });
  expect(contentsOf(app).known(`${ARTICLE}/madeelsewhere/en`)).toBeUndefined();
  await contentsOf(app).refresh();
  expect(contentsOf(app).known(`${ARTICLE}/madeelsewhere/en`)).toMatchObject({ title: 'Elsewhere' });
});

test('what another node changed is learned, and seen in the memory of this one', async () => {
  const { documentId, key } = await publishArticle(app, 'By this node');
  await knexIn(app)('clv_contents')
    .where({ document_id: documentId })
    .update({ title: 'By another node', updated_at: Date.now() });
  await contentsOf(app).refresh();
  expect(contentsOf(app).known(key)).toMatchObject({ title: 'By another node' });
});

test('what this node writes is compared with what another node stored, not with its own memory', async () => {
  const byOther = () => ({ title: 'By another node', unpublished_at: Date.now(), updated_at: Date.now() });
  const { documentId, key } = await publishArticle(app, 'The same title');
  const item = () => knexIn(app)('clv_contents').where({ document_id: documentId });
  await item().update(byOther());
  await articles().publish({ documentId, locale: 'en' });
  await flush();
  expect(await itemsOf(documentId)).toMatchObject([{ title: 'The same title', unpublished_at: null }]);

  await item().update(byOther());
  await contentsOf(app).sync();
  expect(await itemsOf(documentId)).toMatchObject([{ title: 'The same title', unpublished_at: null }]);
  expect(contentsOf(app).known(key)).toMatchObject({ title: 'The same title', unpublishedAt: null });
});

test('at boot, what changed while the plugin was away is brought in step', async () => {
  const { documentId } = await publishArticle(app, 'Before the pause');
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-copy-'));
  const copy = path.join(folder, 'copy.db');
  await knexIn(app)('articles').where({ document_id: documentId }).update({ title: 'After the pause' });
  await knexIn(app).raw(`VACUUM INTO '${copy}'`);
  await app.stop();
  app = await startStrapi({ env: { DATABASE_FILENAME: copy } });
  expect(await itemsOf(documentId)).toMatchObject([{ title: 'After the pause' }]);
  // Made by another node above, without an entry: a tombstone now.
  expect((await itemsOf('madeelsewhere'))[0].deleted_at).not.toBeNull();
  rmSync(folder, { recursive: true });
});
