import { v1, v2 } from 'pipedrive';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import type { Insight } from '../../server/src/crm/connector';
import type {
  Deal,
  Field,
  Me,
  NotePayload,
  Organization,
  Person,
} from '../../server/src/crm/connectors/pipedrive/payloads';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import { openPipedrive, type PipedriveDouble } from '../support/crm/pipedrive';
import { TOKEN } from '../support/crm/pipedrive/access';
import { connect } from '../support/crm/tools';

const NOTHING = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];

/** The double is as good as Pipedrive's own client finds it. */
describe("Pipedrive's own client against the double", () => {
  let double: PipedriveDouble;
  let second: v2.Configuration;
  let first: v1.Configuration;
  beforeEach(async () => {
    double = await openPipedrive();
    second = new v2.Configuration({ apiKey: TOKEN, basePath: `${double.server.url}/api/v2` });
    first = new v1.Configuration({ apiKey: TOKEN, basePath: `${double.server.url}/api/v1` });
  });
  afterEach(() => double.close());

  const addPersons = (count: number) =>
    double.addCustomers(
      Array.from({ length: count }, (_, i) => ({
        email: `someone-${i}@example.com`,
        name: `Someone ${i}`,
        createdAt: Date.UTC(2024, 0, 1),
      })),
    );

  test('lists persons page by page', async () => {
    const ids = await addPersons(5);
    const persons = new v2.PersonsApi(second);
    const seen: v2.Person[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, sort_by: 'update_time', sort_direction: 'asc', cursor } as const;
      const page: v2.GetPersonsResponse = await persons.getPersons(query);
      seen.push(...(page.data ?? []));
      cursor = page.additional_data?.next_cursor ?? undefined;
    } while (cursor);
    expect(seen.map(({ id }) => String(id))).toEqual(ids);
    expect(seen[0]!.emails).toEqual([{ value: 'someone-0@example.com', primary: true, label: 'work' }]);
  });

  test('finds deals, those that are archived apart', async () => {
    const [id] = await addPersons(1);
    const deal = {
      customers: [id!],
      amount: 12.5,
      currency: 'EUR',
      won: true,
      wonAt: Date.UTC(2024, 1, 2),
      createdAt: Date.UTC(2024, 1, 1),
    };
    const [open, archived] = await double.addDeals([deal, deal]);
    double.store.deals.get(Number(archived))!.archived = true;
    const deals = new v2.DealsApi(second);
    const { data } = await deals.getDeals({ status: 'won', updated_since: '2024-01-01T00:00:00Z' });
    expect(data).toMatchObject([
      { id: Number(open), value: 12.5, currency: 'EUR', won_time: '2024-02-02T00:00:00Z' },
    ]);
    expect((await deals.getArchivedDeals({})).data).toMatchObject([{ id: Number(archived) }]);
  });

  test('adds a field and writes it, which the connector then finds', async () => {
    const [id] = await addPersons(1);
    const { data: field } = await new v2.PersonFieldsApi(second).addPersonField({
      AddPersonFieldRequest: { field_name: 'clv_tier', field_type: 'varchar' },
    });
    expect(field!.field_code).toMatch(/^[0-9a-f]{40}$/);
    const persons = new v2.PersonsApi(second);
    const custom_fields = { [field!.field_code]: 'silver' };
    await persons.updatePerson({ id: Number(id), UpdatePersonRequest: { custom_fields } });
    expect((await persons.getPerson({ id: Number(id) })).data).toMatchObject({ custom_fields });
    expect((await connect(double).ensureSchema()).existing).toEqual(['clv_tier']);
    expect(await double.insightsOf(id!)).toEqual({ tier: 'silver' });
  });

  test('reads what the connector wrote', async () => {
    const [id] = await addPersons(1);
    const connector = connect(double);
    await connector.ensureSchema();
    await connector.pushInsights([{ customerId: id!, values: { ...NOTHING, tier: 'gold' } }]);
    const fields = (await new v2.PersonFieldsApi(second).getPersonFields({})).data!;
    const { field_code } = fields.find(({ field_name }) => field_name === 'clv_tier')!;
    const { data } = await new v2.PersonsApi(second).getPerson({ id: Number(id) });
    expect(data).toMatchObject({ custom_fields: { [field_code]: 'gold' } });
  });

  test('knows whose account it is, and keeps notes', async () => {
    expect((await new v1.UsersApi(first).getCurrentUser()).data).toMatchObject({ company_id: 4711 });
    const [id] = await addPersons(1);
    const notes = new v1.NotesApi(first);
    await notes.addNote({ AddNoteRequest: { content: 'Called', person_id: Number(id) } });
    expect((await notes.getNotes({ person_id: Number(id) })).data).toMatchObject([{ content: 'Called' }]);
  });

  test('its types are those that we read', () => {
    expectTypeOf<v2.Person>().toExtend<Person>();
    expectTypeOf<v2.Deal>().toExtend<Deal>();
    expectTypeOf<v2.GetPersonFields200ResponseDataInner>().toExtend<Field>();
    expectTypeOf<v1.Note>().toExtend<NotePayload>();
    expectTypeOf<v1.GetCurrentUserResponseAllOfData>().toExtend<Me>();
    expectTypeOf<v2.OrganizationItem>().toExtend<Organization>();
  });
});

