import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEachDatabase, type Place } from './world';

onEachDatabase('customers in bulk', (open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.stop());

  const countOf = async (table: string) => Number((await place.knex(table).count({ n: '*' }))[0].n);
  const ids = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}-${i}`);

  test('get a person each, and keep it', async () => {
    const wanted = ids('bulk', 5000);
    const first = await place.identity.ensureCustomers([...wanted, ...wanted.slice(0, 10)], 'import');
    expect(first.size).toBe(5000);
    expect(new Set(first.values()).size).toBe(5000);
    expect(await place.identity.ensureCustomers([...wanted].reverse(), 'import')).toEqual(first);
    expect(await countOf('clv_persons')).toBe(5000);
    expect(await countOf('clv_identities')).toBe(5000);
  });

  test('named by several imports at once are made once, without leftovers', async () => {
    const before = await countOf('clv_persons');
    const wanted = ids('race', 500);
    const maps = await Promise.all(
      Array.from({ length: 6 }, () => place.identity.ensureCustomers(wanted, 'import')),
    );
    for (const map of maps) expect(map).toEqual(maps[0]);
    expect(await countOf('clv_persons')).toBe(before + 500);
  });

  test('a new customer with a reader’s email is that reader; a second one is not', async () => {
    const email = 'reader@example.com';
    const { personId } = await place.identity.identify({ email, source: 'test' });
    const hash = place.identity.hashEmail(email);
    const persons = await place.identity.ensureCustomers(
      ['with-email', 'same-email'],
      'import',
      new Map([
        ['with-email', hash],
        ['same-email', hash],
      ]),
    );
    expect(persons.get('with-email')).toBe(personId);
    expect(persons.get('same-email')).not.toBe(personId);
  });

  test('get their emails; one that belongs to somebody else is a suggestion, once', async () => {
    const persons = await place.identity.ensureCustomers(['mail-1', 'mail-2'], 'import');
    const [one, other] = [persons.get('mail-1')!, persons.get('mail-2')!];
    const emailHash = place.identity.hashEmail('mail@example.com');
    for (let again = 0; again < 2; again += 1) {
      await place.identity.attachEmails([
        { personId: one, emailHash },
        { personId: other, emailHash },
      ]);
    }
    expect(await place.knex('clv_identities').where({ value: emailHash })).toMatchObject([
      { person_id: one },
    ]);
    expect(await place.knex('clv_merges').where({ into_person: other })).toMatchObject([
      { from_person: one, state: 'suggested' },
    ]);
  });
});
