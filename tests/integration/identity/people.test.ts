import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPEN_END } from '../../../server/src/identity/visitor-timeline';
import { onEachDatabase, type Place, post, tokenFor, touch, touchesOf, visitor, whoIsWho } from './world';

onEachDatabase('people', (open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.stop());

  const identify = async (visitorKey: string, who: { sub?: string; email?: string }) => {
    const answer = await post(place.app, '/api/clv/identify', { visitor: visitorKey, token: tokenFor(who) });
    expect(answer.body).toEqual({ linked: true });
  };
  const personOf = async (namespace: string, value: string): Promise<string> =>
    (await place.knex('clv_identities').where({ namespace, value }).first('person_id')).person_id;
  const linksOf = async (visitorKey: string) => {
    const rows = await place
      .knex('clv_visitor_links')
      .where({ visitor_key: visitorKey })
      .orderBy('valid_from');
    return rows.map((row) => [row.person_id, Number(row.valid_from), Number(row.valid_to)]);
  };

  test('what was read before identifying counts from then on', async () => {
    const browser = visitor('early');
    await touch(place.knex, browser, 1);
    await touch(place.knex, browser, 2);
    await identify(browser, { sub: 'early' });
    await touch(place.knex, browser);
    expect(await touchesOf(place.knex, 'early')).toBe(3);
  });

  test('three devices of one customer are one person', async () => {
    for (const device of ['phone', 'laptop', 'tablet']) {
      await touch(place.knex, visitor(device));
      await identify(visitor(device), { sub: 'three-devices' });
    }
    expect(await touchesOf(place.knex, 'three-devices')).toBe(3);
    const links = await place.knex('clv_visitor_links').where({
      person_id: await personOf('customer', 'three-devices'),
    });
    expect(links).toHaveLength(3);
  });

  test('a shared browser gives each person what was read in their time', async () => {
    const browser = visitor('shared');
    await touch(place.knex, browser, 1);
    await identify(browser, { sub: 'shared-a' });
    const [a, b] = [await personOf('customer', 'shared-a'), () => personOf('customer', 'shared-b')];
    await identify(browser, { sub: 'shared-b' });
    const [, [, takenOver]] = await linksOf(browser);
    await touch(place.knex, browser, takenOver as number);
    await identify(browser, { sub: 'shared-a' });
    const [, , [, givenBack]] = await linksOf(browser);
    await touch(place.knex, browser, (givenBack as number) + 5);

    expect(await linksOf(browser)).toEqual([
      [a, 0, takenOver],
      [await b(), takenOver, givenBack],
      [a, givenBack, OPEN_END],
    ]);
    expect(await touchesOf(place.knex, 'shared-a')).toBe(2);
    expect(await touchesOf(place.knex, 'shared-b')).toBe(1);
  });

  test('browsers behind one address are not joined', async () => {
    await touch(place.knex, visitor('nat-1'));
    await touch(place.knex, visitor('nat-2'));
    await touch(place.knex, visitor('nat-3'));
    await identify(visitor('nat-1'), { sub: 'nat-1' });
    await identify(visitor('nat-2'), { sub: 'nat-2' });
    expect(await personOf('customer', 'nat-1')).not.toBe(await personOf('customer', 'nat-2'));
    expect(await touchesOf(place.knex, 'nat-1')).toBe(1);
    expect(await linksOf(visitor('nat-3'))).toEqual([]);
  });

  test('after a logout that began a new visitor, nothing more counts for the person', async () => {
    await identify(visitor('before-logout'), { sub: 'logs-out' });
    await touch(place.knex, visitor('before-logout'));
    await touch(place.knex, visitor('after-logout'));
    expect(await touchesOf(place.knex, 'logs-out')).toBe(1);
    expect(await linksOf(visitor('after-logout'))).toEqual([]);
  });

  test('identifying again changes nothing', async () => {
    await identify(visitor('again'), { sub: 'again', email: 'again@example.com' });
    const before = await whoIsWho(place.knex);
    await identify(visitor('again'), { sub: 'again', email: ' AGAIN@example.com' });
    await identify(visitor('again'), { email: 'again@example.com' });
    expect(await whoIsWho(place.knex)).toEqual(before);
  });

  test('a reader known by email becomes the customer with that email', async () => {
    await touch(place.knex, visitor('newsletter'));
    await identify(visitor('newsletter'), { email: 'reader@example.com' });
    await identify(visitor('checkout'), { sub: 'reader', email: 'reader@example.com' });
    expect(await touchesOf(place.knex, 'reader')).toBe(1);
    expect(
      await place.knex('clv_merges').where({ into_person: await personOf('customer', 'reader') }),
    ).toEqual([]);
  });

  test('identifiers of two persons lead to the stronger one and one suggestion, never to a merge', async () => {
    const email = 'conflict@example.com';
    await identify(visitor('conflict-1'), { email });
    await identify(visitor('conflict-2'), { sub: 'conflict' });
    await identify(visitor('conflict-3'), { sub: 'conflict', email });
    await identify(visitor('conflict-3'), { sub: 'conflict', email });

    const customer = await personOf('customer', 'conflict');
    const reader = await personOf('email', place.identity.hashEmail(email));
    expect(reader).not.toBe(customer);
    expect(await linksOf(visitor('conflict-3'))).toEqual([[customer, 0, OPEN_END]]);
    const merges = await place.knex('clv_merges').where({ into_person: customer });
    expect(merges).toMatchObject([{ from_person: reader, state: 'suggested' }]);
    const persons = await place.knex('clv_persons').whereIn('id', [customer, reader]);
    for (const person of persons) expect(person.canonical_id).toBe(person.id);
  });

  test('two customers who share an email address stay two', async () => {
    await identify(visitor('couple'), { sub: 'couple-1', email: 'couple@example.com' });
    await identify(visitor('couple'), { sub: 'couple-2', email: 'couple@example.com' });
    const [one, other] = [await personOf('customer', 'couple-1'), await personOf('customer', 'couple-2')];
    expect(one).not.toBe(other);
    expect(await personOf('email', place.identity.hashEmail('couple@example.com'))).toBe(one);
    expect(await place.knex('clv_merges').where({ from_person: one, into_person: other })).toMatchObject([
      { state: 'suggested' },
    ]);
  });

  test('emails are kept as keyed hashes only', async () => {
    await identify(visitor('hashed'), { email: 'Hashed@Example.com' });
    const identities = await place.knex('clv_identities').select('value');
    expect(identities.filter(({ value }) => /@|hashed/i.test(value))).toEqual([]);
    expect(place.identity.hashEmail('hashed@example.COM ')).toMatch(/^[0-9a-f]{64}$/);
    expect(place.identity.hashEmail('e\u0301@example.com')).toBe(
      place.identity.hashEmail('\u00e9@example.com'),
    );
  });

  test('fifty requests at once for a new customer make one person', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        identify(visitor(`parallel-${i}`), { sub: 'parallel', email: 'parallel@example.com' }),
      ),
    );
    const person = await personOf('customer', 'parallel');
    const links = await place.knex('clv_visitor_links').where('visitor_key', 'like', 'visitor-parallel-%');
    expect(links).toHaveLength(50);
    expect(new Set(links.map((link) => link.person_id))).toEqual(new Set([person]));
    const orphans = await place
      .knex('clv_persons')
      .whereNotIn('id', place.knex('clv_identities').select('person_id'));
    expect(orphans).toEqual([]);
  });

  test('fifty customers at once on one browser follow each other without a gap', async () => {
    const browser = visitor('busy');
    await Promise.all(Array.from({ length: 50 }, (_, i) => identify(browser, { sub: `busy-${i}` })));
    const links = await linksOf(browser);
    expect(links).toHaveLength(50);
    expect(links[0][1]).toBe(0);
    for (let i = 1; i < links.length; i += 1) expect(links[i][1]).toBe(links[i - 1][2]);
    expect(links.at(-1)![2]).toBe(OPEN_END);
  });

  test('an identify that arrives late is put in its place', async () => {
    const browser = visitor('late');
    const day = Date.now() - 86_400_000;
    await place.identity.identify({
      visitorKey: browser,
      customerId: 'late-b',
      source: 'api',
      at: day + 500,
    });
    await place.identity.identify({ visitorKey: browser, customerId: 'late-a', source: 'api', at: day });
    expect(await linksOf(browser)).toEqual([
      [await personOf('customer', 'late-a'), 0, day + 500],
      [await personOf('customer', 'late-b'), day + 500, OPEN_END],
    ]);
  });
});
