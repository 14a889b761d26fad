import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminToken, editorToken } from '../../support/admin';
import {
  type Answer,
  get,
  onEachDatabase,
  type Place,
  post,
  touch,
  touchesOf,
  visitor,
  whoIsWho,
} from './world';

interface Listed {
  id: string;
  from: { customerIds: string[]; emails: number };
}

onEachDatabase('merges', (open) => {
  let place: Place;
  let headers: Record<string, string>;
  beforeAll(async () => {
    place = await open();
    headers = { authorization: `Bearer ${await adminToken(place.app.strapi, place.app.url)}` };
  });
  afterAll(() => place.stop());

  const person = async (customerId: string) => {
    await touch(place.knex, visitor(customerId));
    const visitorKey = visitor(customerId);
    return (await place.identity.identify({ visitorKey, customerId, source: 'test' })).personId!;
  };
  const merge = async (from: string, into: string): Promise<Answer> =>
    post(place.app, '/clv/merges', { from, into, reason: 'same phone number' }, headers);
  const decide = (id: unknown, decision: string) =>
    post(place.app, `/clv/merges/${id}/${decision}`, {}, headers);
  const canonical = async (...ids: string[]): Promise<string[]> => {
    const rows = await place.knex('clv_persons').whereIn('id', ids);
    return ids.map((id) => rows.find((row) => row.id === id).canonical_id);
  };

  test('join what two persons read, and undone give back exactly what was', async () => {
    const [a, b] = [await person('wrong-a'), await person('wrong-b')];
    const before = await whoIsWho(place.knex);
    const { status, body } = await merge(a, b);
    expect(status).toBe(201);
    expect(await touchesOf(place.knex, 'wrong-a')).toBe(2);
    expect(await touchesOf(place.knex, 'wrong-b')).toBe(2);

    expect((await decide(body.id, 'undo')).status).toBe(204);
    expect(await whoIsWho(place.knex)).toEqual(before);
    const log = await place
      .knex('clv_merges')
      .where({ id: body.id as string })
      .first();
    expect(log).toMatchObject({ state: 'undone', decided_by: 'admin:1', undone_by: 'admin:1' });
    expect(Number(log.undone_at)).toBeGreaterThanOrEqual(Number(log.decided_at));
  });

  test('an identify while two are merged stays with the one who was named', async () => {
    const [a, b] = [await person('meanwhile-a'), await person('meanwhile-b')];
    const { body } = await merge(a, b);
    await person('meanwhile-a');
    await decide(body.id, 'undo');
    expect(await touchesOf(place.knex, 'meanwhile-a')).toBe(2);
    expect(await touchesOf(place.knex, 'meanwhile-b')).toBe(1);
  });

  test('in a chain are taken back one by one, whatever the order', async () => {
    const [a, b, c, d] = [await person('c-a'), await person('c-b'), await person('c-c'), await person('c-d')];
    const ab = (await merge(a, b)).body.id;
    const bc = (await merge(b, c)).body.id;
    const da = (await merge(d, a)).body.id;
    expect(await canonical(a, b, c, d)).toEqual([c, c, c, c]);
    await decide(ab, 'undo');
    expect(await canonical(a, b, c, d)).toEqual([a, c, c, a]);
    await decide(bc, 'undo');
    expect(await canonical(a, b, c, d)).toEqual([a, b, c, a]);
    await decide(da, 'undo');
    expect(await canonical(a, b, c, d)).toEqual([a, b, c, d]);
  });

  test('never make a circle', async () => {
    const [a, b, c] = [await person('r-a'), await person('r-b'), await person('r-c')];
    await merge(a, b);
    await merge(b, c);
    for (const [from, into] of [
      [c, a],
      [a, c],
      [a, a],
    ]) {
      expect((await merge(from, into)).status).toBe(409);
    }
  });

  test('decided at once by several administrators leave one consistent group', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 8; i += 1) ids.push(await person(`ring-${i}`));
    const answers = await Promise.all(ids.map((id, i) => merge(id, ids[(i + 1) % ids.length])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(new Set(await canonical(...ids)).size).toBe(1);
  });

  test('that are suggested can be taken or turned down, once', async () => {
    for (const name of ['take', 'turn']) {
      const email = `${name}@example.com`;
      await place.identity.identify({ email, source: 'test' });
      await place.identity.identify({ customerId: name, source: 'test' });
      await place.identity.identify({ customerId: name, email, source: 'test' });
    }
    const { body } = await get(place.app, '/clv/merges?state=suggested', headers);
    const suggestions = body.merges as (Listed & { into: { id: string; customerIds: string[] } })[];
    expect(suggestions).toHaveLength(2);
    const [taken, turned] = ['take', 'turn'].map(
      (name) => suggestions.find(({ into }) => into.customerIds[0] === name)!,
    );
    expect(taken.from).toMatchObject({ customerIds: [], emails: 1 });

    expect((await decide(taken.id, 'accept')).status).toBe(204);
    expect((await decide(turned.id, 'dismiss')).status).toBe(204);
    expect((await decide(taken.id, 'accept')).status).toBe(409);
    expect((await decide(turned.id, 'undo')).status).toBe(409);
    await place.identity.identify({ customerId: 'turn', email: 'turn@example.com', source: 'test' });
    const left = await get(place.app, '/clv/merges?state=suggested', headers);
    expect(left.body.merges).toEqual([]);
    const all = await get(place.app, '/clv/merges', headers);
    expect(all.body.pagination).toMatchObject({ page: 1 });
  });

  test('of a suggested pair decide the suggestion', async () => {
    const { personId: reader } = await place.identity.identify({ email: 'pair@example.com', source: 'test' });
    const customer = await person('pair');
    await place.identity.identify({ customerId: 'pair', email: 'pair@example.com', source: 'test' });
    await merge(reader!, customer);
    const rows = await place.knex('clv_merges').where({ from_person: reader });
    expect(rows).toMatchObject([{ state: 'merged', reason: 'same phone number' }]);
  });

  test('need people who exist, a reason, and the permission', async () => {
    const stranger = '00000000-0000-7000-8000-000000000000';
    const known = await person('known');
    expect((await merge(known, stranger)).status).toBe(404);
    expect((await decide('nothing', 'undo')).status).toBe(404);
    const body = { from: known, into: stranger, reason: ' ' };
    expect((await post(place.app, '/clv/merges', body, headers)).status).toBe(400);
    expect((await get(place.app, '/clv/merges?state=odd', headers)).status).toBe(400);

    const editor = await editorToken(place.app.strapi, place.app.url, ['plugin::clv.rankings.read']);
    const asEditor = { authorization: `Bearer ${editor}` };
    expect((await get(place.app, '/clv/merges', asEditor)).status).toBe(403);
    expect((await post(place.app, '/clv/merges', body, asEditor)).status).toBe(403);
    expect((await get(place.app, '/clv/merges')).status).toBe(401);
  });
});
