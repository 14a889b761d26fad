import { describe, expect, test } from 'vitest';
import { ExposureLog, type Exposures } from '../../../../server/src/ranking/models/exposures';
import { channelLifts } from '../../../../server/src/ranking/together/channel-lifts';
import { LiftPrior, shrunkenLift } from '../../../../server/src/ranking/together/lift-prior';
import {
  MOST_OF_A_READER,
  MOST_TOLD,
  readTogether,
} from '../../../../server/src/ranking/together/read-together';
import { readershipOf } from '../../../../server/src/ranking/together/readership';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const DAY = 86_400_000;

/** What each person read, in lists of items. */
function shelves(contents: number, lists: number[][], at = (_person: number) => 0): Exposures {
  const log = new ExposureLog();
  for (const [person, items] of lists.entries()) for (const item of items) log.add(person, item, at(person));
  return log.byItem(Array.from({ length: contents }, (_, item) => item));
}

const times = <T>(many: number, of: (i: number) => T): T[] => Array.from({ length: many }, (_, i) => of(i));

describe('a shrunken lift', () => {
  test('is the expected logarithm under a gamma prior of mean 1', () => {
    const eulersConstant = 0.577_215_664_901_532_9;
    expect(shrunkenLift(0, 1, 1)).toBeCloseTo(-eulersConstant - Math.log(2), 12);
    // ψ(3) = 1 + 1/2 − γ
    expect(shrunkenLift(2, 0, 1)).toBeCloseTo(1.5 - eulersConstant, 12);
    expect(shrunkenLift(1_000_000, 100_000, 1)).toBeCloseTo(Math.log(10), 4);
  });

  test('is nothing where chance explains how counts scatter, and never sure of single ones', () => {
    const asChance = new LiftPrior();
    for (const count of [1, 3]) asChance.add(count, 2);
    asChance.addExpected(8);
    expect(asChance.shape()).toBe(Number.POSITIVE_INFINITY);
    expect(shrunkenLift(9, 2, Number.POSITIVE_INFINITY)).toBe(0);
    const wild = new LiftPrior();
    wild.add(100, 0.1);
    wild.addExpected(0.01);
    expect(wild.shape()).toBe(1);
  });

  test('finds the width of the prior by moments', () => {
    const prior = new LiftPrior();
    // (8 − 4)² − 8 + (0 − 4)² − 0 = 24, over ΣE² = 32
    prior.add(8, 4);
    prior.add(0, 4);
    prior.addExpected(32);
    expect(prior.shape()).toBeCloseTo(32 / 24, 12);
  });
});

