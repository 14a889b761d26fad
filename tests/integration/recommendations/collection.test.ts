import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestStrapi } from '../../support/strapi';
import {
  ARTICLE,
  as,
  documentsOf,
  fillSite,
  get,
  knexIn,
  newVisitor,
  publishItems,
  recommended,
  startSite,
  TOPICS,
  trackingOf,
  visitorOf,
} from './support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

interface Entry {
  documentId: string;
  title: string;
  author?: string;
}
interface Collection {
  data: Entry[];
  meta: { pagination: { total: number; pageCount?: number } };
}

let app: TestStrapi;
beforeAll(async () => {
  app = await startSite({ config: { tracking: { rateLimit: { perAddress: 1_000_000 } } } });
  await publishItems(app);
  await fillSite(app);
});
afterAll(() => app.stop());

const articles = (query: string, headers: Record<string, string> = as(visitorOf(0))) =>
  get<Collection>(app, `/api/articles?${query}`, headers);
const ids = ({ body }: Awaited<ReturnType<typeof articles>>) => body.data.map(({ documentId }) => documentId);
/** In which order the visitor is recommended articles. */
const order = async (headers: Record<string, string> = as(visitorOf(0))) => {
  const { body } = await recommended(app, '?type=article&limit=50', headers);
  return body.data.map(({ documentId }) => documentId);
};

test('a collection stands in the order in which its items are recommended to the visitor', async () => {
  const answer = await articles('clv=recommended&pagination[pageSize]=100');
  expect(ids(answer)).toEqual(await order());
  expect(answer.body.meta.pagination.total).toBe(15);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('vary')).toContain('Cookie');
  const other = await articles('clv=recommended&pagination[pageSize]=100', as(visitorOf(1)));
  expect(ids(other)).not.toEqual(ids(answer));
  const plain = await articles('pagination[pageSize]=100');
  expect([...ids(plain)].sort()).toEqual([...ids(answer)].sort());
  expect(plain.headers.get('cache-control')).not.toBe('private, no-store');
});

test('pages hold every item once, however they are asked for', async () => {
  const expected = await order();
  for (const size of [1, 4, 7, 15]) {
    const found: string[] = [];
    for (let page = 1; page <= Math.ceil(15 / size); page++) {
      const answer = await articles(`clv=recommended&pagination[page]=${page}&pagination[pageSize]=${size}`);
      expect(answer.body.meta.pagination).toMatchObject({ total: 15, pageCount: Math.ceil(15 / size) });
      found.push(...ids(answer));
    }
    expect(found).toEqual(expected);
  }
  const offset = await articles('clv=recommended&pagination[start]=3&pagination[limit]=5');
  expect(ids(offset)).toEqual(expected.slice(3, 8));
  expect(ids(await articles('clv=recommended&pagination[page]=9&pagination[pageSize]=4'))).toEqual([]);
});

test('filters and fields do what they do without it', async () => {
  const filters = 'filters[author][$eq]=Author 1&fields[0]=author';
  const expected = await order();
  const plain = await articles(`${filters}&pagination[pageSize]=100`);
  const found: string[] = [];
  for (const page of [1, 2, 3]) {
    const answer = await articles(
      `clv=recommended&${filters}&pagination[page]=${page}&pagination[pageSize]=3`,
    );
    expect(answer.body.meta.pagination.total).toBe(7);
    for (const entry of answer.body.data)
      expect(Object.keys(entry).sort()).toEqual(['author', 'documentId', 'id']);
    found.push(...ids(answer));
  }
  expect([...found].sort()).toEqual([...ids(plain)].sort());
  expect(found).toEqual(expected.filter((id) => found.includes(id)));
  const search = await articles('clv=recommended&_q=Piece 12');
  expect(search.body.data.map(({ title }) => title)).toEqual(['Piece 12']);
});

test('what cannot be filtered cannot be filtered here either', async () => {
  const [with_, without] = await Promise.all([
    articles('clv=recommended&filters[nothing]=1'),
    articles('filters[nothing]=1'),
  ]);
  expect(with_.status).toBe(400);
  expect(with_.body).toEqual(without.body);
});