describe('the double of Pipedrive', () => {
  let double: PipedriveDouble;
  beforeEach(async () => {
    double = await openPipedrive({ burst: 40 });
  });
  afterEach(() => double.close());

  async function ask(path: string, init: RequestInit & { json?: unknown } = {}) {
    const { json, headers, ...others } = init;
    const response = await fetch(`${double.server.url}${path}`, {
      ...others,
      headers: { 'x-api-token': TOKEN, 'content-type': 'application/json', ...headers },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  test.each([
    ['a wrong token', '/api/v2/persons', { headers: { 'x-api-token': 'wrong' } }, 401],
    ['an address that is not there', '/api/v2/people', {}, 404],
    ['v1 where there is v2', '/api/v1/persons', {}, 404],
    ['a page of more than 500', '/api/v2/persons?limit=501', {}, 400],
    ['a parameter that nobody knows', '/api/v2/persons?start=1', {}, 400],
    ['a status that nobody knows', '/api/v2/deals?status=paid', {}, 400],
    ['a time with a fraction', '/api/v2/persons?updated_since=2024-01-01T00:00:00.000Z', {}, 400],
    ['a cursor that is none', '/api/v2/persons?cursor=abc', {}, 400],
    ['16 custom fields at once', `/api/v2/persons?custom_fields=${Array(16).fill('a').join(',')}`, {}, 400],
    ['a PUT', '/api/v2/persons/1', { method: 'PUT', json: {} }, 405],
    [
      'a form',
      '/api/v2/persons/1',
      { method: 'PATCH', json: {}, headers: { 'content-type': 'text/plain' } },
      415,
    ],
    [
      'a property that nobody knows',
      '/api/v2/persons/1',
      { method: 'PATCH', json: { clv_tier: 'gold' } },
      400,
    ],
    [
      'a custom field that nobody knows',
      '/api/v2/persons/1',
      { method: 'PATCH', json: { custom_fields: { ['0'.repeat(40)]: 1 } } },
      400,
    ],
    [
      'a field of a type that nobody knows',
      '/api/v2/personFields',
      { method: 'POST', json: { field_name: 'x', field_type: 'url' } },
      400,
    ],
    ['a note of nobody', '/api/v1/notes', { method: 'POST', json: { content: 'x' } }, 400],
  ])('refuses %s', async (_, path, init, status) => {
    await double.addCustomers([{ email: null, name: 'Someone', createdAt: Date.now() }]);
    const answer = await ask(path, init as Parameters<typeof ask>[1]);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ success: false, error: expect.any(String) });
  });

  test('refuses text where a field takes a number', async () => {
    const [id] = await double.addCustomers([{ email: null, name: 'Someone', createdAt: Date.now() }]);
    const { code } = double.store.addField('personFields', 'Score', 'double');
    const write = (value: unknown) =>
      ask(`/api/v2/persons/${id}`, { method: 'PATCH', json: { custom_fields: { [code]: value } } });
    expect((await write('5')).status).toBe(400);
    expect((await write(5)).status).toBe(200);
    expect((await write(null)).status).toBe(200);
  });

  test('refuses a request too many, and says when to come again', async () => {
    const answers = await Promise.all(Array.from({ length: 41 }, () => ask('/api/v1/users/me')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('takes a cursor only with the parameters that it was made for', async () => {
    await double.addCustomers(
      Array.from({ length: 3 }, (_, i) => ({ email: null, name: `No ${i}`, createdAt: Date.now() })),
    );
    const { body } = await ask('/api/v2/persons?limit=2&sort_by=update_time');
    const cursor = body.additional_data.next_cursor;
    expect(
      (await ask(`/api/v2/persons?limit=2&sort_by=update_time&cursor=${cursor}`)).body.data,
    ).toHaveLength(1);
    expect((await ask(`/api/v2/persons?limit=2&sort_by=id&cursor=${cursor}`)).status).toBe(400);
  });
});
