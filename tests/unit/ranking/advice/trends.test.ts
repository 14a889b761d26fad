import { describe, expect, it } from 'vitest';
import { timesOf } from '../../../../server/src/ranking/models/advice/times';
import { MONTH, RECENT_WEEKS, trendsOf, WEEK } from '../../../../server/src/ranking/models/advice/trends';
import { ExposureLog } from '../../../../server/src/ranking/models/exposures';
import { samplePoisson } from '../../../../server/src/stats/sample-poisson';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const WEEKS = 64;
const TURN = WEEKS - RECENT_WEEKS;
const ITEMS = 30;

/** New readers of each item in each week, drawn around a mean; every reader is somebody else. */
function readers(
  mean: (item: number, week: number) => number,
  { seed = 1, out = (_item: number): number => -20 } = {},
) {
  const random = seededRandom(seed);
  const log = new ExposureLog();
  let person = 0;
  for (let item = 0; item < ITEMS; item++) {
    for (let week = Math.max(0, out(item)); week < WEEKS; week++) {
      for (let n = samplePoisson(random, mean(item, week)); n > 0; n--)
        log.add(person++, item, (week + random()) * WEEK);
    }
  }
  log.add(person, ITEMS, 0);
  log.add(person, ITEMS, WEEKS * WEEK);
  const exposures = log.byItem([...Array(ITEMS + 1).keys()]);
  const published = Array.from({ length: ITEMS + 1 }, (_, item) => out(item) * WEEK);
  return { exposures, times: timesOf(exposures, published) };
}
const isLate = (week: number) => week >= TURN;
const all = () => true;
const numbers = (found: { item: number }[]) => found.map(({ item }) => item);

describe('trends', () => {
  it('tell the winner that loses readers, and the one that wins them, from all others', () => {
    const { exposures, times } = readers((item, week) =>
      item === 3 ? (isLate(week) ? 2 : 12) : item === 5 ? (isLate(week) ? 12 : 3) : 4,
    );
    const { fading, rising, asked, pieces } = trendsOf(exposures, times, all, 0.1);
    expect(numbers(fading)).toEqual([3]);
    expect(numbers(rising)).toEqual([5]);
    expect({ asked, pieces }).toEqual({ asked: ITEMS, pieces: ITEMS });
    const [one] = fading;
    expect(one!.ratio).toBeGreaterThan(0.1);
    expect(one!.ratio).toBeLessThan(0.25);
    expect(one!.typicalRatio).toBeCloseTo(1, 0);
    expect(one!.relative.low).toBeLessThan(one!.relative.value);
    expect(one!.relative.high).toBeLessThan(0.5);
    // Twelve a week are 52 a month.
    expect(one!.before).toBeGreaterThan(46);
    expect(one!.before).toBeLessThan(58);
    expect(one!.before).toBeCloseTo(one!.readersBefore / ((TURN * WEEK) / MONTH), 9);
    expect(one!.periods).toHaveLength(WEEKS / 4);
    expect(one!.periods.reduce((a, b) => a + b, 0)).toBe(one!.recentReaders + one!.readersBefore);
  });

  it('are asked of winners alone, and q-values are over those', () => {
    const { exposures, times } = readers((item, week) => (item === 3 ? (isLate(week) ? 1 : 6) : 4));
    expect(trendsOf(exposures, times, (item) => item !== 3, 0.1).fading).toEqual([]);
    const alone = trendsOf(exposures, times, (item) => item === 3, 0.1);
    const among = trendsOf(exposures, times, (item) => item < 10, 0.1);
    expect(alone.asked).toBe(1);
    expect(among.fading[0]!.qValue).toBeCloseTo(10 * alone.fading[0]!.qValue, 12);
  });

  it('find nothing where a season takes readers from all pieces alike', () => {
    const { exposures, times } = readers((_, week) => (isLate(week) ? 2 : 5));
    const { fading, rising } = trendsOf(exposures, times, all, 0.1);
    expect([...numbers(fading), ...numbers(rising)]).toEqual([]);
  });

  it('expect a young piece to lose more readers than an old one', () => {
    const age = (item: number) => (item < 12 ? 20 + item : -60 - 5 * item);
    const decays = (item: number, week: number) => 40 / (1 + 0.25 * (week - age(item)));
    const { exposures, times } = readers((item, week) => decays(item, week), { out: age });
    const { fading, rising } = trendsOf(exposures, times, all, 0.1);
    expect(numbers(fading).length + numbers(rising).length).toBeLessThanOrEqual(1);
  });

  it('never call a piece fading that is read more than before', () => {
    const { exposures, times } = readers((item, week) =>
      item === 3 ? (isLate(week) ? 7 : 6) : isLate(week) ? 16 : 4,
    );
    expect(trendsOf(exposures, times, all, 0.1).fading).toEqual([]);
  });

  it('need thirty readers before, twelve weeks of them, and fifteen such pieces', () => {
    const few = readers((item, week) => (item === 3 ? (isLate(week) ? 0 : 0.4) : 4));
    expect(trendsOf(few.exposures, few.times, all, 0.1).pieces).toBe(ITEMS - 1);
    const young = readers(() => 4, { out: (item) => (item === 3 ? TURN - 11 : -20) });
    expect(trendsOf(young.exposures, young.times, all, 0.1).pieces).toBe(ITEMS - 1);
    const lonely = readers((item) => (item < 14 ? 4 : 0));
    expect(trendsOf(lonely.exposures, lonely.times, all, 0.1)).toEqual({
      pieces: 14,
      asked: 0,
      fading: [],
      rising: [],
    });
  });

  it('are hardly ever found where nothing moves', () => {
    let found = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { exposures, times } = readers((item) => 1 + 0.2 * item, { seed });
      const { fading, rising } = trendsOf(exposures, times, all, 0.1);
      if (fading.length + rising.length > 0) found++;
    }
    expect(found).toBeLessThanOrEqual(8);
  });
});