test('the asked sort orders what the model has no score for', async () => {
  const data = { title: 'Aaa, unknown to the model', slug: 'aaa', topic: TOPICS[1] };
  // Before the next look at what the site has: it stands in no order yet.
  const { documentId } = await documentsOf(app, ARTICLE).create({ data, locale: 'en', status: 'published' });
  const sorted = await articles('clv=recommended&sort=title:asc&pagination[pageSize]=100');
  expect(sorted.body.meta.pagination.total).toBe(16);
  expect(ids(sorted)).toContain(documentId);
  const paged: string[] = [];
  for (const page of [1, 2, 3, 4]) {
    const answer = await articles(
      `clv=recommended&sort=title:asc&pagination[page]=${page}&pagination[pageSize]=5`,
    );
    paged.push(...ids(answer));
  }
  expect(new Set(paged).size).toBe(16);
  await documentsOf(app, ARTICLE).delete({ documentId, locale: '*' });
  await trackingOf(app).flush();
});

test('an entry that is gone since the last look leaves no gap', async () => {
  const first = (await order())[0]!;
  // Past the document service, so that nobody hears of it.
  await app.strapi.db.query(ARTICLE).deleteMany({ where: { documentId: first } });
  const answer = await articles('clv=recommended&pagination[pageSize]=5');
  expect(ids(answer)).toHaveLength(5);
  expect(ids(answer)).not.toContain(first);
  expect(answer.body.meta.pagination.total).toBe(14);
});

test('another order than those there are is refused', async () => {
  const { status, body } = await get<{ error: { message: string } }>(app, '/api/articles?clv=other');
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain('recommended');
});

test('it counts no reading that would not count without it', async () => {
  const lister = newVisitor();
  await articles('clv=recommended&pagination[pageSize]=1', as(lister));
  await articles('clv=recommended&pagination[pageSize]=3&filters[author][$eq]=Author 1', as(lister));
  await trackingOf(app).flush();
  const touches = (visitor: string) => knexIn(app)('clv_touches').where({ visitor_key: visitor });
  expect(await touches(lister)).toEqual([]);
  const reader = newVisitor();
  await articles('clv=recommended&filters[slug][$eq]=piece-12', as(reader));
  await trackingOf(app).flush();
  expect(await touches(reader)).toMatchObject([{ kind: 'view', source: 'hook' }]);
});

test('a middleware of the app that narrows what may be read narrows it here', async () => {
  const end = app.strapi.documents.use(async (context, next) => {
    if (context.uid === ARTICLE && ['findMany', 'count'].includes(context.action)) {
      const params = (context.params ?? {}) as { filters?: object };
      const own = { author: 'Author 0' };
      (context as { params: object }).params = {
        ...params,
        filters: params.filters ? { $and: [params.filters, own] } : own,
      };
    }
    return next();
  }) as unknown as () => void;
  try {
    const answer = await articles('clv=recommended&pagination[pageSize]=5');
    const authors = answer.body.data.map(({ author }) => author);
    expect(authors).toEqual(Array(5).fill('Author 0'));
    expect(new Set(ids(answer)).size).toBe(5);
    const { total } = answer.body.meta.pagination;
    const paged: string[] = [];
    for (let page = 1; page <= total; page++) {
      const one = await articles(`clv=recommended&pagination[page]=${page}&pagination[pageSize]=1`);
      paged.push(...ids(one));
    }
    expect(paged).toHaveLength(total);
    expect(new Set(paged).size).toBe(total);
  } finally {
    end();
  }
});

test('whatever goes wrong in ordering, the answer is the plain one', async () => {
  const service = app.strapi.plugin('clv').service('recommendations');
  const fault = vi.spyOn(service, 'order').mockImplementation(() => {
    throw new Error('made up by this test');
  });
  const log = vi.spyOn(app.strapi.log, 'error').mockImplementation(() => app.strapi.log);
  try {
    const plain = await articles('pagination[pageSize]=4');
    for (let i = 0; i < 3; i++) {
      const answer = await articles('clv=recommended&pagination[pageSize]=4');
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(plain.body);
    }
    expect(log).toHaveBeenCalledTimes(1);
  } finally {
    fault.mockRestore();
    log.mockRestore();
  }
});
