import { describe, expect, test } from 'vitest';
import { POLICIES, serve } from '../../../support/recommend-serving';
import { type RecommendWorldOptions, recommendWorld } from '../../../support/recommend-world';

const SMALL: RecommendWorldOptions = {
  seed: 7,
  customers: 600,
  contents: 30,
  confounding: 0.5,
  reading: 1,
  trueShare: 0.2,
  channelsTell: 0.5,
  readWorth: 0,
  likingWorth: 0,
  visitors: 80,
};

describe('the world that recommendations are tried in', () => {
  test('is the same for the same seed, and so is what becomes of its people', () => {
    const [one, other] = [recommendWorld(SMALL), recommendWorld(SMALL)];
    expect(other.model).toEqual(one.model);
    expect(serve(other, 'random')).toEqual(serve(one, 'random'));
  });

  test('where reading is worth nothing, all policies come to the same', () => {
    const world = recommendWorld({ ...SMALL, trueShare: 0 });
    const values = POLICIES.map((policy) => serve(world, policy).value);
    expect(new Set(values).size).toBe(1);
    expect(values[0]).toBeGreaterThan(0);
  });

  test('where items raise value, who knows the truth does better than chance', () => {
    const world = recommendWorld(SMALL);
    expect(serve(world, 'oracle').value).toBeGreaterThan(serve(world, 'random').value);
  });

  test('of what comes out now nobody has read anything, and the model knows it all the same', () => {
    const { model, visitors } = recommendWorld(SMALL);
    const fresh = model.items.filter(({ reach }) => reach === 0).map(({ contentId }) => contentId);
    expect(fresh).toHaveLength(3);
    for (const { read } of visitors) for (const contentId of fresh) expect(read.has(contentId)).toBe(false);
    expect(visitors.filter(({ read }) => read.size === 0).length).toBeGreaterThanOrEqual(40);
  });
});
