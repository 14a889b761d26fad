import { describe, expect, test } from 'vitest';
import {
  exposuresOf,
  type History,
  personsOf,
  rankHistory,
} from '../../../server/src/ranking/models/history';
import type { Division } from '../../../server/src/ranking/models/landmark';
import type { Persons } from '../../../server/src/ranking/models/persons';
import { rank } from '../../../server/src/ranking/models/rank';
import { scopeOf } from '../../../server/src/ranking/models/scope';
import type { People } from '../../../server/src/ranking/models/subset';
import { SLICED_BY } from '../../../server/src/ranking/sliced-by';
import { slicesOf } from '../../../server/src/ranking/slices';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const DAY = 86_400_000;
const START = Date.parse('2025-01-01T00:00:00Z');
const UTC = 'UTC';

/** Persons who each read something on a day and, as customers, ordered on one; with what is known of them. */
function peopleOf(
  rows: { ordered?: number; channel?: string; segment?: string; company?: string; tier?: string }[],
): People {
  const history: History = {
    persons: rows.length,
    contents: 1,
    touches: rows.map((_, person) => ({ person, content: 0, at: START - DAY })),
    orders: rows.flatMap(({ ordered }, person) =>
      ordered === undefined ? [] : [{ person, at: START + ordered * DAY, value: 100 }],
    ),
    channels: rows.map(({ channel }) => channel),
  };
  const known = (of: (row: (typeof rows)[number]) => string | undefined) => rows.map(of);
  const persons: Persons = {
    ...personsOf(history, { at: START }),
    segments: known(({ segment }) => segment),
    companies: known(({ company }) => company),
    tiers: known(({ tier }) => tier),
  };
  return { persons, exposures: exposuresOf(history) };
}

type Row = Parameters<typeof peopleOf>[0][number];
const times = (count: number, row: Row): Row[] => Array.from({ length: count }, () => row);
const named = (people: People, division: Division, timezone = UTC) =>
  [...slicesOf(people, division, SLICED_BY, timezone)].map(
    ({ of, value, people: { persons } }) => `${of}:${value} ${persons.count}`,
  );

