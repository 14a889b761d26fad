import { expect, test } from 'vitest';
import { exposuresOf } from '../../../server/src/ranking/models/history';
import type { Division } from '../../../server/src/ranking/models/landmark';
import type { Persons } from '../../../server/src/ranking/models/persons';
import { scopeOf } from '../../../server/src/ranking/models/scope';

const NEVER = Number.POSITIVE_INFINITY;
const DAY = 86_400_000;

/** Persons who first read, refunded and, as customers, ordered at a moment. */
function personsOf(
  rows: { channel?: string; ordered?: number; refunded?: number; seen?: number; value?: number }[],
): Persons {
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    count: rows.length,
    values: column(({ value }) => value ?? 0),
    valuesFromDate: column(() => 0),
    priorValues: column(() => 0),
    firstOrderAt: column(({ ordered }) => ordered ?? NEVER),
    firstSeenAt: column(({ ordered = NEVER, refunded = NEVER, seen = NEVER }) =>
      Math.min(ordered, refunded, seen),
    ),
    channels: rows.map(({ channel }) => channel),
    accountSizes: column(() => 1),
  };
}
const nothing = (persons: Persons) =>
  exposuresOf({ persons: persons.count, contents: 0, touches: [], orders: [] });

test('a landmark takes in whom it is about', () => {
  const persons = personsOf([{ seen: 5 }, { seen: 50, ordered: 60 }, { ordered: 8 }, {}, { refunded: 9 }]);
  const members = (division: Division) => [...scopeOf(persons, nothing(persons), division).members];
  expect(members('first-order')).toEqual([1, 2]);
  expect(members('all')).toEqual([0, 1, 2, 4]);
  expect(members({ at: 50 })).toEqual([0, 2, 4]);
  expect(members({ at: 9 })).toEqual([0, 2]);
});

test('what somebody read, on how many days, and until when they were there, ends with their exposure', () => {
  const persons = personsOf([{ seen: 0, ordered: 10 * DAY }, { seen: DAY }]);
  const exposures = exposuresOf({
    persons: 2,
    contents: 4,
    orders: [],
    touches: [
      { person: 0, content: 0, at: 0 },
      { person: 0, content: 1, at: 5 },
      { person: 0, content: 1, at: 4 * DAY },
      { person: 0, content: 2, at: 3 * DAY },
      { person: 0, content: 3, at: 10 * DAY },
      { person: 1, content: 0, at: DAY },
    ],
  });
  const before = scopeOf(persons, exposures, 'first-order');
  expect([...before.items]).toEqual([3]);
  expect([...before.days]).toEqual([2]);
  expect([...before.lastActiveAt]).toEqual([10 * DAY]);
  const byDate = scopeOf(persons, exposures, { at: 2 * DAY });
  expect([...byDate.items]).toEqual([2, 1]);
  expect([...byDate.lastActiveAt]).toEqual([5, DAY]);
  const all = scopeOf(persons, exposures, 'all');
  expect([...all.items]).toEqual([4, 1]);
  expect([...all.lastActiveAt]).toEqual([10 * DAY, DAY]);
});
