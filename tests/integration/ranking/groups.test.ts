import { parse } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { GroupPage, GroupValues, RankedItem, RankingPage } from '../../../server/src/ranking/api-types';
import { pooledGroups } from '../../../server/src/ranking/models/pooled-excess';
import { adminToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const CONTENTS = 24;
const FDR = 0.2;
const groups = { author: 'slug', tag: 'slug' };
const config = {
  ranking: { value: 'revenue', fdr: FDR, schedule: false, slices: ['channel'] },
  contentTypes: {
    'api::article.article': { kind: 'article', topic: 'topic', groups },
    'api::white-paper.white-paper': { kind: 'white-paper', groups },
  },
};
const AUTHORS = ['Zoë Åström', '=1+1 "Joe", jr', 'Jane Doe'];
/** Of an item by its number; every eighth has no author. */
const authorOf = (content: number) => (content % 8 === 7 ? null : AUTHORS[content % 3]!);
const tagsOf = (content: number) => [`tag ${content % 2}`, `tag ${content % 40}`, `Tag ${content}`];

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`rankings by group on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let token: string;
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      knex = app.strapi.db.connection as unknown as Knex;
      token = await adminToken(app.strapi, app.url);
      await insertRankingWorld(knex, { persons: 1500, contents: CONTENTS });
      const rows = Array.from({ length: CONTENTS }, (_, content) => {
        const tags = [...new Set(tagsOf(content))].map((value) => ({ dimension: 'tag', value }));
        const author = authorOf(content);
        const all = author === null ? tags : [...tags, { dimension: 'author', value: author }];
        return all.map((group) => ({ content_id: content + 1, ...group }));
      });
      await knex.batchInsert('clv_content_groups', rows.flat(), 50);
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      expect((await jobs.get(id))?.error).toBeNull();
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    const get = (path: string, query: Record<string, string | number> = {}) => {
      const parameters = new URLSearchParams(
        Object.entries(query).map(([key, value]) => [key, String(value)]),
      );
      return fetch(`${app.url}/clv/rankings${path}?${parameters}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    };
    const page = async (query = {}) =>
      (await (await get('', { pageSize: 100, ...query })).json()) as RankingPage;
    const grouped = async (query: Record<string, string | number>) =>
      (await (await get('/groups', query)).json()) as GroupPage;
    const numbers = (items: RankedItem[]) =>
      items.map(({ contentId }) => contentId - 1).sort((a, b) => a - b);
    const all = Array.from({ length: CONTENTS }, (_, content) => content);

    test('the page says what content belongs to, and shows the items of a group', async () => {
      const { facets } = await page();
      const tags = [...new Set(all.flatMap(tagsOf))].sort();
      expect(facets.groups.map(({ by }) => by)).toEqual(['author', 'tag']);
      const [author, tag] = facets.groups;
      expect(author!.more).toBe(false);
      expect([...author!.values].sort()).toEqual([...AUTHORS].sort());
      expect(tag).toMatchObject({ more: true });
      expect(tag!.values).toHaveLength(20);
      expect(tags).toEqual(expect.arrayContaining(tag!.values));

      const jane = await page({ group: 'author:Jane Doe' });
      expect(numbers(jane.items)).toEqual(all.filter((content) => authorOf(content) === 'Jane Doe'));
      expect(jane.pagination.total).toBe(jane.items.length);
      expect(numbers((await page({ group: 'tag:tag 1', kind: 'white-paper' })).items)).toEqual(
        all.filter((content) => tagsOf(content).includes('tag 1') && content % 3 === 0),
      );
      expect(numbers((await page({ group: 'tag:Tag 1' })).items)).toEqual([1]);
      expect((await page({ group: 'author:jane doe' })).items).toEqual([]);
      expect((await page({ group: 'author:%' })).items).toEqual([]);
      const exported = parse(await (await get('/export.csv', { group: `author:${AUTHORS[1]}` })).text());
      expect(exported).toHaveLength(1 + all.filter((content) => authorOf(content) === AUTHORS[1]).length);
    });

    test('each group has the mean excess of its items, and counts what cannot be compared', async () => {
      for (const slice of ['', 'channel:search']) {
        const { items, snapshot } = await page({ landmark: 'first-order', slice });
        const members = new Map(AUTHORS.map((author) => [author, [] as RankedItem[]]));
        for (const item of items) members.get(authorOf(item.contentId - 1) ?? '')?.push(item);
        const view = await grouped({ by: 'author', landmark: 'first-order', slice });
        expect(view).toMatchObject({
          snapshot: { id: snapshot!.id },
          by: 'author',
          dimensions: ['kind', 'locale', 'topic', 'author', 'tag'],
          ungrouped: items.filter(({ contentId }) => authorOf(contentId - 1) === null).length,
          pagination: { total: 3, page: 1, pageCount: 1 },
        });
        const expected = pooledGroups(members, FDR);
        for (const group of view.groups) {
          const { value, ...figures } = expected.find((one) => one.value === group.value)!;
          for (const [figure, wanted] of Object.entries(figures)) {
            const got = group[figure as keyof typeof group];
            if (typeof wanted === 'number') expect(got, `${value} ${figure}`).toBeCloseTo(wanted, 9);
            else expect(got, `${value} ${figure}`).toBe(wanted);
          }
        }
        if (slice === '') {
          expect(view.groups.every(({ comparable, excess }) => comparable >= 3 && excess !== null)).toBe(
            true,
          );
          const means = view.groups.map(({ excess }) => excess!);
          expect(means).toEqual([...means].sort((a, b) => b - a));
        }
      }
    });

    test('type and locale group too; groups are searched, ordered and paged', async () => {
      const kinds = await grouped({ by: 'kind', sort: 'items:desc' });
      expect(kinds.groups.map(({ value, items }) => [value, items])).toEqual([
        ['article', 16],
        ['white-paper', 8],
      ]);
      expect((await grouped({ by: 'locale', sort: 'value:asc' })).groups.map(({ value }) => value)).toEqual([
        '',
        'en',
      ]);
      expect((await grouped({ by: 'topic' })).ungrouped).toBe(CONTENTS);
      expect((await grouped({ by: 'author', search: 'ÅSTRÖM' })).groups.map(({ value }) => value)).toEqual([
        'Zoë Åström',
      ]);
      const tags = (query: object) => grouped({ by: 'tag', sort: 'value:desc', ...query });
      const [first, second] = [await tags({ pageSize: 5 }), await tags({ pageSize: 5, page: 2 })];
      const everything = (await tags({ pageSize: 100 })).groups.map(({ value }) => value);
      expect([...first.groups, ...second.groups].map(({ value }) => value)).toEqual(everything.slice(0, 10));
      expect(first.pagination.total).toBe(everything.length);
      const byExcess = (await tags({ sort: 'excess:asc', pageSize: 100 })).groups;
      expect(byExcess.findIndex(({ excess }) => excess === null)).toBe(
        byExcess.filter(({ excess }) => excess !== null).length,
      );
      const ofJane = await grouped({ by: 'tag', group: 'author:Jane Doe', pageSize: 100 });
      expect(ofJane.groups.find(({ value }) => value === 'tag 1')!.items).toBe(
        all.filter((content) => content % 2 === 1 && authorOf(content) === 'Jane Doe').length,
      );
    });

    test('values are looked up among thousands, the commonest first', async () => {
      const values = async (query: object) =>
        (await (await get('/group-values', { ...query })).json()) as GroupValues;
      expect(await values({ by: 'tag', limit: 2 })).toEqual({
        values: [
          { value: 'tag 0', items: 12 },
          { value: 'tag 1', items: 12 },
        ],
        total: new Set(all.flatMap(tagsOf)).size,
      });
      expect(await values({ by: 'author', search: 'zoë' })).toMatchObject({
        values: [{ value: 'Zoë Åström' }],
        total: 1,
      });
      expect(await values({ by: 'author', search: 'nobody' })).toEqual({ values: [], total: 0 });
    });

    test('the export has every group, and no name becomes a formula', async () => {
      const answer = await get('/groups/export.csv', { by: 'author', sort: 'value:asc', pageSize: 1 });
      expect(answer.headers.get('content-disposition')).toMatch(
        /clv-ranking-author-first-order-\d{4}-\d\d-\d\d\.csv/,
      );
      const rows: Record<string, string>[] = parse(await answer.text(), { columns: true });
      const { groups: view } = await grouped({ by: 'author', sort: 'value:asc' });
      expect(rows.map((row) => row.author)).toEqual([`'=1+1 "Joe", jr`, 'Jane Doe', 'Zoë Åström']);
      rows.forEach((row, i) => {
        expect(Number(row.excess)).toBeCloseTo(view[i]!.excess!, 12);
        expect(Number(row.readings)).toBe(view[i]!.readings);
        expect(row.verdict).toBe(view[i]!.verdict);
      });
    });

    test('a group that there is not is refused, with those that there are', async () => {
      const message = async (path: string, query: Record<string, string>) => {
        const answer = await get(path, query);
        expect(answer.status).toBe(400);
        return (await answer.json()).error.message;
      };
      expect(await message('/groups', { by: 'colour' })).toBe(
        'There is no group "colour"; there are: kind, locale, topic, author, tag. Others are set under contentTypes[…].groups.',
      );
      expect(await message('/groups', {})).toContain('by');
      expect(await message('/group-values', { by: 'kind' })).toContain('there are: topic, author, tag.');
      expect(await message('', { group: 'Jane' })).toContain(
        'is "<dimension>:<value>", such as "author:Jane Doe"',
      );
      expect((await get('/groups/export.csv', { by: 'author', landmark: '2020-01-01' })).status).toBe(404);
    });
  });
}
