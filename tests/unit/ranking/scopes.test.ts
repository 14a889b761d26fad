import { expect, test } from 'vitest';
import type { People } from '../../../server/src/ranking/people';
import { busiestChannels, memberRows, scopeOf } from '../../../server/src/ranking/scopes';

const NEVER = Number.POSITIVE_INFINITY;

/** Persons of whom the first `linked` have a browser; each first read, refunded and, as customers, ordered at a moment. */
function peopleOf(
  rows: { channel?: string; ordered?: number; refunded?: number; seen?: number; value?: number }[],
): People {
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    count: rows.length,
    linked: rows.filter(({ seen }) => seen !== undefined).length,
    values: column(({ value }) => value ?? 0),
    valuesFromDate: column(() => 0),
    firstOrderAt: column(({ ordered }) => ordered ?? NEVER),
    firstSeenAt: column(({ ordered = NEVER, refunded = NEVER, seen = NEVER }) =>
      Math.min(ordered, refunded, seen),
    ),
    channels: rows.map(({ channel }) => channel),
  };
}

test('channels are those of enough customers, the busiest ten of them', () => {
  const customers = (channel: string, count: number) =>
    Array.from({ length: count }, () => ({ channel, ordered: 1 }));
  const people = peopleOf([
    ...Array.from({ length: 12 }, (_, i) =>
      customers(`channel-${String(i).padStart(2, '0')}`, 30 + i),
    ).flat(),
    ...customers('too few', 29),
    ...Array.from({ length: 99 }, () => ({ channel: 'readers only', seen: 1 })),
  ]);
  const expected = Array.from({ length: 10 }, (_, i) => `channel-${String(11 - i).padStart(2, '0')}`);
  expect(busiestChannels(people)).toEqual(expected);
});

test('a landmark takes in whom it is about', () => {
  const people = peopleOf([{ seen: 5 }, { seen: 50, ordered: 60 }, { ordered: 8 }, {}, { refunded: 9 }]);
  const members = (landmark: string, division: Parameters<typeof scopeOf>[2]) => [
    ...scopeOf(people, landmark, division, '').members,
  ];
  expect(members('first-order', 'first-order')).toEqual([1, 2]);
  expect(members('all', 'all')).toEqual([0, 1, 2, 4]);
  expect(members('2026-01-01', { at: 50 })).toEqual([0, 2, 4]);
  expect(members('1970-01-01', { at: 9 })).toEqual([0, 2]);
});

test('the database gets the members who have a browser, without an infinite time', () => {
  const people = peopleOf([
    { seen: 5, value: 0 },
    { seen: 50, ordered: 60, value: 100 },
    { ordered: 8, value: 20 },
  ]);
  const rows = [...memberRows(people, scopeOf(people, 'all', 'all', ''), 3)];
  const never = Number.MAX_SAFE_INTEGER;
  expect(rows).toEqual([
    [0, 3, 0, never, never, 1, -40],
    [1, 3, 2, never, 60, 3, 60],
  ]);
});
