import { describe, expect, it } from 'vitest';
import {
  type ContentTouch,
  isCustomer,
  isProspect,
  outcomeBetween,
  Past,
  type PersonRecord,
  prospectFeatures,
  purchaseFeatures,
  ReadingFeatures,
} from '../../../../server/src/clv/models/content';
import { learnVocabulary, READERS_NEEDED } from '../../../../server/src/clv/models/content/vocabulary';

const DAY = 86_400_000;
const CUT = 100 * DAY;
const guide = { id: 'guide', type: 'article', topics: ['care'] };
const paper = { id: 'paper', type: 'white-paper', topics: ['care', 'safety'] };

const touch = (day: number, more: Partial<ContentTouch> = {}): ContentTouch => ({
  item: guide,
  at: day * DAY,
  kind: 'read',
  seconds: 60,
  depth: 50,
  channel: 'ads',
  ...more,
});
const record: PersonRecord = {
  touches: [touch(60), touch(20, { item: paper, kind: 'download' }), touch(90)],
  orders: [
    { at: 80 * DAY, value: 30 },
    { at: 40 * DAY, value: 10 },
  ],
};
const later: PersonRecord = {
  touches: [touch(100), touch(101, { item: paper }), touch(500)],
  orders: [
    { at: CUT, value: 1000 },
    { at: 150 * DAY, value: -400 },
    { at: 170 * DAY, value: 5 },
  ],
};
const together: PersonRecord = {
  touches: [...later.touches, ...record.touches],
  orders: [...later.orders, ...record.orders],
};
const vocabulary = learnVocabulary(Array.from({ length: READERS_NEEDED }, () => Past.of(record, CUT)));
const reading = new ReadingFeatures(vocabulary);

it('does not hold what became known later, by a sign-in that came afterwards', () => {
  const [first, ...rest] = record.touches;
  const signedInLater = [{ ...first!, knownAt: CUT }, ...rest.map((one) => ({ ...one, knownAt: CUT - 1 }))];
  const past = Past.of({ ...record, touches: signedInLater }, CUT);
  expect(past.touches).toEqual(
    Past.of({ ...record, touches: rest }, CUT).touches.map((one) => ({ ...one, knownAt: CUT - 1 })),
  );
  expect(Past.of({ ...record, touches: signedInLater }, CUT + 1).touches).toHaveLength(record.touches.length);
});

/** A person's features by their keys. */
function featuresOf(past: Past): Record<string, number> {
  return Object.fromEntries(reading.of(past).map(([column, value]) => [reading.columns[column]!.key, value]));
}

describe('the past of a person', () => {
  it('is the same whatever comes at the cut or after it', () => {
    expect(Past.of(together, CUT)).toEqual(Past.of(record, CUT));
    const [before, both] = [Past.of(record, CUT), Past.of(together, CUT)];
    expect(reading.of(both)).toEqual(reading.of(before));
    expect(purchaseFeatures(both, 20, 1)).toEqual(purchaseFeatures(before, 20, 1));
    expect(prospectFeatures(both, vocabulary)).toEqual(prospectFeatures(before, vocabulary));
    const pasts = Array.from({ length: READERS_NEEDED }, () => both);
    expect(learnVocabulary(pasts)).toEqual(vocabulary);
  });

  it('is what features see, and only that', () => {
    expect(featuresOf(Past.of(together, 95 * DAY))).not.toEqual(featuresOf(Past.of(record, CUT)));
    const { touches, ...orders } = together;
    expect(reading.of(Past.of({ ...orders, touches: [] }, CUT))).toEqual([]);
    expect(touches).toHaveLength(6);
  });

  it('tells customers from prospects', () => {
    const prospect = { touches: record.touches, orders: later.orders };
    expect([isCustomer(Past.of(record, CUT)), isProspect(Past.of(record, CUT))]).toEqual([true, false]);
    expect([isCustomer(Past.of(prospect, CUT)), isProspect(Past.of(prospect, CUT))]).toEqual([false, true]);
    const refunded = { touches: record.touches, orders: [{ at: DAY, value: -5 }] };
    expect(isProspect(Past.of(refunded, CUT))).toBe(true);
    expect(isProspect(Past.of({ touches: [], orders: [] }, CUT))).toBe(false);
  });

  it.each([
    ['brought nothing', { at: DAY, value: 0 }],
    ['lost money', { at: DAY, value: -5, refund: false }],
  ])('calls a customer whoever ordered, though the order %s', (_, order) => {
    const past = Past.of({ touches: record.touches, orders: [order] }, CUT);
    expect([isCustomer(past), isProspect(past)]).toEqual([true, false]);
    const [, orders, , sinceLastOrder] = purchaseFeatures(past, null, 1).map(([, value]) => value);
    expect(orders).toBe(Math.log1p(1));
    expect(sinceLastOrder).toBeCloseTo(Math.log1p(99), 12);
    expect(featuresOf(past)).toMatchObject({ touchesSinceLastOrder: Math.log1p(3), readBeforeFirstOrder: 0 });
    expect(outcomeBetween({ touches: [], orders: [order] }, 0, CUT)).toEqual({ orders: 1, value: 0 });
  });
});

