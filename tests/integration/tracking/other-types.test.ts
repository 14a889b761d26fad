import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp } from '../../bench/support/start-app.mjs';
import { apiToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { BROWSER, documentsOf, knexIn, newVisitor, touchesOf, trackingOf } from './support';

const PAGE_VIEW = 'api::page-view.page-view';
const HOMEPAGE = 'api::homepage.homepage';

/** A single type with draft & publish and locales, unlike anything in the playground. */
async function addHomepage(appDir: string) {
  const files = {
    'content-types/homepage/schema.json': JSON.stringify({
      kind: 'singleType',
      collectionName: 'homepages',
      info: { singularName: 'homepage', pluralName: 'homepages', displayName: 'Homepage' },
      options: { draftAndPublish: true },
      pluginOptions: { i18n: { localized: true } },
      attributes: { headline: { type: 'text', pluginOptions: { i18n: { localized: true } } } },
    }),
    'controllers/homepage.js': `module.exports = require('@strapi/strapi').factories.createCoreController('${HOMEPAGE}');`,
    'services/homepage.js': `module.exports = require('@strapi/strapi').factories.createCoreService('${HOMEPAGE}');`,
    'routes/homepage.js': `module.exports = require('@strapi/strapi').factories.createCoreRouter('${HOMEPAGE}');`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(appDir, 'src/api/homepage', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

let folder: Awaited<ReturnType<typeof makeApp>>;
let app: TestStrapi;
let token: string;
beforeAll(async () => {
  folder = await makeApp();
  await addHomepage(folder.appDir);
  app = await startStrapi({
    appDir: folder.appDir,
    env: folder.env,
    config: {
      contentTypes: {
        [PAGE_VIEW]: { kind: 'page', title: 'content' },
        [HOMEPAGE]: { kind: 'homepage', title: 'headline' },
      },
    },
  });
  token = await apiToken(app.strapi, { type: 'full-access' });
});
afterAll(async () => {
  await app.stop();
  await folder.remove();
});

async function read(resource: string, visitor: string) {
  const answer = await fetch(`${app.url}/api/${resource}`, {
    headers: { 'user-agent': BROWSER, 'x-clv-visitor': visitor, authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  await trackingOf(app).flush();
}

test('a type without draft & publish is content from its creation on', async () => {
  const { documentId } = await documentsOf(app, PAGE_VIEW).create({ data: { content: 'Always public' } });
  await trackingOf(app).flush();
  const items = () => knexIn(app)('clv_contents').where({ document_id: documentId });
  expect(await items()).toMatchObject([
    { kind: 'page', locale: '', title: 'Always public', deleted_at: null },
  ]);

  const visitor = newVisitor();
  await read(`page-views/${documentId}`, visitor);
  expect(await touchesOf(app, visitor)).toHaveLength(1);

  await documentsOf(app, PAGE_VIEW).delete({ documentId });
  await trackingOf(app).flush();
  const [gone] = await items();
  expect(gone).toMatchObject({ title: 'Always public', unpublished_at: null });
  expect(gone.deleted_at).not.toBeNull();
});

test('reading a single type is a view of it', async () => {
  await documentsOf(app, HOMEPAGE).create({
    data: { headline: 'Welcome' },
    locale: 'en',
    status: 'published',
  });
  await trackingOf(app).flush();
  const visitor = newVisitor();
  await read('homepage', visitor);
  const [touch] = await touchesOf(app, visitor);
  expect(await knexIn(app)('clv_contents').where({ id: touch.content_id }).first()).toMatchObject({
    uid: HOMEPAGE,
    locale: 'en',
    title: 'Welcome',
  });
});