describe('slices', () => {
  test('are parts with enough members for a comparison, the largest six of each kind', () => {
    const people = peopleOf([
      ...Array.from({ length: 10 }, (_, i) => times(60 + i, { ordered: 1, channel: `channel-${i}` })).flat(),
      ...times(59, { ordered: 1, channel: 'too few' }),
      ...times(99, { channel: 'readers only' }),
    ]);
    expect(named(people, 'first-order')).toEqual(
      [9, 8, 7, 6, 5, 4].map((i) => `channel:channel-${i} ${60 + i}`),
    );
  });

  test('leave out a part that is everyone', () => {
    expect(named(peopleOf(times(100, { ordered: 1, segment: 'all alike' })), 'first-order')).toEqual([]);
  });

  test('are of segments and tiers too, prospects among them where the landmark is about them', () => {
    const people = peopleOf([
      ...times(70, { ordered: 1, segment: 'hotels', tier: 'gold' }),
      ...times(60, { ordered: 1, segment: 'offices', tier: 'silver' }),
      ...times(65, { segment: 'hotels' }),
    ]);
    expect(named(people, 'first-order')).toEqual([
      'segment:hotels 135',
      'segment:offices 60',
      'tier:gold 70',
      'tier:silver 60',
    ]);
    const sizes = [...slicesOf(people, 'first-order', ['segment'], UTC)].map(
      ({ people: slice }) => scopeOf(slice.persons, slice.exposures, 'first-order').population.size,
    );
    expect(sizes).toEqual([70, 60]);
  });

  test('by cohort are the last quarters of first orders, in the zone of the reports', () => {
    const quarter = Date.parse('2025-04-01T00:00:00Z');
    const day = (quarter - START) / DAY;
    const people = peopleOf([
      ...times(60, { ordered: day - 0.01 }),
      ...times(61, { ordered: day + 0.01 }),
      ...times(62, { ordered: day + 100 }),
    ]);
    const cohorts = (timezone: string) =>
      named(people, 'first-order', timezone).filter((name) => name.startsWith('cohort'));
    expect(cohorts(UTC)).toEqual(['cohort:2025-Q3 62', 'cohort:2025-Q2 61', 'cohort:2025-Q1 60']);
    expect(cohorts('Europe/Rome')).toEqual(['cohort:2025-Q3 62', 'cohort:2025-Q2 121']);
  });

  test('tell customers of the last year of the data from those before', () => {
    const people = peopleOf([...times(60, { ordered: 1 }), ...times(70, { ordered: 400 }), ...times(80, {})]);
    expect(named(people, 'first-order').filter((name) => name.startsWith('customers'))).toEqual([
      'customers:new 70',
      'customers:existing 60',
    ]);
  });

  test('at a date go by what was known then: no cohort of later, and new is who had not ordered', () => {
    const people = peopleOf([...times(60, { ordered: 1 }), ...times(70, { ordered: 400 }), ...times(80, {})]);
    expect(named(people, { at: START + 100 * DAY })).toEqual([
      'cohort:2025-Q1 60',
      'customers:new 150',
      'customers:existing 60',
    ]);
  });

  test('take in nobody at a date of whom a channel or segment is known because they bought later', () => {
    const bought = [
      ...times(70, { ordered: -5, channel: 'a', segment: 's' }),
      ...times(80, { ordered: 5, channel: 'a', segment: 's' }),
    ];
    const parts = (rows: Row[], division: Division) =>
      named(peopleOf(rows), division).filter((name) => /^(channel|segment)/.test(name));
    const readers = times(90, {});
    expect(parts([...bought, ...readers], { at: START })).toEqual(['channel:a 70', 'segment:s 70']);
    expect(parts([...bought, ...readers, { ordered: 1 }], 'first-order')).toEqual([
      'channel:a 150',
      'segment:s 150',
    ]);
    const leads = times(90, { channel: 'a' });
    expect(parts([...bought, ...leads, { ordered: -1 }], { at: START })).toEqual([
      'channel:a 240',
      'segment:s 70',
    ]);
  });

  test('make accounts at a date of those alone whose company is not known because they bought later', () => {
    const firms = (count: number, ordered: number): Row[] =>
      Array.from({ length: count }, (_, i) => ({ ordered, company: `company ${ordered} ${i}` }));
    const people = peopleOf([...firms(70, -5), ...firms(80, 5), ...times(90, {})]);
    const [slice] = [...slicesOf(people, { at: START }, ['accounts'], UTC)];
    expect(slice).toMatchObject({ accounts: { persons: 70, withoutCompany: 170 } });
    const [all] = [...slicesOf(people, 'first-order', ['accounts'], UTC)];
    expect(all).toMatchObject({ accounts: { persons: 150, withoutCompany: 90 } });
  });

  test('are of nothing at the landmark that divides nothing, and of nothing but what is asked for', () => {
    const people = peopleOf([
      ...times(60, { ordered: 1, channel: 'a' }),
      ...times(60, { ordered: 1, tier: 'b' }),
    ]);
    expect(named(people, 'all')).toEqual([]);
    expect([...slicesOf(people, 'first-order', [], UTC)]).toEqual([]);
    expect([...slicesOf(people, 'first-order', ['tier'], UTC)].map(({ of }) => of)).toEqual(['tier']);
  });

  test('of accounts say who makes them up, and are left out where companies are few', () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      times(2, { ordered: i, company: `company ${i}` }),
    ).flat();
    const accounts = (people: People) => [...slicesOf(people, 'first-order', ['accounts'], UTC)];
    const [slice] = accounts(peopleOf([...rows, ...times(5, { ordered: 1 })]));
    expect(slice).toMatchObject({ value: 'company', accounts: { persons: 120, withoutCompany: 5 } });
    expect(slice!.people.persons.count).toBe(60);
    expect(accounts(peopleOf(rows.slice(2)))).toEqual([]);
  });
});

test('the ranking of a slice is that of a world without anybody else', () => {
  const random = seededRandom(3);
  const persons = 900;
  const history: History = { persons, contents: 20, touches: [], orders: [], channels: [] };
  for (let person = 0; person < persons; person++) {
    history.channels!.push(person % 3 === 0 ? 'search' : 'newsletter');
    for (let n = 0; n < 6; n++) {
      const at = START + random() * 200 * DAY;
      history.touches.push({ person, content: Math.floor(20 * random() ** 1.5), at });
    }
    if (random() < 0.8)
      history.orders.push({
        person,
        at: START + (50 + random() * 200) * DAY,
        value: Math.ceil(random() * 9e4),
      });
  }
  const only = ({ person }: { person: number }) => person % 3 === 0;
  const alone = { ...history, touches: history.touches.filter(only), orders: history.orders.filter(only) };
  for (const division of ['first-order', { at: START + 120 * DAY }] as Division[]) {
    const everyone = { persons: personsOf(history, division), exposures: exposuresOf(history) };
    const slice = [...slicesOf(everyone, division, ['channel'], UTC)].find(
      ({ value }) => value === 'search',
    )!;
    const scope = scopeOf(slice.people.persons, slice.people.exposures, division);
    const publishedAt = new Array(20).fill(null);
    const { items } = rank({ ...slice.people, scope, publishedAt, unit: 100, fdr: 0.1 });
    expect(items).toEqual(rankHistory(alone, division, { fdr: 0.1 }).items);
    expect(items.some(({ figures }) => figures.excess !== null)).toBe(true);
  }
});