describe('an outcome', () => {
  it('counts from the cut, included, to the end, excluded, with refunds taken off', () => {
    expect(outcomeBetween(together, CUT, 170 * DAY)).toEqual({ orders: 1, value: 600 });
    expect(outcomeBetween(together, CUT, 171 * DAY)).toEqual({ orders: 2, value: 605 });
    expect(outcomeBetween(record, CUT, 171 * DAY)).toEqual({ orders: 0, value: 0 });
  });

  it('is never below nothing', () => {
    expect(outcomeBetween(together, 140 * DAY, 160 * DAY)).toEqual({ orders: 0, value: 0 });
  });
});

describe('features of reading', () => {
  it('say how much, how lately, what kind, which topics and what came first', () => {
    const features = featuresOf(Past.of(record, CUT));
    expect(features).toMatchObject({
      reader: 1,
      touches: Math.log1p(3),
      distinctItems: Math.log1p(2),
      activeDays: Math.log1p(3),
      minutes: Math.log1p(3),
      reads: Math.log1p(2),
      downloads: Math.log1p(1),
      depth: 0.5,
      sinceLastTouch: Math.log1p(10),
      sinceFirstTouch: Math.log1p(80),
      touchesLastMonth: Math.log1p(1),
      touchesSinceLastOrder: Math.log1p(1),
      readBeforeFirstOrder: 1,
      downloadBeforeFirstOrder: 1,
      readingBeforeFirstOrder: Math.log1p(20),
      'type:article': Math.log1p(1),
      'topic:care': Math.log1p(2),
      'topic:safety': Math.log1p(1),
      'topicShare:care': 0.5,
      'item:guide': 1,
      'item:paper': 1,
      'firstType:white-paper': 1,
      'firstTopic:safety': 1,
    });
    expect(features['firstType:article']).toBeUndefined();
  });

  it('pass over what too few people read', () => {
    const few = learnVocabulary(Array.from({ length: READERS_NEEDED - 1 }, () => Past.of(record, CUT)));
    expect(few).toEqual({ types: [], topics: [], items: [], channels: [] });
    expect(new ReadingFeatures(few).of(Past.of(record, CUT)).length).toBeGreaterThan(10);
  });

  it('hold at most 150 of many items, the most read', () => {
    const pasts = Array.from({ length: 2 * READERS_NEEDED }, (_, person) => {
      const items = Array.from({ length: person < READERS_NEEDED ? 2000 : 100 }, (_, i) => `item-${i}`);
      return Past.of(
        { orders: [], touches: items.map((id, i) => touch(i / 100, { item: { ...guide, id } })) },
        CUT,
      );
    });
    const { items } = learnVocabulary(pasts);
    expect(items).toHaveLength(150);
    expect(items.slice(0, 100).every((id) => Number(id.slice(5)) < 100)).toBe(true);
  });
});
