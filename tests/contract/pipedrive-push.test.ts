import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connector, Insight } from '../../server/src/crm/connector';
import { fieldName, INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import { openPipedrive, type PipedriveDouble } from '../support/crm/pipedrive';
import { connect } from '../support/crm/tools';

const NOTHING = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];

const insight = (customerId: string, values: Partial<Insight['values']> = {}): Insight => ({
  customerId,
  values: { ...NOTHING, tier: 'gold', ...values },
});

const addPersons = (double: PipedriveDouble, count: number) =>
  double.addCustomers(
    Array.from({ length: count }, (_, i) => ({
      email: `someone-${i}@example.com`,
      name: `Someone ${i}`,
      createdAt: Date.UTC(2024, 0, 1),
    })),
  );

const field = (double: PipedriveDouble, name: string) =>
  double.store.personFields.find((each) => each.name === name)!;

const patches = ({ server }: PipedriveDouble) => server.log.filter(({ method }) => method === 'PATCH');

let double: PipedriveDouble;
let connector: Connector;
beforeEach(async () => {
  double = await openPipedrive();
  connector = connect(double);
});
afterEach(() => double.close());

describe('Pipedrive: the fields of insights', () => {
  test('all are made once, each with the type that shows it best', async () => {
    const names = INSIGHT_FIELDS.map(({ name }) => fieldName(name));
    expect(await connector.ensureSchema()).toEqual({ created: names, existing: [], todo: [] });
    expect(await connect(double).ensureSchema()).toEqual({ created: [], existing: names, todo: [] });
    const types = ['clv_predicted', 'clv_p_alive', 'clv_tier', 'clv_next_order_at'].map(
      (name) => field(double, name).type,
    );
    expect(types).toEqual(['monetary', 'double', 'varchar', 'date']);
  });

  test('each value has the shape of its field', async () => {
    const [id] = await addPersons(double, 1);
    await connector.ensureSchema();
    const values = {
      predicted: 1234.5,
      p_alive: 0.87,
      tier: 'gold',
      next_order_at: Date.UTC(2026, 10, 20, 13),
      last_content: 'x'.repeat(300),
    };
    expect(await connector.pushInsights([insight(id!, values)])).toEqual([{ ok: true }]);
    const { custom } = double.store.persons.get(Number(id))!;
    expect(custom[field(double, 'clv_predicted').code]).toEqual({ value: 1234.5, currency: 'EUR' });
    expect(custom[field(double, 'clv_p_alive').code]).toBe(0.87);
    expect(custom[field(double, 'clv_next_order_at').code]).toBe('2026-11-20');
    expect(custom[field(double, 'clv_last_content').code]).toBe('x'.repeat(255));
    expect(custom[field(double, 'clv_stage').code]).toBeNull();
  });

  test('what cannot be made, and what is of another type, is told with what to do', async () => {
    double.store.addField('personFields', 'clv_tier', 'date');
    double.server.chance = ({ method, path }) =>
      method === 'POST' && path.endsWith('/personFields')
        ? { kind: 'status', status: 403, body: { success: false, error: 'Forbidden' } }
        : null;
    const { created, existing, todo } = await connector.ensureSchema();
    expect([created, existing]).toEqual([[], []]);
    expect(todo).toHaveLength(INSIGHT_FIELDS.length);
    expect(todo).toContainEqual(expect.stringMatching(/"clv_tier" .* of the type date: rename it/));
    expect(todo).toContainEqual(expect.stringMatching(/"clv_predicted": create it .* type Monetary/));
  });

  test('nothing is sent while one is missing', async () => {
    const [id] = await addPersons(double, 1);
    const error = { kind: 'config', message: expect.stringContaining('"clv_predicted"') };
    await expect(connector.pushInsights([insight(id!)])).rejects.toMatchObject(error);
    expect(patches(double)).toEqual([]);
    await connector.ensureSchema();
    expect(await connector.pushInsights([insight(id!)])).toEqual([{ ok: true }]);
  });

  test('one that somebody deletes meanwhile is told; made anew, the next push finds it', async () => {
    const [id] = await addPersons(double, 1);
    await connector.ensureSchema();
    await connector.pushInsights([insight(id!)]);
    double.store.personFields = double.store.personFields.filter(({ name }) => name !== 'clv_tier');
    await expect(connector.pushInsights([insight(id!)])).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('"clv_tier"'),
    });
    double.store.addField('personFields', 'clv_tier', 'varchar');
    expect(await connector.pushInsights([insight(id!)])).toEqual([{ ok: true }]);
  });

  test('one that was deleted and made anew between two pushes costs no more than another attempt', async () => {
    const [id] = await addPersons(double, 1);
    await connector.ensureSchema();
    await connector.pushInsights([insight(id!)]);
    double.store.personFields = double.store.personFields.filter(({ name }) => name !== 'clv_tier');
    double.store.addField('personFields', 'clv_tier', 'varchar');
    const [refused] = await connector.pushInsights([insight(id!)]);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(await connector.pushInsights([insight(id!)])).toEqual([{ ok: true }]);
  });

  test('what a field refuses is the fault of that one record', async () => {
    const [one, two] = await addPersons(double, 2);
    await connector.ensureSchema();
    const results = await connector.pushInsights([
      insight(one!, { predicted: Number.NaN }),
      insight(two!, { predicted: 5 }),
    ]);
    expect(results).toMatchObject([{ ok: false, error: { kind: 'permanent' } }, { ok: true }]);
  });
});

