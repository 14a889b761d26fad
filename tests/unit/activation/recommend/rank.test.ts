import { describe, expect, test } from 'vitest';
import {
  type ModelItem,
  ordered,
  type RankOptions,
  type RecommendationModel,
  rank,
  type Taste,
} from '../../../../server/src/activation/models/recommend';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { DAY, modelWith, NOW, tasteOf } from './model';

const recommend = (model: RecommendationModel, taste: Taste, options: Partial<RankOptions> = {}) =>
  rank(model, taste, { strategy: 'recommended', now: NOW, limit: 10, ...options });
const order = (...args: Parameters<typeof recommend>) => recommend(...args).map(({ index }) => index);

const TOPICS = ['pricing', 'care', 'trends', 'safety'];

/** A catalogue of everything that may be, and somebody in it. */
function drawn(seed: number, many = 60): { model: RecommendationModel; taste: Taste } {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const items = Array.from(
    { length: many },
    (): Partial<ModelItem> => ({
      kind: ['article', 'white-paper'][below(2)]!,
      topics: TOPICS.filter(() => random() < 0.3),
      publishedAt: random() < 0.1 ? null : NOW - below(100) * DAY,
      reach: random() < 0.1 ? 0 : random() ** 2 / 2,
      recent: random() / 4,
      excess: random() < 0.7 ? 0 : random() - 0.4,
      byTier: random() < 0.5 ? { gold: random() - 0.4 } : {},
      rho: random() < 0.1 ? null : random() - 0.5,
      channels: { ads: random() - 0.5, fair: 0 },
      together: Array.from({ length: below(6) }, () => [below(many), random()] as [number, number]),
    }),
  );
  const read = Array.from({ length: below(8) }, () => below(many));
  return {
    model: modelWith(items),
    taste: tasteOf(read, {
      tier: ['gold', null][below(2)]!,
      channel: ['ads', 'unheard of', null][below(3)]!,
    }),
  };
}

