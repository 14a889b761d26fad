import { expect, test } from 'vitest';
import { ExposureLog, type Exposures } from '../../../server/src/ranking/models/exposures';
import { mergeExposures } from '../../../server/src/ranking/refresh/merge-exposures';
import { seededRandom } from '../../../server/src/stats/seeded-random';

type Row = [person: number, item: number, at: number];

function exposuresOf(rows: Row[], items: number): Exposures {
  const log = new ExposureLog();
  for (const [person, item, at] of rows) log.add(person, item, at);
  return log.byItem(Array.from({ length: items }, (_, item) => item));
}

function firstTouches({ contents, start, person, firstAt }: Exposures): Row[] {
  const rows: Row[] = [];
  for (let item = 0; item < contents; item++)
    for (let i = start[item]!; i < start[item + 1]!; i++) rows.push([person[i]!, item, firstAt[i]!]);
  return rows.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

test('the earlier touch counts, whichever was known first', () => {
  const known = exposuresOf(
    [
      [0, 0, 50],
      [1, 0, 20],
    ],
    1,
  );
  const added = exposuresOf(
    [
      [0, 0, 10],
      [0, 0, 30],
      [1, 0, 60],
      [2, 0, 40],
    ],
    1,
  );
  const same = { personOf: Int32Array.of(0, 1), itemBefore: Int32Array.of(0), persons: 3 };
  expect(firstTouches(mergeExposures(known, added, same))).toEqual([
    [0, 0, 10],
    [1, 0, 20],
    [2, 0, 40],
  ]);
});

test('persons and items may have other numbers than before, and some be gone or new', () => {
  const random = seededRandom(5);
  const below = (n: number) => Math.floor(n * random());
  const [persons, items] = [40, 9];
  for (let world = 0; world < 50; world++) {
    // Of every third person nothing known counts; item 0 is new, and the others stood in another order.
    const before = Array.from({ length: persons }, (_, person) =>
      person % 3 === 0 ? -1 : (person * 7) % persons,
    );
    const itemBefore = Int32Array.from({ length: items }, (_, item) => items - 1 - item).fill(-1, 0, 1);
    const known = new Map<string, Row>();
    for (let i = 0; i < 150; i++) {
      const [person, item] = [below(persons), below(items - 1)];
      known.set(`${person} ${item}`, [person, item, below(1000)]);
    }
    const added = Array.from({ length: 60 }, (): Row => [below(persons), below(items), below(1000)]);

    const first = new Map<string, Row>();
    const take = (person: number, item: number, at: number) => {
      const key = `${person} ${item}`;
      if (at < (first.get(key)?.[2] ?? Number.POSITIVE_INFINITY)) first.set(key, [person, item, at]);
    };
    for (const [person, item, at] of known.values())
      if (before[person]! >= 0) take(before[person]!, itemBefore.indexOf(item), at);
    for (const [person, item, at] of added) take(person, item, at);

    const merged = mergeExposures(exposuresOf([...known.values()], items - 1), exposuresOf(added, items), {
      personOf: Int32Array.from(before),
      itemBefore,
      persons,
    });
    const expected = [...first.values()].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    expect(firstTouches(merged)).toEqual(expected);
    expect(merged.start[items]).toBe(expected.length);
  }
});