describe('Pipedrive: insights against the limits', () => {
  test('when the tokens of the day run out, what was written stands and nothing more is tried', async () => {
    await double.close();
    // Fields are listed for 10 and made for 5 each, persons written for 5.
    const tokens = 10 + INSIGHT_FIELDS.length * 5 + 10 + 7 * 5;
    double = await openPipedrive({ tokens });
    connector = connect(double);
    const ids = await addPersons(double, 40);
    await connector.ensureSchema();
    const results = await connector.pushInsights(ids.map((id) => insight(id)));
    const done = ids.filter((_, i) => results[i]!.ok);
    expect(done).toHaveLength(7);
    for (const [i, id] of ids.entries()) {
      expect((await double.insightsOf(id)) !== null).toBe(results[i]!.ok);
      if (results[i]!.ok) continue;
      expect(results[i]).toMatchObject({ error: { kind: 'rate-limit', retryAfterMs: 3_600_000 } });
    }
    expect(patches(double).length).toBeLessThanOrEqual(7 + 5);
    expect(connector.budget!()).toMatchObject({ remaining: 0, per: 'day' });

    // With not one written, the batch as a whole is to wait.
    await expect(connector.pushInsights([insight(ids[0]!)])).rejects.toMatchObject({ kind: 'rate-limit' });
    double.limits.renew();
    const rest = ids.filter((id) => !done.includes(id)).map((id) => insight(id));
    expect((await connector.pushInsights(rest)).filter(({ ok }) => ok)).toHaveLength(tokens / 5);
  });

  test('as many requests are made as the plan allows in two seconds, and none is refused', async () => {
    await double.close();
    double = await openPipedrive({ burst: 80 });
    connector = connect(double);
    const ids = await addPersons(double, 100);
    await connector.ensureSchema();
    await connector.pushInsights(ids.slice(0, 50).map((id) => insight(id)));
    await connector.pushInsights(ids.slice(50).map((id) => insight(id)));
    expect(patches(double)).toHaveLength(100);
    expect(double.server.log.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('where no answer tells of limits, those of the smallest plan are kept', async () => {
    await double.close();
    double = await openPipedrive({ burst: 20, told: false });
    connector = connect(double);
    const ids = await addPersons(double, 25);
    await connector.ensureSchema();
    await connector.pushInsights(ids.map((id) => insight(id)));
    expect(patches(double)).toHaveLength(25);
    expect(double.server.log.filter(({ status }) => status === 429)).toEqual([]);
    expect(connector.budget!()).toBeNull();
  });

  test('where 429 names no time to wait, the end of the window counts', async () => {
    await connector.verify();
    const headers = { 'x-ratelimit-reset': '1' };
    double.server.faults = [{ kind: 'status', status: 429, headers }];
    const from = double.server.log.length;
    await connector.verify();
    const [refused, again] = double.server.log.slice(from);
    expect(again!.at - refused!.at).toBeGreaterThanOrEqual(990);
  });

  test('being shut out by a page for people is a matter of waiting, not of rights', async () => {
    double.server.chance = () => ({ kind: 'status', status: 403, body: '<html>Access denied</html>' });
    await expect(connector.verify()).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 600_000 });
    double.server.chance = () => ({ kind: 'status', status: 403, body: { error: 'Scope mismatch' } });
    await expect(connector.verify()).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('Scope mismatch'),
    });
  });

  test('what is left of the day is told by the latest answer, and nothing before the first', async () => {
    await double.close();
    double = await openPipedrive({ tokens: 1_000 });
    connector = connect(double);
    expect(connector.budget!()).toBeNull();
    await connector.verify();
    const left = 1_000 - double.limits.spent();
    expect(connector.budget!()).toEqual({ remaining: left, limit: 1_000, per: 'day', resetsAt: null });
  });

  test('what is left is told by whatever the answers tell of it', async () => {
    const answer = (headers: Record<string, string>) => {
      const body = { success: true, data: { company_id: 1, company_name: 'Example Ltd' } };
      double.server.chance = () => ({ kind: 'status', status: 200, headers, body });
      return connector.verify();
    };
    const window = { 'x-ratelimit-limit': '40', 'x-ratelimit-remaining': '39', 'x-ratelimit-reset': '2' };
    await answer(window);
    expect(connector.budget!()).toMatchObject({ remaining: 39, limit: 40, per: 'seconds' });
    await answer({ ...window, 'x-daily-requests-left': '9876' });
    expect(connector.budget!()).toMatchObject({ remaining: 9_876, limit: 10_000, per: 'day' });
    const tokens = {
      'x-daily-ratelimit-token-limit': '30000',
      'x-daily-ratelimit-token-remaining': '29000',
    };
    await answer({ ...window, ...tokens });
    const day = { remaining: 29_000, limit: 30_000, per: 'day', resetsAt: null };
    expect(connector.budget!()).toEqual(day);
    // These are missing at times, and then what was known still stands.
    await answer({ ...window, 'x-daily-requests-left': '9870' });
    expect(connector.budget!()).toEqual(day);
  });

  test('an answer that is lost does no harm: the same values are written again', async () => {
    const [id] = await addPersons(double, 1);
    await connector.ensureSchema();
    double.server.only = ({ method }) => method === 'PATCH';
    double.server.faults = [{ kind: 'lost' }];
    expect(await connector.pushInsights([insight(id!)])).toEqual([{ ok: true }]);
    expect(patches(double)).toHaveLength(2);
    expect(await double.insightsOf(id!)).toMatchObject({ tier: 'gold' });
  });
});

