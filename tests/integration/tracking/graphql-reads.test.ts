import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { BROWSER, newVisitor, publishArticle, touchesOf, trackingOf } from './support';

let app: TestStrapi;
let article: Awaited<ReturnType<typeof publishArticle>>;
beforeAll(async () => {
  app = await startStrapi({ env: { GRAPHQL: 'true' } });
  article = await publishArticle(app);
});
afterAll(() => app.stop());

async function ask(visitor: string, query: string) {
  const answer = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, 'x-clv-visitor': visitor },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
  expect(errors).toBeUndefined();
  await trackingOf(app).flush();
  return data;
}

test('reading one entry through GraphQL is a view', async () => {
  const visitor = newVisitor();
  const data = await ask(visitor, `{ article(documentId: "${article.documentId}") { title } }`);
  expect(data.article).toEqual({ title: 'An article' });
  expect(await touchesOf(app, visitor)).toMatchObject([{ kind: 'view', source: 'hook' }]);
});

test('reading by slug through GraphQL is a view, a list is none', async () => {
  const visitor = newVisitor();
  await ask(visitor, `{ articles(filters: { slug: { eq: "${article.slug}" } }) { title } }`);
  expect(await touchesOf(app, visitor)).toHaveLength(1);
  const lister = newVisitor();
  await ask(lister, '{ articles { title } }');
  expect(await touchesOf(app, lister)).toEqual([]);
});

test('the same entry twice in one query is one view', async () => {
  const visitor = newVisitor();
  const field = `article(documentId: "${article.documentId}") { title }`;
  await ask(visitor, `{ a: ${field} b: ${field} }`);
  expect(await touchesOf(app, visitor)).toHaveLength(1);
});
