import { expect, test } from 'vitest';
import { accountSizesOf, accountsOf, companyKey } from '../../../server/src/ranking/models/accounts';
import { exposuresOf, type History, personsOf } from '../../../server/src/ranking/models/history';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const NEVER = Number.POSITIVE_INFINITY;

/** By item, the persons exposed and when. */
const told = ({ contents, start, person, firstAt }: ReturnType<typeof exposuresOf>) =>
  Array.from({ length: contents }, (_, item) =>
    [...person.slice(start[item], start[item + 1])].map((who, i) => [who, firstAt[start[item]! + i]]).sort(),
  );

function rolledUp(history: History, companies: (string | undefined)[], at = 50) {
  const persons = { ...personsOf(history, { at }), companies };
  return { persons, accounts: accountsOf({ persons, exposures: exposuresOf(history) }) };
}

test('an account has read and ordered since the first of its persons has', () => {
  const { accounts } = rolledUp(
    {
      persons: 5,
      contents: 2,
      touches: [
        { person: 0, content: 0, at: 30 },
        { person: 2, content: 0, at: 20 },
        { person: 1, content: 0, at: 25 },
        { person: 3, content: 1, at: 5 },
        { person: 4, content: 1, at: 1 },
      ],
      orders: [
        { person: 0, at: 90, value: 100 },
        { person: 2, at: 40, value: 7 },
        { person: 4, at: 41, value: 1000 },
      ],
      channels: ['ads', undefined, 'search', 'ads', 'mail'],
    },
    ['acme', 'birch', 'acme', 'acme', undefined],
  );
  const { persons, exposures, rolledUp: members, withoutCompany } = accounts;
  expect({ members, withoutCompany, count: persons.count }).toEqual({
    members: 4,
    withoutCompany: 1,
    count: 2,
  });
  expect([...persons.accountSizes]).toEqual([3, 1]);
  expect([...persons.firstOrderAt]).toEqual([40, NEVER]);
  expect([...persons.firstSeenAt]).toEqual([5, 25]);
  expect([...persons.values]).toEqual([107, 0]);
  expect([...persons.valuesFromDate]).toEqual([100, 0]);
  expect(persons.channels).toEqual(['ads', undefined]);
  expect(told(exposures)).toEqual([
    [
      [0, 20],
      [1, 25],
    ],
    [[0, 5]],
  ]);
});

test('rolling up keeps every cent, and each account touches an item once, when it first did', () => {
  const random = seededRandom(11);
  const below = (n: number) => Math.floor(n * random());
  const persons = 500;
  const companies = Array.from({ length: persons }, () =>
    random() < 0.2 ? undefined : `company ${below(60)}`,
  );
  const history: History = {
    persons,
    contents: 15,
    touches: Array.from({ length: 4000 }, () => ({
      person: below(persons),
      content: below(15),
      at: below(100),
    })),
    orders: Array.from({ length: 900 }, () => ({
      person: below(persons),
      at: below(100),
      value: below(100_000) - 2000,
    })),
  };
  const { accounts, persons: each } = rolledUp(history, companies);
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
  const ofCompanies = (values: Float64Array) =>
    sum(values.filter((_, person) => companies[person] !== undefined));
  for (const column of ['values', 'valuesFromDate', 'priorValues'] as const)
    expect(sum(accounts.persons[column])).toBe(ofCompanies(each[column]));
  expect(accounts.rolledUp + accounts.withoutCompany).toBe(persons);

  const numbers = [...new Set(companies.filter((company) => company !== undefined))];
  const expected = Array.from({ length: 15 }, () => new Map<number, number>());
  for (const { person, content, at } of history.touches) {
    const account = numbers.indexOf(companies[person]!);
    if (account >= 0) expected[content]!.set(account, Math.min(at, expected[content]!.get(account) ?? NEVER));
  }
  expect(told(accounts.exposures)).toEqual(expected.map((firsts) => [...firsts].sort()));
});

test('a company is the same however its name is written, and as large as the persons known of it', () => {
  expect(companyKey('  Acme   GmbH ')).toBe(companyKey('ACME gmbh'));
  expect(companyKey('Ａcme')).toBe('acme');
  expect(companyKey('Acme')).not.toBe(companyKey('Acme Inc'));
  expect([...accountSizesOf(['a', undefined, 'b', 'a', undefined])]).toEqual([2, 1, 1, 2, 1]);
});
