import { describe, expect, it } from 'vitest';
import { logValue } from '../../support/effect-sums';
import { type OtherOptions, otherWorld } from '../../support/other-world';
import { differenceOfMeans } from './difference-of-means';
import { joinedTable } from './direct';

const base: OtherOptions = { seed: 3, persons: 2000, contents: 20, engagement: 'gamma', effect: 'spend' };
const VARIANTS: Partial<OtherOptions>[] = [
  { effect: 'spend' },
  { effect: 'spend', engagement: 'fans' },
  { effect: 'purchase', odds: -2.5 },
  { effect: 'purchase', odds: -4, engagement: 'fans' },
];

function tableOf(world: ReturnType<typeof otherWorld>) {
  const { history, division } = world;
  const { values, exposed } = joinedTable(history, division === 'first-order' ? division : division.at);
  return { values, logs: values.map(logValue), exposed };
}

describe('a world of another make', () => {
  it('is drawn again the same from its seed, and otherwise from another', () => {
    const world = otherWorld(base);
    expect(otherWorld(base)).toEqual(world);
    expect(otherWorld({ ...base, seed: 4 }).history).not.toEqual(world.history);
  });

  it.each(VARIANTS)('has nobody read what is not out, and customers who differ widely: %j', (variant) => {
    const { history, publishedAt, channels } = otherWorld({ ...base, ...variant });
    expect(history.touches.filter(({ content, at }) => at < publishedAt[content]!)).toEqual([]);
    expect(new Set(channels).size).toBe(3);
    expect(history.orders.some(({ value, refund }) => refund && value < 0)).toBe(true);
    const touches = new Float64Array(history.persons);
    for (const { person } of history.touches) touches[person]!++;
    const sorted = touches.sort();
    expect(sorted.at(-1)!).toBeGreaterThan(10 * (1 + sorted[history.persons >> 1]!));
  });

  it('has mostly values of zero where people buy seldom', () => {
    const zeros = (odds: number) => {
      const { values } = tableOf(otherWorld({ ...base, effect: 'purchase', odds }));
      return values.filter((value) => value === 0).length / values.length;
    };
    expect(zeros(-3)).toBeGreaterThan(0.7);
    expect(zeros(-5)).toBeGreaterThan(0.9);
  });

  it.each(['spend', 'purchase'] as const)(
    'tells by how much a %s effect raises log(1 + value) where nothing is hidden',
    (effect) => {
      const single = { ...base, persons: 8000, effect, odds: -1.5, hidden: 0, trueShare: 0.05 };
      const world = otherWorld(single);
      const { logs, exposed } = tableOf(world);
      const content = world.isTrue.indexOf(true);
      const found = differenceOfMeans(logs, exposed[content]!);
      expect(world.truth.effects[content]!).toBeGreaterThan(5 * found.standardError);
      expect(Math.abs(found.difference - world.truth.effects[content]!)).toBeLessThan(
        4 * found.standardError,
      );
      expect(world.truth.effects.filter((value) => value !== 0)).toHaveLength(1);
    },
  );

  it.each(VARIANTS)('makes readers of anything look valuable when nothing is: %j', (variant) => {
    const world = otherWorld({ ...base, ...variant, persons: 5000, trueShare: 0 });
    const { logs, exposed } = tableOf(world);
    const higher = exposed.filter((marks) => {
      const { difference, standardError } = differenceOfMeans(logs, marks);
      return difference > 2 * standardError;
    });
    // By chance it would be one of forty; bots that read all and buy nothing hide some.
    expect(higher.length).toBeGreaterThan(5);
    expect(world.truth.excesses).toEqual(new Array(20).fill(0));
  });

  it('may let a topic that people like go with value, so that its items only seem to raise it', () => {
    const liked = otherWorld({ ...base, hidden: 0, trueShare: 0, liking: 0.6 });
    const furthest = (world: typeof liked) => {
      const { logs, exposed } = tableOf(world);
      const differences = exposed.map((marks) => differenceOfMeans(logs, marks));
      return Math.max(...differences.map(({ difference, standardError }) => difference / standardError));
    };
    expect(liked.isTrue).not.toContain(true);
    expect(furthest(liked)).toBeGreaterThan(5);
    expect(furthest(otherWorld({ ...base, hidden: 0, trueShare: 0 }))).toBeLessThan(4);
  });
});