describe('Pipedrive: notes', () => {
  const note = (customerId: string, key = 'download-1', text = 'The handbook') => ({
    customerId,
    key,
    at: Date.UTC(2026, 5, 1, 8, 30),
    title: 'White paper downloaded',
    text,
  });

  test('one whose answer was lost stands once, and is done the next time', async () => {
    const [id] = await addPersons(double, 1);
    double.server.only = ({ method }) => method === 'POST';
    double.server.faults = [{ kind: 'lost' }];
    const [lost] = await connector.pushNotes!([note(id!)]);
    expect(lost).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(await connector.pushNotes!([note(id!)])).toEqual([{ ok: true }]);
    expect(await double.notesOf(id!)).toHaveLength(1);
  });

  test('one given twice in a batch stands once, and one whose key begins like another is its own', async () => {
    const [id] = await addPersons(double, 1);
    const batch = [note(id!, 'download-11'), note(id!, 'download-12'), note(id!, 'download-12')];
    expect(await connector.pushNotes!(batch)).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(await double.notesOf(id!)).toHaveLength(2);
    expect(double.asked('GET', '/api/v1/notes')).toHaveLength(1);
    await connector.pushNotes!([note(id!, 'download-1')]);
    expect(await double.notesOf(id!)).toHaveLength(3);
  });

  test('it is found behind hundreds of others', async () => {
    const [id] = await addPersons(double, 1);
    const { store } = double;
    for (let i = 0; i < 700; i += 1) {
      const made = { id: store.nextId(), personId: Number(id), content: `Called ${i}`, addedAt: store.now() };
      store.notes.set(made.id, made);
    }
    await connector.pushNotes!([note(id!)]);
    await connect(double).pushNotes!([note(id!)]);
    expect(await double.notesOf(id!)).toHaveLength(701);
  });

  test('it stands at its time, and what it says is text and no HTML', async () => {
    const [id] = await addPersons(double, 1);
    await connector.pushNotes!([note(id!, 'k', 'A & B <script>alert(1)</script>')]);
    const [made] = [...double.store.notes.values()];
    expect(made!.addedAt).toBe(Date.UTC(2026, 5, 1, 8, 30));
    expect(made!.content).toContain('A &amp; B &lt;script&gt;');
  });

  test('a person who is gone is told as such', async () => {
    const [one, two] = await addPersons(double, 2);
    await double.removeCustomer(one!);
    const results = await connector.pushNotes!([note(one!), note(two!)]);
    expect(results).toMatchObject([{ ok: false, gone: true, error: { kind: 'permanent' } }, { ok: true }]);
  });
});
