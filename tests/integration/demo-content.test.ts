import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoItem, seedContent } from '../../scripts/demo/content.mjs';
import { startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;
let items: DemoItem[];
const publicDir = mkdtempSync(path.join(tmpdir(), 'clv-public-'));

beforeAll(async () => {
  mkdirSync(path.join(publicDir, 'uploads'));
  app = await startStrapi({ env: { PUBLIC_DIR: publicDir } });
  items = await seedContent(app.strapi);
});
afterAll(async () => {
  await app.stop();
  delete process.env.PUBLIC_DIR;
  rmSync(publicDir, { recursive: true });
});

test('the demonstration has 12 articles, some of them in Italian, and 6 white papers, all published', async () => {
  const of = (kind: string, locale: string) =>
    items.filter((item) => item.kind === kind && item.locale === locale).length;
  expect(of('article', 'en')).toBe(12);
  expect(of('article', 'it')).toBeGreaterThanOrEqual(4);
  expect(of('white-paper', '')).toBe(6);
  const answer = await fetch(`${app.url}/api/articles?locale=it`);
  const { data } = (await answer.json()) as { data: { title: string }[] };
  expect(data.map(({ title }) => title)).toContain('Leasing o acquisto: che cosa chiederà il commercialista');
});

test('every piece has an author, in each language the same', async () => {
  await app.strapi.plugin('clv').service('contents').sync();
  const authors = await app.strapi.db
    .connection('clv_contents as c')
    .join('clv_content_groups as g', { 'g.content_id': 'c.id' })
    .where({ 'g.dimension': 'author' })
    .select('c.document_id', 'g.value');
  expect(authors).toHaveLength(items.length);
  const byDocument = new Map(authors.map(({ document_id, value }) => [document_id, value]));
  for (const { document_id, value } of authors) expect(value).toBe(byDocument.get(document_id));
  expect(new Set(byDocument.values()).size).toBe(3);
});

test('every white paper has a PDF that can be downloaded', async () => {
  const answer = await fetch(`${app.url}/api/white-papers?populate=file`);
  const { data } = (await answer.json()) as { data: { file: { url: string; mime: string } }[] };
  expect(data).toHaveLength(6);
  for (const { file } of data) {
    expect(file.mime).toBe('application/pdf');
    expect(readFileSync(path.join(publicDir, file.url), 'latin1')).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
  }
});

test('a second start adds nothing', async () => {
  const again = await seedContent(app.strapi);
  expect(again).toEqual(items);
  expect(await app.strapi.documents('api::article.article').count({ locale: 'en', status: 'draft' })).toBe(
    12,
  );
});
