import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp } from '../../bench/support/start-app.mjs';
import { apiToken } from '../../support/admin';
import { addType } from '../../support/app-types';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { BROWSER, documentsOf, knexIn, newVisitor, touchesOf, trackingOf } from './support';

const PAGE_VIEW = 'api::page-view.page-view';
const HOMEPAGE = 'api::homepage.homepage';
const TAG = 'api::tag.tag';
const GUIDE = 'api::guide.guide';

/** A single type with draft & publish and locales, unlike anything in the playground. */
const homepage = {
  kind: 'singleType',
  collectionName: 'homepages',
  info: { singularName: 'homepage', pluralName: 'homepages', displayName: 'Homepage' },
  options: { draftAndPublish: true },
  pluginOptions: { i18n: { localized: true } },
  attributes: { headline: { type: 'text', pluginOptions: { i18n: { localized: true } } } },
};
const tag = {
  kind: 'collectionType',
  collectionName: 'tags',
  info: { singularName: 'tag', pluralName: 'tags', displayName: 'Tag' },
  options: { draftAndPublish: false },
  attributes: { label: { type: 'string' }, weight: { type: 'integer' } },
};
/** About several tags each. */
const guide = {
  kind: 'collectionType',
  collectionName: 'guides',
  info: { singularName: 'guide', pluralName: 'guides', displayName: 'Guide' },
  options: { draftAndPublish: true },
  attributes: {
    name: { type: 'string' },
    tags: { type: 'relation', relation: 'manyToMany', target: TAG },
  },
};

let folder: Awaited<ReturnType<typeof makeApp>>;
let app: TestStrapi;
let token: string;
beforeAll(async () => {
  folder = await makeApp();
  for (const type of [homepage, tag, guide]) await addType(folder.appDir, type);
  app = await startStrapi({
    appDir: folder.appDir,
    env: folder.env,
    config: {
      contentTypes: {
        [PAGE_VIEW]: { kind: 'page', title: 'content' },
        [HOMEPAGE]: { kind: 'homepage', title: 'headline' },
        [GUIDE]: { kind: 'guide', title: 'name', topic: 'tags.label' },
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

test('an item is about what its relation says, also when a related entry gets another name', async () => {
  const tagOf = async (label: string) => (await documentsOf(app, TAG).create({ data: { label } })).documentId;
  const [care, safety] = [await tagOf('Care'), await tagOf('Safety')];
  const about = async (name: string, tags: string[]) =>
    (await documentsOf(app, GUIDE).create({ data: { name, tags }, status: 'published' })).documentId;
  const both = await about('Both', [safety, care]);
  const none = await about('None', []);
  const topics = async (documentId: string) => {
    await trackingOf(app).flush();
    return (await knexIn(app)('clv_contents').where({ document_id: documentId }).first()).topic;
  };
  expect(await topics(both)).toBe('Care\u001fSafety');
  expect(await topics(none)).toBeNull();

  await documentsOf(app, TAG).update({ documentId: care, data: { label: 'Upkeep' } });
  expect(await topics(both)).toBe('Safety\u001fUpkeep');
});
