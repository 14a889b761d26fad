import { describe, expect, test } from 'vitest';
import { BINS, valueDistributions } from '../../../server/src/ranking/distribution/distribution';
import { ExposureLog } from '../../../server/src/ranking/models/exposures';
import type { Persons } from '../../../server/src/ranking/models/persons';

const NEVER = Number.POSITIVE_INFINITY;

function personsOf(values: number[], firstOrderAt: number[] = values.map(() => 100)): Persons {
  const count = values.length;
  const filled = (value: number) => new Float64Array(count).fill(value);
  return {
    count,
    firstOrderAt: Float64Array.from(firstOrderAt),
    firstSeenAt: filled(0),
    values: Float64Array.from(values),
    valuesFromDate: filled(0),
    priorValues: filled(0),
    channels: values.map(() => undefined),
    accountSizes: filled(1),
  };
}

/** Persons who touched one item, and when. */
function touched(by: [person: number, at: number][]) {
  const log = new ExposureLog();
  for (const [person, at] of by) log.add(person, 7, at);
  return log.byItem([7, 8]);
}

describe('how value is distributed', () => {
  test('counts readers and others in bins of equal ratio, in major units', () => {
    const persons = personsOf([100, 100, 1_000, 10_000, 100_000]);
    const [one, unread] = valueDistributions(
      persons,
      touched([
        [0, 1],
        [4, 1],
      ]),
      'all',
      100,
    );
    expect(one!.edges).toHaveLength(BINS + 1);
    expect([one!.edges[0], one!.edges[BINS]]).toEqual([1, 1000]);
    expect(one!.edges[8]).toBeCloseTo(10, 6);
    expect([one!.readers[0], one!.others[0], one!.readers[BINS - 1]]).toEqual([1, 1, 1]);
    expect([one!.others[8], one!.others[16]]).toEqual([1, 1]);
    expect(unread!.readers.every((count) => count === 0)).toBe(true);
  });

  test('puts values that are all but the same into one bin', () => {
    const persons = personsOf([1_200_000, 1_200_001, 1_200_001]);
    const [one] = valueDistributions(persons, touched([[1, 1]]), 'all', 1);
    expect(one!.negative).toEqual({ readers: 0, others: 0 });
    expect(one!.readers.filter(Boolean)).toEqual([1]);
    expect(one!.others.filter(Boolean)).toEqual([2]);
    expect(one!.edges).toEqual([...new Set(one!.edges)]);
  });

  test('keeps those worth nothing, and those below it, apart', () => {
    const [one] = valueDistributions(
      personsOf([0, 0, -5, 100]),
      touched([
        [0, 1],
        [2, 1],
      ]),
      'all',
      100,
    );
    expect(one!.zero).toEqual({ readers: 1, others: 1 });
    expect(one!.negative).toEqual({ readers: 1, others: 0 });
  });

  test('a reader read before the boundary, and only members count', () => {
    const persons = personsOf([100, 200, 300], [50, 50, NEVER]);
    const exposures = touched([
      [0, 49],
      [1, 50],
      [2, 1],
    ]);
    const [one] = valueDistributions(persons, exposures, 'first-order', 100);
    const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
    expect([sum(one!.readers), sum(one!.others)]).toEqual([1, 1]);
  });

  test('one value alone has a bin, and no value has none', () => {
    const [one] = valueDistributions(personsOf([100, 100]), touched([[0, 1]]), 'all', 100);
    expect([one!.edges[0], one!.edges[BINS]]).toEqual([0.5, 2]);
    expect(valueDistributions(personsOf([0, 0]), touched([[0, 1]]), 'all', 100)).toEqual([]);
  });
});
