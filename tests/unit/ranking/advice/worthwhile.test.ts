import { describe, expect, it } from 'vitest';
import { pooled, worthwhileGroups } from '../../../../server/src/ranking/models/advice/worthwhile';
import { type AdviceWorldOptions, drawAdviceWorld, worthwhileIn } from '../../../support/advice-simulation';

const adviceOf = (options: AdviceWorldOptions) => {
  const world = drawAdviceWorld(options);
  return { good: world.good, worthwhile: worthwhileIn(world) };
};
const like = (...items: number[]) => ({ dimension: 'topic', value: items.join(), items });
const pieces = (...excesses: number[]) => excesses.map((excess) => ({ excess, standardError: 0.1 }));

describe('what to write more of', () => {
  it('pools pieces that agree by their precision, with the interval of Student', () => {
    // Weights 100, 100, 25 around 0.3: variance 1 / 225, and 4.302653 is the 97.5 % point at 2 degrees of freedom.
    const { excess, pValue } = pooled([
      { excess: 0.3, standardError: 0.1 },
      { excess: 0.3, standardError: 0.1 },
      { excess: 0.3, standardError: 0.2 },
    ]);
    expect(excess.value).toBeCloseTo(0.3, 12);
    expect(excess.high - excess.value).toBeCloseTo(4.302653 / 15, 6);
    // P(|T| ≥ 4.5) at 2 degrees of freedom is 1 − 4.5 / √(4.5² + 2).
    expect(pValue).toBeCloseTo(1 - 4.5 / Math.sqrt(4.5 ** 2 + 2), 12);
  });

  it('needs three pieces that can be compared', () => {
    const strong = pieces(1, 1, 1);
    expect(worthwhileGroups([like(0, 1, 2)], strong, 0.1)).toMatchObject({
      asked: 1,
      found: [{ items: [0, 1, 2] }],
    });
    expect(worthwhileGroups([like(0, 1)], strong, 0.1)).toEqual({ asked: 0, found: [] });
    expect(worthwhileGroups([like(0, 1, 2)], [strong[0], undefined, strong[2]], 0.1).asked).toBe(0);
  });

  it('does not take one great piece among ordinary ones for a topic', () => {
    expect(worthwhileGroups([like(0, 1, 2, 3)], pieces(2, 0, 0.1, -0.1), 0.1).found).toEqual([]);
    expect(worthwhileGroups([like(0, 1, 2, 3)], pieces(0.5, 0.6, 0.4, 0.5), 0.1).found).toHaveLength(1);
  });

  it('recommends nothing that is below typical, and asks for more where it asks about more groups', () => {
    expect(worthwhileGroups([like(0, 1, 2)], pieces(-1, -1, -1), 0.1).found).toEqual([]);
    // Alone its q-value is its p-value of 0.027; among twenty it is twenty times as much.
    const agreeing = pieces(0.35, 0.35, 0.35);
    const [alone] = worthwhileGroups([like(0, 1, 2)], agreeing, 0.1).found;
    const noise = Array.from({ length: 19 }, (_, i) => like(3 + 3 * i, 4 + 3 * i, 5 + 3 * i));
    const all = [...agreeing, ...noise.flatMap(() => pieces(0.01, -0.01, 0))];
    const among = worthwhileGroups([like(0, 1, 2), ...noise], all, 1).found.find(
      ({ group }) => group.items[0] === 0,
    );
    expect(among!.qValue).toBeCloseTo(20 * alone!.qValue, 9);
    expect(worthwhileGroups([like(0, 1, 2), ...noise], all, 0.1).found).toEqual([]);
  });

  it('finds the topic that raises value, and hardly any other', () => {
    const worlds = [1, 2, 3, 4, 5].map((seed) => adviceOf({ seed, trueTopic: true }));
    let others = 0;
    for (const { good, worthwhile } of worlds) {
      const topics = worthwhile.found.filter(({ group }) => group.dimension === 'topic');
      const [best] = topics;
      expect(best!.group.value).toBe(good);
      expect(best!.excess.low).toBeGreaterThan(0);
      others += topics.length - 1;
    }
    // Of 25 that raise nothing, a tenth of all findings may be one.
    expect(others).toBeLessThanOrEqual(1);
  });

  it('recommends nothing in nine of ten worlds where no topic does', () => {
    const found = Array.from({ length: 20 }, (_, i) => adviceOf({ seed: 100 + i })).filter(
      ({ worthwhile }) => worthwhile.found.length > 0,
    );
    expect(found.length).toBeLessThanOrEqual(2);
  });
});
