import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeApp } from '../../bench/support/start-app.mjs';
import { addComponent, addType } from '../../support/app-types';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { contentsOf, documentsOf, knexIn, trackingOf } from './support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const AUTHOR = 'api::author.author';
const TAG = 'api::tag.tag';
const GUIDE = 'api::guide.guide';

const collection = (name: string, attributes: object, more: object = {}) => ({
  kind: 'collectionType',
  collectionName: `${name}s`,
  info: { singularName: name, pluralName: `${name}s`, displayName: name },
  options: { draftAndPublish: false },
  ...more,
  attributes,
});
const localized = { pluginOptions: { i18n: { localized: true } } };
const author = collection('author', {
  name: { type: 'string' },
  team: { type: 'component', component: 'shared.team' },
});
const tag = collection(
  'tag',
  { label: { type: 'string', ...localized } },
  { options: { draftAndPublish: true }, ...localized },
);
const guide = collection(
  'guide',
  {
    name: { type: 'string', ...localized },
    level: { type: 'enumeration', enum: ['easy', 'hard'] },
    author: { type: 'relation', relation: 'manyToOne', target: AUTHOR },
    tags: { type: 'relation', relation: 'manyToMany', target: TAG },
    seo: { type: 'component', component: 'shared.seo', ...localized },
    blocks: { type: 'dynamiczone', components: ['shared.quote', 'shared.seo'], ...localized },
  },
  { options: { draftAndPublish: true }, ...localized },
);
const GROUPS = {
  level: 'level',
  author: 'author.name',
  team: 'author.team.title',
  tag: 'tags.label',
  keyword: 'seo.keyword',
  block: 'blocks.__component',
};

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`groups of content on ${name}`, () => {
    let database: TestDatabase;
    let folder: Awaited<ReturnType<typeof makeApp>>;
    let app: TestStrapi;
    beforeAll(async () => {
      database = await start();
      folder = await makeApp();
      await addComponent(folder.appDir, 'shared.team', { title: { type: 'string' } });
      await addComponent(folder.appDir, 'shared.seo', { keyword: { type: 'string' } });
      await addComponent(folder.appDir, 'shared.quote', { text: { type: 'text' } });
      for (const type of [author, tag, guide]) await addType(folder.appDir, type);
      app = await startStrapi({
        appDir: folder.appDir,
        env: { ...folder.env, ...database.env },
        config: {
          contentTypes: { [GUIDE]: { kind: 'guide', title: 'name', topic: 'tags.label', groups: GROUPS } },
        },
      });
      await app.strapi.plugin('i18n').service('locales').create({ code: 'it', name: 'Italian (it)' });
    });
    afterAll(async () => {
      await app.stop();
      await folder.remove();
      await database.stop();
    });

    const create = async (uid: string, data: object) =>
      (await documentsOf(app, uid).create({ data, locale: 'en', status: 'published' })).documentId;
    const guides = () => documentsOf(app, GUIDE);

    /** By dimension, as stored for one locale of a document. */
    async function groupsOf(documentId: string, locale = 'en'): Promise<Record<string, string[]>> {
      await trackingOf(app).flush();
      const rows = await knexIn(app)('clv_content_groups as g')
        .join('clv_contents as c', 'c.id', 'g.content_id')
        .where({ 'c.document_id': documentId, 'c.locale': locale })
        .orderBy(['dimension', 'value'])
        .select('dimension', 'value');
      const groups: Record<string, string[]> = {};
      for (const { dimension, value } of rows) groups[dimension] = [...(groups[dimension] ?? []), value];
      return groups;
    }

    test('come from attributes, relations, components and dynamic zones, and are kept in step', async () => {
      const jane = await create(AUTHOR, { name: 'Jane Doe', team: { title: 'Desk' } });
      const [care, safety] = [await create(TAG, { label: 'Care' }), await create(TAG, { label: 'Safety' })];
      const guide = await create(GUIDE, {
        name: 'All of it',
        level: 'easy',
        author: jane,
        tags: [safety, care],
        seo: { keyword: '  clean cups ' },
        blocks: [
          { __component: 'shared.quote', text: 'Said' },
          { __component: 'shared.seo', keyword: 'other' },
          { __component: 'shared.quote', text: 'Said again' },
        ],
      });
      const bare = await create(GUIDE, { name: 'Nothing', seo: { keyword: ' ' } });
      expect(await groupsOf(guide)).toEqual({
        topic: ['Care', 'Safety'],
        level: ['easy'],
        author: ['Jane Doe'],
        team: ['Desk'],
        tag: ['Care', 'Safety'],
        keyword: ['clean cups'],
        block: ['shared.quote', 'shared.seo'],
      });
      expect(await groupsOf(bare)).toEqual({});

      await guides().update({
        documentId: guide,
        locale: 'en',
        data: { tags: [care], level: 'hard', author: null },
      });
      expect(await groupsOf(guide)).toMatchObject({ level: ['easy'], tag: ['Care', 'Safety'] });
      await guides().publish({ documentId: guide, locale: 'en' });
      const { author: nobody, team, ...rest } = await groupsOf(guide);
      expect([nobody, team]).toEqual([undefined, undefined]);
      expect(rest).toMatchObject({ level: ['hard'], tag: ['Care'], topic: ['Care'] });
    });

    test('follow a related entry that gets another name, in every item', async () => {
      const john = await create(AUTHOR, { name: 'John', team: { title: 'Lab' } });
      const both = [
        await create(GUIDE, { name: 'One', author: john }),
        await create(GUIDE, { name: 'Two', author: john }),
      ];
      for (const one of both) expect(await groupsOf(one)).toEqual({ author: ['John'], team: ['Lab'] });
      await documentsOf(app, AUTHOR).update({ documentId: john, data: { name: 'John Roe' } });
      for (const one of both) expect(await groupsOf(one)).toEqual({ author: ['John Roe'], team: ['Lab'] });
    });

    test('are those of each locale, and stay as they were when the entry leaves the site', async () => {
      const english = { name: 'In English', seo: { keyword: 'cups' } };
      const documentId = await create(GUIDE, english);
      await guides().update({
        documentId,
        locale: 'it',
        data: { name: 'In italiano', seo: { keyword: 'tazze' } },
        status: 'published',
      });
      expect([await groupsOf(documentId, 'en'), await groupsOf(documentId, 'it')]).toEqual([
        { keyword: ['cups'] },
        { keyword: ['tazze'] },
      ]);
      await guides().unpublish({ documentId, locale: 'it' });
      await guides().update({ documentId, locale: 'it', data: { seo: { keyword: 'bicchieri' } } });
      expect(await groupsOf(documentId, 'it')).toEqual({ keyword: ['tazze'] });
      await guides().publish({ documentId, locale: 'it' });
      expect(await groupsOf(documentId, 'it')).toEqual({ keyword: ['bicchieri'] });
    });

    test('a full sync finds what was changed past the document service, and drops what is set no more', async () => {
      const documentId = await create(GUIDE, { name: 'By hand', level: 'easy' });
      await groupsOf(documentId);
      const { id } = await knexIn(app)('clv_contents').where({ document_id: documentId }).first('id');
      await knexIn(app)('guides').where({ document_id: documentId }).update({ level: 'hard' });
      await knexIn(app)('clv_content_groups').insert({ content_id: id, dimension: 'colour', value: 'red' });
      await contentsOf(app).sync();
      expect(await groupsOf(documentId)).toEqual({ level: ['hard'] });
    });
  });
}
