import { describe, expect, test } from 'vitest';
import {
  expectedExcesses,
  expectedInTier,
} from '../../../../server/src/activation/models/recommend/expected-excess';
import { type KnownItem, modelOf } from '../../../../server/src/activation/models/recommend/model-of';
import { typicalOfTopics } from '../../../../server/src/activation/models/recommend/typical-of-topics';
import { adaptiveShrinkage } from '../../../../server/src/stats/adaptive-shrinkage';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('adaptive shrinkage', () => {
  const random = seededRandom(2);
  const truth = Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 0.5 + 0.1 * sampleNormal(random) : 0));
  const estimates = truth.map((value) => ({ value: value + 0.1 * sampleNormal(random), standardError: 0.1 }));
  const error = (guesses: number[]) => mean(guesses.map((guess, i) => (guess - truth[i]!) ** 2));

  test('is nearer to the truth than the estimates are, and than one normal distribution for all', () => {
    const shrunken = adaptiveShrinkage(estimates);
    const between = mean(estimates.map(({ value }) => value ** 2)) - 0.01;
    const byOneNormal = estimates.map(({ value }) => (value * between) / (between + 0.01));
    expect(error(shrunken)).toBeLessThan(0.7 * error(byOneNormal));
    expect(error(byOneNormal)).toBeLessThan(error(estimates.map(({ value }) => value)));
  });

  test('leaves large values nearly as they are, and takes small ones for nothing', () => {
    const shrunken = adaptiveShrinkage(estimates);
    for (const [i, { value }] of estimates.entries()) {
      if (value > 0.6) expect(shrunken[i]!).toBeGreaterThan(0.9 * value);
      if (Math.abs(value) < 0.1) expect(Math.abs(shrunken[i]!)).toBeLessThan(0.5 * Math.abs(value) + 1e-9);
    }
  });

  test('is nothing where chance explains everything, and of nothing', () => {
    const noise = Array.from({ length: 200 }, () => ({ value: sampleNormal(random), standardError: 1 }));
    for (const value of adaptiveShrinkage(noise)) expect(Math.abs(value)).toBeLessThan(0.5);
    expect(adaptiveShrinkage([{ value: 0.1, standardError: 1 }])).toEqual([0]);
    expect(adaptiveShrinkage([])).toEqual([]);
  });

  test('does not mind an estimate that nothing could have brought about', () => {
    const [value] = adaptiveShrinkage([{ value: 1e6, standardError: 1e-3 }]);
    expect(value).toBeCloseTo(1e6, -1);
  });
});

describe('what is expected of an item', () => {
  const measured = (excess: number | null, verdict = 'associated', topics: string[] = []) => ({
    excess,
    verdict,
    topics,
    standardError: excess === null ? null : 0.1,
  });
  const ordinary = Array.from({ length: 30 }, (_, i) =>
    measured(0.02 * ((i % 7) - 3), 'not distinguishable'),
  );

  test('keeps its order, lies between nothing and what was measured, and is nothing where nothing is known', () => {
    const expected = expectedExcesses(
      [
        measured(0.6),
        measured(0.3),
        measured(null, 'not enough data'),
        measured(0.9, 'support-like'),
        ...ordinary,
      ],
      0,
    );
    expect(expected[0]!).toBeGreaterThan(expected[1]!);
    expect(expected[0]!).toBeGreaterThan(0.5);
    expect(expected[0]!).toBeLessThan(0.6);
    expect(expected.slice(2, 4)).toEqual([0, 0]);
  });

  test('is less where ordinary items differ by what may be left over', () => {
    const items = [
      { ...measured(0.6), standardError: 0.26 },
      ...ordinary.map((item) => ({ ...item, standardError: 0.26 })),
    ];
    const [whole] = expectedExcesses(items, 0.24);
    const [own] = expectedExcesses([measured(0.6), ...ordinary], 0);
    expect(whole!).toBeGreaterThan(0.2);
    expect(whole!).toBeLessThan(own!);
  });

  test('leaves out what all items of a topic share, and keeps what one has beyond them', () => {
    const liked = Array.from({ length: 8 }, (_, i) =>
      measured(i === 0 ? 0.9 : 0.4 + 0.01 * i, 'associated', ['care']),
    );
    const others = ['pricing', 'trends', 'safety'].flatMap((topic) =>
      Array.from({ length: 8 }, (_, i) => measured(0.01 * (i - 4), 'not distinguishable', [topic])),
    );
    const expected = expectedExcesses([...liked, ...others], 0);
    expect(expected[0]!).toBeGreaterThan(0.3);
    expect(expected[0]!).toBeLessThan(0.6);
    for (const value of expected.slice(1)) expect(Math.abs(value)).toBeLessThan(0.1);
  });

  test('nothing is typical of a topic with few items', () => {
    const about = (topic: string, many: number, value: number) =>
      Array.from({ length: many }, () => ({ topics: [topic], value, standardError: 0.1 }));
    const typical = typicalOfTopics([
      ...about('few', 4, 1),
      ...about('care', 9, 0.5),
      ...about('trends', 9, 0),
    ]);
    expect([...typical.keys()]).toEqual(['care', 'trends']);
    expect(typical.get('care')!).toBeGreaterThan(0.3);
    expect(typical.get('care')!).toBeLessThan(0.5);
  });

  test('of a tier is drawn towards what is expected of all, whose differences are larger', () => {
    const inTier = (excess: number, error: number) => ({
      verdict: 'associated',
      excess,
      excessLow: excess - 1.96 * error,
      excessHigh: excess + 1.96 * error,
    });
    const overall = [0.6, 0.4, 0.2, 0, 0, 0.3];
    const halved = overall.map((value) => inTier(value / 2, 0.05));
    for (const [i, value] of expectedInTier(overall, halved).entries())
      expect(value).toBeCloseTo(overall[i]!, 9);
    const oneMore = [...halved.slice(0, 5), inTier(0.9, 0.05)];
    const [, , , , , more] = expectedInTier(overall, oneMore);
    expect(more!).toBeGreaterThan(0.5);
    expect(expectedInTier(overall, [inTier(0.5, 0.1)])).toEqual(new Array(1).fill(undefined));
  });
});

describe('a model', () => {
  const item = (contentId: number, more: Partial<KnownItem> = {}): KnownItem => ({
    contentId,
    key: `k${contentId}`,
    kind: 'article',
    locale: '',
    title: 'Piece',
    topics: [],
    publishedAt: 0,
    ...more,
  });
  const head = { jobId: 'run', madeAt: 1, landmark: 'all', persons: 5 };

  test('knows items read together by their place, and leaves out those that are gone', () => {
    const together: [number, number][] = [
      [9, 0.5],
      [77, 0.4],
    ];
    const readership = { reach: 0.2, recent: 0.1, together, channels: { ads: 0.1 } };
    const { items } = modelOf([item(9), item(4, { readership })], head, 0);
    expect(items[1]).toMatchObject({ reach: 0.2, recent: 0.1, together: [[0, 0.5]], channels: { ads: 0.1 } });
  });

  test('holds an item of which no ranking knows anything', () => {
    const { items, ...rest } = modelOf([item(9)], head, 0);
    expect(rest).toEqual(head);
    expect(items[0]).toMatchObject({
      excess: 0,
      byTier: {},
      rho: null,
      reach: 0,
      together: [],
      channels: {},
    });
  });
});
