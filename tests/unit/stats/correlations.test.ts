import { describe, expect, it } from 'vitest';
import { bonettWrightInterval } from '../../../server/src/stats/bonett-wright-interval';
import { correlationPValue } from '../../../server/src/stats/correlation-p-value';
import { fisherInterval } from '../../../server/src/stats/fisher-interval';
import { kendallTauB } from '../../../server/src/stats/kendall-tau-b';
import { midRanks } from '../../../server/src/stats/mid-ranks';
import { partialPearson } from '../../../server/src/stats/partial-pearson';
import { pearson } from '../../../server/src/stats/pearson';
import { pointBiserial } from '../../../server/src/stats/point-biserial';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { spearman } from '../../../server/src/stats/spearman';
import { tieSum } from '../../../server/src/stats/tie-sum';

/** Expected values were computed with SciPy 1.17. */
const x = [1, 2, 2, 4, 5, 5, 5, 8];
const y = [2, 1, 3, 3, 6, 5, 9, 9];

describe('ranks', () => {
  it('are shared by equal values', () => {
    expect(Array.from(midRanks([10, 20, 20, 5]))).toEqual([2, 3.5, 3.5, 1]);
    expect(Array.from(midRanks([7, 7, 7]))).toEqual([2, 2, 2]);
    expect(Array.from(midRanks([]))).toEqual([]);
  });

  it('lose variance to ties', () => {
    expect(tieSum([1, 2, 3])).toBe(0);
    expect(tieSum([5, 5, 1, 9, 9, 9])).toBe(6 + 24);
  });
});

describe('correlations of tied data', () => {
  it('match SciPy', () => {
    expect(pearson(x, y)).toBeCloseTo(0.8649228885013018, 12);
    expect(correlationPValue(pearson(x, y), 8)).toBeCloseTo(0.005554140338085143, 12);
    expect(spearman(x, y)).toBeCloseTo(0.9007775105401477, 12);
    expect(correlationPValue(spearman(x, y), 8)).toBeCloseTo(0.0022640090646742616, 12);
    expect(kendallTauB(x, y).tau).toBeCloseTo(0.8006407690254358, 12);
    expect(kendallTauB(x, y).pValue).toBeCloseTo(0.009191995862593751, 12);
  });

  it('have an interval', () => {
    const { low, high } = bonettWrightInterval(spearman(x, y), 8);
    expect(low).toBeCloseTo(0.41123958075181194, 12);
    expect(high).toBeCloseTo(0.9870215630613595, 12);
    expect(fisherInterval(0.5, 28, 0.95, 1).low).toBeCloseTo(Math.tanh(Math.atanh(0.5) - 0.400076), 5);
  });

  it('are undefined when nothing varies or there are too few pairs', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([], [])).toBeNaN();
    expect(kendallTauB([1, 1, 1], [1, 2, 3]).tau).toBeNaN();
    expect(correlationPValue(0.5, 2)).toBeNaN();
    expect(fisherInterval(0.5, 3)).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(bonettWrightInterval(1, 30)).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(pointBiserial([1, 1, 1], [1, 2, 3]).r).toBeNaN();
  });

  it('never leave −1 to 1', () => {
    const values = [0.1, 0.2, 0.30000000000000004];
    expect(pearson(values, values)).toBe(1);
    expect(correlationPValue(1, 3)).toBe(0);
  });
});

describe('a partial correlation', () => {
  it('equals the textbook formula for one control', () => {
    const random = seededRandom(5);
    const z = Array.from({ length: 50 }, () => sampleNormal(random));
    const a = z.map((value) => value + sampleNormal(random));
    const b = z.map((value) => 2 * value + sampleNormal(random));
    const [ab, az, bz] = [pearson(a, b), pearson(a, z), pearson(b, z)];
    const expected = (ab - az * bz) / Math.sqrt((1 - az ** 2) * (1 - bz ** 2));
    expect(partialPearson(a, b, [z])).toBeCloseTo(expected, 12);
  });

  it('does not change when a control is given twice', () => {
    const z = [3, 1, 4, 1, 5, 9, 2, 6];
    const twice = z.map((value) => 2 * value - 1);
    expect(partialPearson(x, y, [z, twice])).toBeCloseTo(partialPearson(x, y, [z]), 12);
  });
});
