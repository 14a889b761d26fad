import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ChangesService } from '../../../server/src/activation/changes/service';
import type {
  OutgoingMembers,
  SegmentDetail,
  SegmentInput,
  SegmentMembers,
  SegmentRules,
} from '../../../server/src/activation/segments/api-types';
import { segmentsOf } from '../../../server/src/activation/segments/members/memberships';
import type { SegmentsService } from '../../../server/src/activation/segments/service';
import type { LiveService } from '../../../server/src/clv/live/service';
import type { IdentityService } from '../../../server/src/identity/service';
import type { JobsService } from '../../../server/src/jobs/service';
import { noteForActivation } from '../../../server/src/storage/person-changes';
import { adminToken, apiToken, editorToken } from '../../support/admin';
import { adminCalls } from '../../support/admin-calls';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { customerKey, insertValueWorld, personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let app: TestStrapi;
let knex: Knex;
let token: string;
const { call } = adminCalls(() => token);
const service = <Of>(name: string) => app.strapi.plugin('clv').service(name) as Of;

beforeAll(async () => {
  const schedules = { prediction: { schedule: false }, ranking: { schedule: false, refresh: false } };
  app = await startStrapi({ config: { ...schedules, consent: { mode: 'required' } } });
  knex = app.strapi.db.connection as unknown as Knex;
  token = await adminToken(app.strapi, app.url);
  await insertValueWorld(knex, { persons: 200 });
  const jobs = service<JobsService>('jobs');
  const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
  await jobs.ended(id);
});
afterAll(() => app?.stop());

const all = (...rules: SegmentRules['rules']): SegmentRules => ({ match: 'all', rules });
const CUSTOMERS = all({ field: 'kind', is: ['customer'] });
const FREQUENT = all({ field: 'orders', min: 3 });
const inputOf = (input: Partial<SegmentInput>): SegmentInput => ({
  name: 'Frequent',
  membership: 'live',
  rules: FREQUENT,
  public: false,
  toCrm: false,
  ...input,
});

async function make(input: Partial<SegmentInput>): Promise<SegmentDetail> {
  const { status, body } = await call(app, '/segments', 'POST', inputOf(input));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
const settled = async () => {
  await service<LiveService>('live').flush();
  await service<ChangesService>('changes').settle();
};
const countOf = async (where: object = {}) =>
  Number((await knex('clv_person_values').where(where).count({ n: '*' }).first())!.n);
const isIn = async (personId: string, id: string): Promise<boolean> => {
  return (await segmentsOf(knex, personId)).some((segment) => segment.id === id);
};
let orders = 0;
async function order(customer_id: string): Promise<void> {
  const key = await apiToken(app.strapi, { type: 'full-access' });
  const [ordered_at, order_id] = [new Date().toISOString(), `new-${orders++}`];
  const answer = await fetch(`${app.url}/api/clv/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ orders: [{ order_id, customer_id, ordered_at, amount: 1_000, currency: 'EUR' }] }),
  });
  expect(answer.status).toBe(200);
}
const textOf = async (path: string, bearer = token) => {
  const answer = await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  return { status: answer.status, text: await answer.text() };
};

test('a count tells what those who fit are worth together', async () => {
  const { body } = await call(app, '/segments/count', 'POST', { rules: CUSTOMERS });
  const [sums] = await knex('clv_person_values')
    .where({ kind: 'customer' })
    .select(
      knex.raw('COUNT(*) AS n, SUM(total) AS total, SUM(predicted) AS predicted, COUNT(predicted) AS p'),
    );
  expect(body.figures).toEqual({
    members: sums.n,
    population: await countOf(),
    customers: sums.n,
    predicted: {
      sum: expect.closeTo(sums.predicted / 100, 6),
      mean: expect.closeTo(sums.predicted / 100 / sums.p, 6),
      n: sums.p,
    },
    total: { sum: expect.closeTo(sums.total / 100, 6), mean: expect.closeTo(sums.total / 100 / sums.n, 6) },
    currency: 'EUR',
  });
  const nobody = await call(app, '/segments/count', 'POST', { rules: all({ field: 'orders', min: 99_999 }) });
  expect(nobody.body.figures).toMatchObject({ members: 0, predicted: null, total: { sum: 0, mean: 0 } });
});

test('a count is given up when who asked for it hangs up', async () => {
  const segments = service<SegmentsService>('segments');
  let isWanted = () => false;
  const counting = vi.spyOn(segments, 'count').mockImplementationOnce(async (_, wanted) => {
    isWanted = wanted!;
    await vi.waitUntil(() => !isWanted(), { timeout: 10_000 });
    return null;
  });
  const builder = new AbortController();
  const answer = fetch(`${app.url}/clv/segments/count`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rules: CUSTOMERS }),
    signal: builder.signal,
  });
  answer.catch(() => {});
  await expect.poll(() => isWanted(), { timeout: 10_000 }).toBe(true);
  builder.abort();
  await expect(answer).rejects.toThrow('aborted');
  await expect.poll(() => isWanted(), { timeout: 10_000 }).toBe(false);
  counting.mockRestore();
});

test.each([
  [{ match: 'all', rules: [{ field: 'orders' }] }, 'neither "min" nor "max"', 'rules.rules[0]'],
  [{ match: 'all', rules: [{ field: 'orders', min: 3, max: 2 }] }, 'fits nobody', 'rules.rules[0].max'],
  [
    { match: 'all', rules: [{ field: 'shoe size', min: 3 }] },
    'not the field of a rule',
    'rules.rules[0].field',
  ],
  [
    { match: 'all', rules: [{ match: 'any', rules: [{ field: 'pAlive', min: 2 }] }] },
    'more than 1',
    'rules.rules[0].rules[0].min',
  ],
  [{ match: 'any', rules: [{ match: 'any', rules: [] }] }, 'give the group a rule', 'rules.rules[0].rules'],
  [{ match: 'some', rules: [] }, 'neither "all" nor "any"', 'rules.match'],
  [{ match: 'all', rules: [{ field: 'tier', is: [] }] }, 'is empty', 'rules.rules[0].is'],
])('rules that cannot be are refused with what is wrong, and where', async (rules, what, where) => {
  const { status, body } = await call(app, '/segments/count', 'POST', { rules });
  expect(status).toBe(400);
  expect(body.error.message).toContain(what);
  expect(body.error.message).toContain(`at ${where}`);
});

test('a segment has its members at once, and follows who orders', async () => {
  const made = await make({ name: 'Häufige Käufer' });
  const { id } = made.segment;
  const wanted = await knex('clv_person_values').where('orders', '>=', 3).pluck('person_id');
  expect(made.segment).toMatchObject({ slug: 'haufige-kaufer', members: wanted.length });
  expect(made.segment.computedAt).not.toBeNull();
  expect(made.figures).toMatchObject({ members: wanted.length, currency: 'EUR' });
  const other = await knex('clv_person_values').where({ orders: 2 }).first('person_id');
  expect(await isIn(other.person_id, id)).toBe(false);
  await order(customerKey(Number(other.person_id.slice('person-'.length))));
  await settled();
  expect(await isIn(other.person_id, id)).toBe(true);
  expect((await call(app, `/segments/${id}`)).body.segment.members).toBe(wanted.length + 1);
});

test('a static segment stays as it is until it is renewed', async () => {
  const { segment } = await make({ name: 'Frozen', membership: 'static' });
  const other = await knex('clv_person_values').where({ orders: 2 }).first('person_id');
  await order(customerKey(Number(other.person_id.slice('person-'.length))));
  await settled();
  expect(await isIn(other.person_id, segment.id)).toBe(false);
  const { body } = await call(app, `/segments/${segment.id}/renew`, 'POST');
  expect(body.segment.members).toBe(segment.members + 1);
  expect(await isIn(other.person_id, segment.id)).toBe(true);
});

test('other rules gather others; a slug is taken once and never changes', async () => {
  const { segment } = await make({ name: 'Changing', slug: 'changing' });
  const change = (input: Partial<SegmentInput>) =>
    call(app, `/segments/${segment.id}`, 'PUT', inputOf({ name: 'Changed', ...input }));
  const { body } = await change({ rules: CUSTOMERS });
  expect(body.segment).toMatchObject({ name: 'Changed', slug: 'changing' });
  expect(body.segment.members).toBe(await countOf({ kind: 'customer' }));
  expect((await change({ slug: 'other' })).status).toBe(409);
  expect((await call(app, '/segments', 'POST', inputOf({ slug: 'changing' }))).status).toBe(409);
  expect((await make({ name: 'Changing' })).segment.slug).toBe('changing-2');
});

test('a segment that something goes by is not deleted, and the answer says what', async () => {
  const { segment } = await make({ name: 'In use' });
  await knex('clv_experiments').insert({
    id: 'experiment-1',
    name: 'First try',
    surface: 'elsewhere',
    state: 'draft',
    design: JSON.stringify({ segmentId: segment.id }),
    salt: 's',
    created_at: 1,
  });
  const refused = await call(app, `/segments/${segment.id}`, 'DELETE');
  expect(refused.status).toBe(409);
  expect(refused.body.error.message).toContain('the experiment "First try"');
  expect((await call(app, `/segments/${segment.id}`)).body.usedBy).toMatchObject([{ kind: 'experiment' }]);
  await knex('clv_experiments').where({ id: 'experiment-1' }).delete();
  expect((await call(app, `/segments/${segment.id}`, 'DELETE')).status).toBe(200);
  expect((await call(app, `/segments/${segment.id}`)).status).toBe(404);
  expect(await knex('clv_segment_members').where({ segment_id: segment.id })).toEqual([]);
});

test('members come page by page, and all of them as a file without formulas', async () => {
  const { segment } = await make({ name: 'Customers', rules: CUSTOMERS });
  await knex('clv_person_values')
    .where({ person_id: personKey(1) })
    .update({ channel: '=1+1' });
  const { body } = (await call(app, `/segments/${segment.id}/members?page=2&pageSize=10`)) as {
    body: SegmentMembers;
  };
  expect(body.members).toHaveLength(10);
  expect(body.pagination).toMatchObject({ page: 2, total: segment.members });
  const totals = body.members.map(({ total }) => total);
  expect(totals).toEqual([...totals].sort((a, b) => b - a));
  const { text } = await textOf(`/clv/segments/${segment.id}/export.csv`);
  const [head, ...lines] = text.trimEnd().split('\n');
  expect(head).toMatch(/^person_id,customer_ids,.*,updated_at,since$/);
  expect(lines).toHaveLength(segment.members);
  expect(lines.find((line) => line.startsWith(personKey(1)))).toContain(",'=1+1,");
});

test('single persons are shown to those alone who may see customers', async () => {
  const { segment } = await make({ name: 'Seen' });
  const reader = await editorToken(app.strapi, app.url, ['plugin::clv.activation.read']);
  const both = await editorToken(app.strapi, app.url, [
    'plugin::clv.activation.read',
    'plugin::clv.customers.read',
  ]);
  const statusOf = async (path: string, bearer: string) =>
    (await textOf(`/clv/segments${path}`, bearer)).status;
  expect(await statusOf('', reader)).toBe(200);
  for (const path of [`/${segment.id}/members`, `/${segment.id}/export.csv`]) {
    expect(await statusOf(path, reader)).toBe(403);
    expect(await statusOf(path, both)).toBe(200);
  }
  const forbidden = await fetch(`${app.url}/clv/segments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${both}`, 'content-type': 'application/json' },
    body: JSON.stringify(inputOf({})),
  });
  expect(forbidden.status).toBe(403);
});

test('mail tools get customers page by page, and nobody who denies consent', async () => {
  const { segment } = await make({ name: 'Mailing', rules: CUSTOMERS });
  const reading = await make({
    name: 'Readers',
    rules: all({ field: 'kind', is: ['customer'] }, { field: 'content', did: true }),
  });
  const [denies, agrees] = await knex('clv_segment_members')
    .where({ segment_id: reading.segment.id })
    .orderBy('person_id')
    .pluck('person_id');
  const identity = service<IdentityService>('identity');
  const visitorOf = (personId: string) => `visitor-of-person-${personId.slice('person-'.length)}`;
  await identity.setConsent({ visitorKey: visitorOf(denies), state: 'denied', source: 'test' });
  await identity.setConsent({ visitorKey: visitorOf(agrees), state: 'granted', source: 'test' });
  await settled();

  const key = await apiToken(app.strapi, { type: 'custom', permissions: ['plugin::clv.segments.members'] });
  async function told(slug: string): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const { status, text } = await textOf(`/api/clv/segments/${slug}/members?limit=50&after=${after}`, key);
      expect(status).toBe(200);
      const { data, meta } = JSON.parse(text) as OutgoingMembers;
      expect(data.length).toBeLessThanOrEqual(50);
      for (const one of data) expect(Object.keys(one).sort()).toEqual(['customerIds', 'since', 'tier']);
      ids.push(...data.flatMap(({ customerIds }) => customerIds));
      after = meta.next;
    }
    return ids;
  }
  const idOf = (personId: string) => personId.replace('person', 'customer');
  const mailing = await told('mailing');
  expect(mailing).toHaveLength(segment.members - 1);
  expect(mailing).not.toContain(idOf(denies));
  expect(await told('readers'), 'what somebody reads is told only with their consent').toEqual([
    idOf(agrees),
  ]);
  expect((await textOf('/api/clv/segments', key)).status).toBe(403);
  expect((await textOf('/api/clv/segments/mailing/members')).status).toBe(401);
});

test('front ends are told of public segments alone', async () => {
  const open = await make({ name: 'Open', rules: CUSTOMERS, public: true });
  const theirs = await segmentsOf(knex, personKey(1));
  expect(theirs.filter(({ isPublic }) => isPublic).map(({ slug }) => slug)).toEqual([open.segment.slug]);
  expect(theirs.map(({ slug }) => slug)).toContain('customers');
});

test('whoever turns out to be somebody else brings the static segments that they were put in', async () => {
  const { segment } = await make({ name: 'Chosen', membership: 'static', rules: CUSTOMERS, public: true });
  const [before, into] = [personKey(2), personKey(3)];
  await knex('clv_segment_members').where({ segment_id: segment.id, person_id: into }).delete();
  expect(await isIn(into, segment.id)).toBe(false);
  await knex('clv_persons').where({ id: before }).update({ canonical_id: into });
  expect(await isIn(into, segment.id)).toBe(true);
  expect(await isIn(before, segment.id), 'nobody goes by the former id').toBe(false);
  await knex('clv_persons').where({ id: before }).update({ canonical_id: before });
});

test('the builder is offered the names that the data has', async () => {
  const { body } = await call(app, '/segments/options');
  expect(body).toMatchObject({
    tiers: ['platinum', 'gold', 'silver', 'bronze'],
    crmSegments: ['hotel', 'office'],
    productLines: ['beans', 'machines'],
    kinds: ['article', 'white-paper'],
    currency: 'EUR',
  });
  const found = (await call(app, '/segments/contents?search=PIECE%203')).body.contents;
  expect(found).toEqual([
    { key: 'api::white-paper.white-paper/doc-3', title: 'Piece 3', kind: 'white-paper', locale: '' },
  ]);
  const keys = encodeURIComponent('api::article.article/doc-1,api::article.article/doc-2');
  expect((await call(app, `/segments/contents?keys=${keys}`)).body.contents).toHaveLength(2);
});

test('a person who cannot be handled holds up nobody, and is tried again alone', async () => {
  const changes = service<ChangesService>('changes');
  const error = vi.spyOn(app.strapi.log, 'error').mockImplementation(() => app.strapi.log);
  let broken = true;
  const handled: string[] = [];
  changes.handle('test', async (_, persons) => {
    if (broken && persons.includes(personKey(2))) throw new Error('this one cannot be handled');
    handled.push(...persons);
  });
  const marked = () => knex('clv_activation_changes').pluck('person_id');
  await noteForActivation(knex, [personKey(1), personKey(2), personKey(3)]);
  await changes.settle();
  expect(await marked()).toEqual([personKey(2)]);
  expect([...handled].sort()).toEqual([personKey(1), personKey(3)]);
  await noteForActivation(knex, [personKey(4)]);
  await changes.settle();
  expect(handled).toContain(personKey(4));
  expect(error).toHaveBeenCalledTimes(1);
  broken = false;
  await vi.waitFor(async () => expect(await marked()).toEqual([]), { timeout: 30_000, interval: 100 });
  expect(handled).toContain(personKey(2));
  changes.handle('test', async () => {});
});