describe('items recommended', () => {
  test('the order without reasons is the order with them', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { model, taste } = drawn(seed);
      for (const strategy of ['recommended', 'popular', 'newest', 'plain'] as const) {
        const options = { strategy, now: NOW, limit: 50, withRead: true };
        const plain = ordered(model, taste, options).map(({ index, score }) => [index, score]);
        expect(plain).toEqual(rank(model, taste, options).map(({ index, score }) => [index, score]));
      }
    }
  });

  test('the score by hand: likely to be read, times what goes with reading it', () => {
    const model = modelWith([{ excess: Math.log(1.1), reach: 0.1 }, { reach: 0.1 }]);
    const [first, second] = recommend(model, tasteOf());
    // e^excess − 1 = 0.1, beside 0.05 of an ordinary item: three times as much.
    expect(first).toMatchObject({ index: 0, reason: { kind: 'value', tier: null } });
    expect(first!.score).toBeCloseTo(3, 6);
    expect(second!.score).toBeCloseTo(1, 6);
  });

  test('half of the logarithm of reach speaks for an item', () => {
    const model = modelWith([{ reach: 0.02 }, { reach: 0.18 }]);
    const scores = recommend(model, tasteOf()).map(({ score }) => score);
    // (180 + 3)/(20 + 3), both having been lent 30 readers of the mean item's reach of 0.1.
    expect(scores[0]! / scores[1]!).toBeCloseTo(Math.sqrt(183 / 23), 6);
  });

  test('what was read does not come back, unless it is asked for, and then it comes late', () => {
    const model = modelWith([{ excess: 0.3 }, {}, {}]);
    expect(order(model, tasteOf([0]))).toEqual([1, 2]);
    expect(order(model, tasteOf([1]), { withRead: true })).toEqual([0, 2, 1]);
    for (let seed = 1; seed <= 20; seed++) {
      const { model: any, taste } = drawn(seed);
      for (const strategy of ['recommended', 'popular', 'newest', 'plain'] as const)
        for (const { index } of recommend(any, taste, { strategy, limit: 1_000 }))
          expect(taste.read.has(any.items[index]!.contentId)).toBe(false);
    }
  });

  test('only those asked for, as many as asked for, each once', () => {
    const { model, taste } = drawn(3);
    const found = order(model, taste, { indexes: [5, 9, 14, 30], limit: 3, withRead: true });
    expect(found).toHaveLength(3);
    expect(new Set(found).size).toBe(3);
    for (const index of found) expect([5, 9, 14, 30]).toContain(index);
    expect(new Set(order(model, taste, { limit: 1_000, withRead: true })).size).toBe(60);
    expect(order(model, taste, { indexes: [] })).toEqual([]);
    expect(order(modelWith([]), tasteOf([4]))).toEqual([]);
  });

  test('the same question has the same answer, however items are numbered', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { model, taste } = drawn(seed);
      const many = model.items.length;
      const turned: RecommendationModel = {
        ...model,
        items: model.items
          .map((item) => ({
            ...item,
            together: item.together.map(([other, lift]) => [many - 1 - other, lift] as [number, number]),
          }))
          .reverse(),
      };
      for (const strategy of ['recommended', 'popular', 'newest', 'plain'] as const) {
        const keys = (of: RecommendationModel, by: Taste) =>
          recommend(of, by, { strategy, limit: 40 }).map(({ index }) => of.items[index]!.key);
        expect(keys(turned, { ...taste, read: new Map([...taste.read].reverse()) })).toEqual(
          keys(model, taste),
        );
      }
    }
  });

  test('ties go by key', () => {
    expect(order(modelWith([{ key: 'c' }, { key: 'a' }, { key: 'b' }]), tasteOf())).toEqual([1, 2, 0]);
  });

  test('more expected of an item raises its score, and of a tier where it is known', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { model, taste } = drawn(seed);
      const scoreOf = (excess: number) => {
        const items = model.items.map((item, i) => (i === 7 ? { ...item, excess, byTier: {} } : item));
        const found = recommend({ ...model, items }, taste, { limit: 100, withRead: true });
        return found.find(({ index }) => index === 7)!.score;
      };
      const scores = [-0.5, -0.1, 0, 0.1, 0.5].map(scoreOf);
      expect(scores).toEqual(scores.toSorted((a, b) => a - b));
      expect(new Set(scores).size).toBe(5);
    }
    const model = modelWith([{ excess: 0.1 }, { byTier: { gold: 0.4 } }]);
    expect(order(model, tasteOf())).toEqual([0, 1]);
    expect(recommend(model, tasteOf([], { tier: 'gold' }))[0]).toMatchObject({
      index: 1,
      reason: { kind: 'value', tier: 'gold' },
    });
  });

  test('a topic that somebody reads brings its items up, the more the fresher the interest', () => {
    const model = modelWith([
      { topics: ['care'] },
      { topics: ['care'] },
      { topics: ['trends'] },
      { topics: ['trends'] },
      {},
    ]);
    const scores = (taste: Taste) =>
      new Map(recommend(model, taste).map(({ index, score }) => [index, score]));
    const [usual, fresh] = [scores(tasteOf()), scores(tasteOf([0]))];
    expect(fresh.get(1)!).toBeGreaterThan(usual.get(1)!);
    expect(fresh.get(2)!).toBeLessThan(usual.get(2)!);
    const old = scores({ ...tasteOf(), read: new Map([[100, { seconds: 60, lastAt: NOW - 300 * DAY }]]) });
    expect(old.get(1)!).toBeGreaterThan(usual.get(1)!);
    expect(old.get(1)!).toBeLessThan(fresh.get(1)!);
    expect(recommend(model, tasteOf([0]))[0]).toMatchObject({ reason: { kind: 'topic', topic: 'care' } });
  });

  test('what the readers of the same read comes up, with the one that says so', () => {
    const model = modelWith([{ together: [[3, 1.2]] }, {}, {}, {}]);
    expect(recommend(model, tasteOf([0]))[0]).toMatchObject({
      index: 3,
      reason: { kind: 'read-together', index: 0 },
    });
  });

  test('of who comes for the first time the channel tells, and less of who has read much', () => {
    const model = modelWith([{}, { channels: { ads: 0.5 } }, ...Array.from({ length: 6 }, () => ({}))]);
    const [first] = recommend(model, tasteOf([], { channel: 'ads' }));
    expect(first).toMatchObject({ index: 1, reason: { kind: 'channel', channel: 'ads' } });
    const later = recommend(model, tasteOf([2, 3, 4, 5], { channel: 'ads' })).find(
      ({ index }) => index === 1,
    )!;
    expect(later.score).toBeLessThan(first!.score);
    expect(order(model, tasteOf([], { channel: 'constructor' }))).toEqual(order(model, tasteOf()));
  });

  test('the last of five places is for the best new item that few have read, and only one', () => {
    const known = Array.from({ length: 8 }, () => ({ excess: 0.5 }));
    const fresh = { publishedAt: NOW - 3 * DAY, reach: 0 };
    const model = modelWith([...known, fresh, { ...fresh, publishedAt: NOW - 2 * DAY }]);
    const places = order(model, tasteOf(), { limit: 10 }).map((index) => index >= 8);
    expect(places).toEqual([false, false, false, false, true, false, false, false, false, true]);
    expect(recommend(model, tasteOf())[4]).toMatchObject({ index: 9, reason: { kind: 'new' } });
    expect(order(model, tasteOf(), { limit: 2 }).every((index) => index < 8)).toBe(true);
    expect(order(model, tasteOf([8, 9]), { limit: 10, withRead: true }).slice(8)).toEqual([9, 8]);
    const readByMany = modelWith([...known, { ...fresh, reach: 0.5 }]);
    expect(order(readByMany, tasteOf(), { limit: 8 })).not.toContain(8);
  });

  test('a list is not of one topic alone where others are nearly as good', () => {
    const items = Array.from({ length: 12 }, (_, i) => ({
      topics: [i < 6 ? 'care' : 'trends'],
      reach: i < 6 ? 0.12 : 0.1,
    }));
    const topics = order(modelWith(items), tasteOf(), { limit: 4 }).map((i) => items[i]!.topics[0]);
    expect(new Set(topics)).toEqual(new Set(['care', 'trends']));
  });

  test('a reason is always true of the item', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { model, taste } = drawn(seed);
      const readOf = (index: number) => taste.read.has(model.items[index]!.contentId);
      for (const { index, reason } of recommend(model, taste, { limit: 100, withRead: true })) {
        const item = model.items[index]!;
        if (reason.kind === 'topic') {
          expect(item.topics).toContain(reason.topic);
          const ofTopic = (other: ModelItem) => other.topics.includes(reason.topic);
          expect(model.items.some((other, i) => readOf(i) && ofTopic(other))).toBe(true);
        } else if (reason.kind === 'read-together') {
          expect(readOf(reason.index)).toBe(true);
          expect(model.items[reason.index]!.together.map(([other]) => other)).toContain(index);
        } else if (reason.kind === 'value') {
          const excess = reason.tier === null ? item.excess : item.byTier[reason.tier]!;
          expect(excess).toBeGreaterThan(0);
          expect([null, taste.tier]).toContain(reason.tier);
        } else if (reason.kind === 'channel') {
          expect(reason.channel).toBe(taste.channel);
          expect(item.channels[reason.channel]).toBeGreaterThan(0);
        } else if (reason.kind === 'popular') expect(item.reach).toBeGreaterThan(0);
        else expect(item.reach === 0 || NOW - item.publishedAt! < 60 * DAY).toBe(true);
      }
    }
  });
});

describe('orders that are the same for everyone', () => {
  const model = modelWith([
    { reach: 0.1, recent: 0.1, publishedAt: 3, rho: 0.2 },
    { reach: 0.3, recent: 0.1, publishedAt: 1, rho: null },
    { reach: 0, recent: 0, publishedAt: null, rho: -0.1 },
    { reach: 0.1, recent: 0.4, publishedAt: 2, rho: 0.4 },
  ]);

  test('go by reach, by date and by the plain correlation, what is not known last', () => {
    expect(order(model, tasteOf(), { strategy: 'popular' })).toEqual([3, 1, 0, 2]);
    expect(order(model, tasteOf(), { strategy: 'newest' })).toEqual([0, 3, 1, 2]);
    expect(order(model, tasteOf(), { strategy: 'plain' })).toEqual([3, 0, 2, 1]);
  });

  test('say what is true of the item', () => {
    const kinds = (strategy: RankOptions['strategy']) =>
      recommend(model, tasteOf(), { strategy }).map(({ reason }) => reason.kind);
    expect(kinds('popular')).toEqual(['popular', 'popular', 'popular', 'new']);
    expect(kinds('plain')).toEqual(['value', 'value', 'new', 'popular']);
  });
});