describe('items read together', () => {
  const inTwoCamps = shelves(
    6,
    times(200, (person) => (person % 2 === 0 ? [0, 1, 2] : [3, 4, 5])),
  );

  test('are those of the same readers, on both sides alike', () => {
    const found = readTogether(inTwoCamps);
    expect(found[0]!.map(([item]) => item).sort()).toEqual([1, 2]);
    expect(found[4]!.map(([item]) => item).sort()).toEqual([3, 5]);
    const liftOf = (of: number, other: number) => found[of]!.find(([item]) => item === other)![1];
    expect(liftOf(0, 1)).toBeCloseTo(liftOf(1, 0), 12);
    // Of 300 says 50 go to this pair, and by chance as many to each of 15, which are 20: log(50/20), nearly.
    expect(liftOf(0, 1)).toBeGreaterThan(0.8);
    expect(liftOf(0, 1)).toBeLessThan(Math.log(50 / 20));
  });

  test('are none where everyone reads by reach alone', () => {
    const random = seededRandom(3);
    const lists = times(4_000, () =>
      times(10, (item) => item).filter((item) => random() < 0.1 + 0.05 * item),
    );
    for (const told of readTogether(shelves(10, lists)))
      for (const [, lift] of told) expect(lift).toBeLessThan(0.1);
  });

  test('a pair that few could have read does not come before one that is sure', () => {
    const lists = [
      ...times(100, (person) => (person % 2 === 0 ? [0, 1] : [2, 3])),
      [0, 4],
      [2, 4],
      [5, 4],
      [0, 5],
    ];
    const [best] = readTogether(shelves(6, lists))[0]!;
    expect(best![0]).toBe(1);
  });

  test('the same readers under other numbers say the same', () => {
    const random = seededRandom(11);
    const lists = times(300, (person) =>
      times(8, (item) => item).filter((item) => random() < (item % 2 === person % 2 ? 0.5 : 0.2)),
    );
    const turned = lists.toReversed().map((items) => items.map((item) => 7 - item));
    const here = readTogether(shelves(8, lists));
    const there = readTogether(shelves(8, turned));
    for (const [item, told] of here.entries()) {
      const mirrored = there[7 - item]!.map(([other, lift]) => [7 - other, lift.toFixed(9)]);
      expect(new Map(mirrored as [number, string][])).toEqual(
        new Map(told.map(([other, lift]) => [other, lift.toFixed(9)])),
      );
    }
  });

  test('of who reads everything some items are looked at, and no pair of them stands out by that', () => {
    const everything = times(400, () => times(200, (item) => item));
    const told = readTogether(shelves(200, [...everything, ...times(300, () => [0, 1])]));
    expect(told[0]![0]![0]).toBe(1);
    expect(told[0]!.length).toBeLessThanOrEqual(MOST_TOLD);
    expect(MOST_OF_A_READER).toBeLessThan(200);
    for (const [, lift] of told[100]!) expect(lift).toBeLessThan(0.6);
  });

  test('there are none without readers', () => {
    expect(readTogether(shelves(2, []))).toEqual([[], []]);
    expect(readTogether(shelves(2, [[0], [1]]))).toEqual([[], []]);
    expect(readTogether(shelves(0, []))).toEqual([]);
  });
});

describe('what the people of a channel read', () => {
  const byChannel = (lists: [string | undefined, number[]][]) =>
    channelLifts(
      shelves(
        2,
        lists.map(([, items]) => items),
      ),
      { channels: lists.map(([channel]) => channel) },
    );

  test('stands out over what all read, and a channel of heavy readers does not', () => {
    const [first, second] = byChannel([
      ...times(100, () => ['ads', [0]] as [string, number[]]),
      ...times(100, () => ['fair', [1]] as [string, number[]]),
      ...times(50, () => ['letter', [0, 1]] as [string, number[]]),
      ...times(500, () => [undefined, [1]] as [undefined, number[]]),
    ]);
    expect(first!.ads).toBeGreaterThan(0.5);
    expect(first!.fair).toBeLessThan(-0.5);
    expect(second!.fair).toBeGreaterThan(0.5);
    expect(Math.abs(first!.letter!)).toBeLessThan(0.05);
    expect(Object.keys(first!).sort()).toEqual(['ads', 'fair', 'letter']);
  });

  test('says nothing where no channel is known, nor of an item that nobody read', () => {
    expect(byChannel([[undefined, [0, 1]]])).toEqual([{}, {}]);
    expect(byChannel(times(50, (i) => [i % 2 ? 'ads' : 'fair', [0]]))[1]).toEqual({ ads: 0, fair: 0 });
  });
});

describe('readership', () => {
  test('is the share of those who read anything: ever, and among the first reads of late', () => {
    const at = (person: number) => (person < 3 ? 0 : 100 * DAY);
    const { persons, reach, recent } = readershipOf(shelves(2, [[0], [0, 1], [0], [1]], at));
    expect(persons).toBe(4);
    expect([...reach]).toEqual([0.75, 0.5]);
    expect([...recent]).toEqual([0, 1]);
  });

  test('is nothing where nobody read', () => {
    const { persons, reach, recent } = readershipOf(shelves(1, []));
    expect([persons, ...reach, ...recent]).toEqual([0, 0, 0]);
  });
});
