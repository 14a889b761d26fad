import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import { adminToken, apiToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { customerKey, insertValueWorld, personKey } from '../../support/value-world';

/*
 * The documents are asked for as a program would, and what the routes really answer, on a site with data, is held against
 * them.
 */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

interface OperationObject {
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, object> };
}

let app: TestStrapi;
let admin: string;
let token: string;
/** What stands for the parameters of paths, and those of queries that must be said. */
let known: Record<string, string>;

beforeAll(async () => {
  app = await startStrapi();
  const knex = app.strapi.db.connection;
  await insertValueWorld(knex as never, { persons: 500 });
  admin = await adminToken(app.strapi, app.url);
  token = await apiToken(app.strapi, { type: 'full-access' });
  const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
  for (const kind of ['value', 'rank'] as const) {
    const { id } = await jobs.start(kind, {}, { startedBy: 'test', activeKey: kind });
    await jobs.ended(id);
    expect((await jobs.get(id))?.error).toBeNull();
  }
  const rules = { match: 'all', rules: [{ field: 'kind', is: ['customer'] }] };
  const segment = await made('/clv/segments', {
    name: 'Everyone who bought',
    membership: 'live',
    rules,
    public: true,
    toCrm: false,
  });
  await made('/clv/triggers', {
    name: 'Up',
    kind: 'tier-up',
    settings: {},
    segmentId: null,
    actions: { endpoints: [], connections: [] },
    cooldownHours: 1,
    holdout: 0.1,
    enabled: true,
  });
  const experiment = await knex('clv_experiments').first('id');
  const content = await knex('clv_contents').orderBy('id').first();
  const order = await knex('clv_orders').first('order_id');
  const job = await knex('clv_jobs').where({ kind: 'rank' }).first('id');
  known = {
    contentId: String(content.id),
    items: String(content.id),
    documentId: content.document_id,
    uid: content.uid,
    orderId: order.order_id,
    personId: personKey(3),
    customer: customerKey(3),
    by: 'topic',
    kind: 'orders',
    'id /clv/jobs/{id}': job.id,
    'id /clv/experiments/{id}': experiment.id,
    ...Object.fromEntries(
      ['', '/members', '/export.csv'].map((rest) => [`id /clv/segments/{id}${rest}`, segment.segment.id]),
    ),
    slug: segment.segment.slug,
    customerId: customerKey(3),
  };
});
afterAll(() => app?.stop());

const ask = (path: string, method = 'GET', body?: unknown) =>
  fetch(`${app.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${path.startsWith('/api/') ? token : admin}`,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** What was made by a POST. */
async function made(path: string, body: object) {
  const answer = await ask(path, 'POST', body);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return answer.json();
}

const documentAt = async (path: string): Promise<Document> => (await ask(path)).json();

/** Checks answers against the schemas of a document. */
function checker({ components }: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'doc', components });
  const compiled = new Map<object, ValidateFunction>();
  return (schema: object, value: unknown): string[] => {
    let validate = compiled.get(schema);
    if (!validate) {
      const here = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components'));
      validate = ajv.compile(here);
      compiled.set(schema, validate);
    }
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

/** The address with its parameters filled in; null where nothing on this site has one. */
function addressOf(path: string, { parameters }: OperationObject): string | null {
  let address = path;
  const query = new URLSearchParams();
  for (const { name, in: place, required } of parameters) {
    const value = known[`${name} ${path}`] ?? known[name];
    if (place === 'path') {
      if (value === undefined) return null;
      address = address.replace(`{${name}}`, encodeURIComponent(value));
    } else if (required) query.set(name, value!);
  }
  return query.size > 0 ? `${address}?${query}` : address;
}

/** Not asked here, since this site has none of what they are about; they are asked where there is. */
const ABOUT_NOTHING_HERE = [/^\/clv\/crm\/connections\/\{id\}/, /^\/clv\/imports\/\{jobId\}/, /oauth$/];
/** Files, and answers that no schema could be wrong about. */
const isJson = (content: Record<string, unknown>) => 'application/json' in content;

test.each(['/api/clv/openapi.json', '/clv/openapi.json'])('what GETs answer is as %s says', async (place) => {
  const document = await documentAt(place);
  const problems = checker(document);
  let asked = 0;
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || ABOUT_NOTHING_HERE.some((pattern) => pattern.test(path))) continue;
    const address = addressOf(path, get);
    expect(address, `nothing to ask ${path} with`).not.toBeNull();
    if (path.includes('/download/')) continue;
    const answer = await ask(address!);
    expect(answer.status, `${address} ${answer.status === 200 ? '' : await answer.clone().text()}`).toBe(200);
    const content = get.responses['200']!.content!;
    expect(Object.keys(content).map((type) => type.split(';')[0])).toContain(
      answer.headers.get('content-type')!.split(';')[0],
    );
    if (!isJson(content)) {
      await answer.arrayBuffer();
      continue;
    }
    const wrong = problems(content['application/json']!.schema, await answer.json());
    expect.soft(wrong.slice(0, 3), address!).toEqual([]);
    asked += 1;
  }
  expect(asked).toBeGreaterThan(place.startsWith('/api') ? 6 : 30);
});

test('what cannot be taken is refused as the document says, with what is wrong', async () => {
  const document = await documentAt('/clv/openapi.json');
  const problems = checker(document);
  const wrong: [string, string, unknown][] = [
    ['GET', '/clv/rankings?pageSize=0', undefined],
    ['GET', '/clv/rankings/groups', undefined],
    ['POST', '/clv/people/export', { nobody: true }],
    ['POST', '/clv/value/what-if', { customers: 'many' }],
  ];
  for (const [method, path, body] of wrong) {
    const answer = await ask(path, method, body);
    expect(answer.status, path).toBe(400);
    const { [path.split('?')[0]!]: operations } = document.paths;
    const { schema } = operations![method.toLowerCase()]!.responses['400']!.content!['application/json']!;
    expect(problems(schema, await answer.json()), path).toEqual([]);
  }
});

test('rows sent by a program are answered as the document says', async () => {
  const document = await documentAt('/api/clv/openapi.json');
  const { schema } = document.paths['/api/clv/orders']!.post!.responses['200']!.content!['application/json']!;
  const orders = [
    { order_id: 'O-1', customer_id: 'C-1', ordered_at: '2026-01-01', amount: '1', currency: 'EUR' },
    { order_id: 'O-2' },
  ];
  const answer = await ask('/api/clv/orders', 'POST', { orders });
  expect(answer.status).toBe(200);
  const body = await answer.json();
  expect(body).toMatchObject({ created: 1, rejected: [{ index: 1 }] });
  expect(checker(document)(schema, body)).toEqual([]);
});
