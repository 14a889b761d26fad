import { describe, expect, it } from 'vitest';
import { gapsOf } from '../../../../server/src/ranking/models/advice/gaps';
import { highReaders, readingOf } from '../../../../server/src/ranking/models/advice/reading';
import { shareOfReading } from '../../../../server/src/ranking/models/advice/share-of-reading';
import { timesOf } from '../../../../server/src/ranking/models/advice/times';
import { MONTH } from '../../../../server/src/ranking/models/advice/trends';
import { ExposureLog } from '../../../../server/src/ranking/models/exposures';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const YEAR = 12 * MONTH;
const PERSONS = 400;
const ITEMS = 24;

/** People of whom every second is of high value read items over a year, each item as often as `chance` says. */
function reading(chance: (item: number, isHigh: boolean) => number, seed = 1) {
  const random = seededRandom(seed);
  const log = new ExposureLog();
  for (let person = 0; person < PERSONS; person++) {
    for (let item = 0; item < ITEMS; item++) {
      if (random() < chance(item, person % 2 === 0)) log.add(person, item, random() * YEAR);
    }
  }
  // The ends of the data, by a person who tells nothing else.
  log.add(PERSONS, 0, 0);
  log.add(PERSONS, 0, YEAR);
  const exposures = log.byItem([...Array(ITEMS).keys()]);
  const published = Array<number>(ITEMS).fill(-YEAR);
  const isHigh = Uint8Array.from({ length: PERSONS + 1 }, (_, person) =>
    Number(person < PERSONS && person % 2 === 0),
  );
  return readingOf(exposures, timesOf(exposures, published), isHigh, () => true);
}

const group = (value: string, items: number[]) => ({ dimension: 'topic', value, items });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
/** Two pieces, against two topics of eleven. */
const GROUPS = [group('few', [0, 1]), group('a', range(2, 13)), group('b', range(13, 24))];
/** Pieces differ by a third from the middle one, and a group of few can be far above. */
const base = (item: number) => 0.12 + 0.004 * item;

describe('gaps', () => {
  it('are groups with few pieces that are each read far more than the typical piece', () => {
    const { found } = gapsOf(
      GROUPS,
      reading((item) => (item < 2 ? 0.6 : base(item))),
      0.1,
    );
    expect(found.map(({ group: { value } }) => value)).toEqual(['few']);
    const [gap] = found;
    expect(gap!.multiple.low).toBeGreaterThan(1);
    // 0.6 against the median of 0.172 on.
    expect(gap!.multiple.value).toBeGreaterThan(2.5);
    expect(gap!.multiple.value).toBeLessThan(5);
    expect(gap!.shareOfPieces).toBeCloseTo(2 / 24, 12);
    expect(gap!.shareOfReading.low).toBeGreaterThan(2 / 24);
    expect(gap!.readers).toBeGreaterThan(100);
  });

  it('are none where one of the few pieces alone is popular, where nobody of high value reads it, or where there is much', () => {
    const one = gapsOf(
      GROUPS,
      reading((item) => (item === 0 ? 0.6 : item === 1 ? 0.05 : base(item))),
      0.1,
    );
    expect(one.found).toEqual([]);
    const others = reading((item, isHigh) => (item < 2 ? (isHigh ? 0.15 : 0.9) : base(item)));
    expect(gapsOf(GROUPS, others, 0.1).found).toEqual([]);
    const many = gapsOf(
      GROUPS,
      reading((item) => (item < 13 && item > 1 ? 0.6 : 0.15)),
      0.1,
    );
    expect(many.found).toEqual([]);
  });

  it('are not hidden by pieces that hardly anyone reads', () => {
    const withTail = reading((item) => (item < 2 ? 0.6 : item > 19 ? 0.002 : base(item)));
    expect(gapsOf(GROUPS, withTail, 0.1).found).toHaveLength(1);
  });

  it('need two pieces, thirty readers of high value and a catalogue', () => {
    const popular = reading((item) => (item < 2 ? 0.6 : base(item)));
    expect(gapsOf([group('one', [0]), ...GROUPS.slice(1)], popular, 0.1).found).toEqual([]);
    const rare = reading((item) => (item < 2 ? 0.05 : 0.004));
    expect(shareOfReading([0, 1], rare).readers).toBeLessThan(30);
    expect(gapsOf(GROUPS, rare, 0.1).found).toEqual([]);
    expect(gapsOf(GROUPS, { ...popular, items: range(0, 14) }, 0.1)).toEqual({ asked: 0, found: [] });
  });

  it('are hardly ever found where topics say nothing', () => {
    let found = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed, 9);
      const popularity = range(0, ITEMS).map(() => 0.04 * Math.exp(2.3 * random()));
      const world = reading((item) => popularity[item]!, seed);
      const groups = range(0, 8).map((topic) =>
        group(
          String(topic),
          range(0, ITEMS).filter((item) => item % 8 === topic),
        ),
      );
      if (gapsOf(groups, world, 0.1).found.length > 0) found++;
    }
    expect(found).toBeLessThanOrEqual(4);
  });
});

describe('the reading of people of high value', () => {
  it('counts persons and the months that a piece was out', () => {
    const log = new ExposureLog();
    log.add(0, 0, 0);
    log.add(0, 1, YEAR / 2);
    log.add(1, 1, YEAR);
    const exposures = log.byItem([0, 1, 2]);
    const times = timesOf(exposures, [null, YEAR / 2, YEAR - MONTH / 2]);
    const found = readingOf(exposures, times, Uint8Array.of(1, 0), () => true);
    // The third came out too late to count.
    expect(found.items).toEqual([0, 1]);
    expect([...found.rate]).toEqual([1.5 / 12, 1.5 / 6, 0]);
    expect([...found.reads]).toEqual([2, 1]);
    expect(highReaders(found)).toBe(1);
  });

  it('gives shares the interval of a ratio over persons', () => {
    // Three persons read (2 of 4), (0 of 2), (1 of 2): share 3/8, residuals 0.5, −0.75, 0.25.
    const log = new ExposureLog();
    const own: Record<number, number[]> = { 0: [0, 1, 2, 3], 1: [2, 3], 2: [0, 2] };
    for (const [person, items] of Object.entries(own))
      for (const item of items) log.add(Number(person), item, item);
    log.add(3, 4, 0);
    log.add(3, 4, YEAR);
    const exposures = log.byItem([0, 1, 2, 3, 4]);
    const times = timesOf(exposures, [0, 0, 0, 0, 0]);
    const found = readingOf(exposures, times, Uint8Array.of(1, 1, 1, 0), (item) => item < 4);
    const { high, others, readers } = shareOfReading([0, 1], found);
    const reach = (1.959964 * Math.sqrt(0.25 + 0.5625 + 0.0625)) / 8;
    expect(high.value).toBe(3 / 8);
    expect(high.high - high.value).toBeCloseTo(reach, 6);
    expect(others).toBeNull();
    expect(readers).toBe(2);
  });
});
