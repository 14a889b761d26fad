import { describe, expect, it } from 'vitest';
import {
  creditOrder,
  creditPaths,
  inMinorUnits,
  type Journey,
  ORDER_MODELS,
  type Touch,
  totalInMinorUnits,
} from '../../../../server/src/ranking/models/attribution';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { randomPaths, sum } from './random-paths';

const DAY = 86_400_000;
const ORDER_AT = 100 * DAY;
const KINDS = ['view', 'read', 'download', undefined] as const;

/** Touches of items 0, 1, 2 …, one a day, the last a day before an order. */
function journey(items: number, order: Partial<Journey['order']> = {}, milestones = {}): Journey {
  const touches = Array.from({ length: items }, (_, content) => ({
    content,
    at: ORDER_AT - (items - content) * DAY,
  }));
  return { touches, order: { at: ORDER_AT, amount: 100_00, ...order }, milestones };
}

/** When the touch of an item was in `journey(items)`. */
const dayOf = (item: number, items: number) => ORDER_AT - (items - item) * DAY;

function amounts(credits: ReturnType<typeof creditOrder>): Record<number, number> {
  return Object.fromEntries(credits.map(({ content, amount }) => [content, amount]));
}

/** Journeys as they may come: repeated items, touches at one moment and after the order, any milestone or none. */
function randomJourney(random: () => number, amount: number): Journey {
  const below = (n: number) => Math.floor(n * random());
  const time = () => below(110) * DAY;
  const touches = Array.from({ length: 1 + below(12) }, () => ({
    content: below(6),
    at: time(),
    kind: KINDS[below(4)],
  }));
  const milestone = () => [undefined, null, time()][below(3)];
  return {
    touches,
    order: { at: ORDER_AT, amount },
    milestones: { identifiedAt: milestone(), dealCreatedAt: milestone() },
  };
}

const AMOUNTS = [0, 1, 2, 3, 7, 100, 12_345, 999_999_999, 1e13, -1, -5, -12_345, -1e13];

describe.each(ORDER_MODELS)('orders by %s', (model) => {
  it('sum to the amount exactly: refunds, nothing, one yen, and very much', () => {
    const random = seededRandom(1);
    for (let n = 0; n < 1500; n++) {
      const amount = AMOUNTS[n % AMOUNTS.length]!;
      const some = randomJourney(random, amount);
      const credits = creditOrder(some, model, { lookBack: n % 2 ? 60 * DAY : undefined });
      const counts = some.touches.some(({ at }) => at < ORDER_AT && (n % 2 === 0 || at >= 40 * DAY));
      expect(credits.length > 0).toBe(counts);
      if (!counts) continue;
      expect(sum(credits.map((credit) => credit.amount))).toBe(amount);
      expect(sum(credits.map(({ share }) => share))).toBeCloseTo(1, 10);
      for (const credit of credits) {
        expect(Number.isInteger(credit.amount)).toBe(true);
        expect(credit.share).toBeGreaterThan(0);
        // Within one unit of the exact share; floating point holds 16 digits of it.
        const exact = amount * credit.share;
        expect(Math.abs(credit.amount - exact)).toBeLessThan(1 + Math.abs(amount) * 1e-14);
      }
    }
  });

  it('do not change by later touches and milestones, nor by how touches are stored', () => {
    const random = seededRandom(2);
    for (let n = 0; n < 300; n++) {
      const some = randomJourney(random, 12_345);
      const credits = creditOrder(some, model);
      const later = { content: 3, at: ORDER_AT + Math.floor(9 * random()) * DAY, kind: 'download' as const };
      const touches = [later, ...some.touches].reverse();
      const { identifiedAt, dealCreatedAt } = some.milestones!;
      const milestones = {
        identifiedAt: identifiedAt ?? ORDER_AT + 1,
        dealCreatedAt: dealCreatedAt ?? ORDER_AT + DAY,
      };
      expect(creditOrder({ ...some, touches, milestones }, model)).toEqual(credits);
    }
  });

  it('are undone by their refunds', () => {
    const random = seededRandom(3);
    for (let n = 0; n < 200; n++) {
      const some = randomJourney(random, 1 + Math.floor(1e5 * random()));
      const refund = { ...some, order: { ...some.order, amount: -some.order.amount } };
      const undone = creditOrder(refund, model).map((credit) => ({ ...credit, amount: -credit.amount || 0 }));
      expect(undone).toEqual(creditOrder(some, model));
    }
  });

  it('credit nobody when nothing was touched before', () => {
    const at = { at: ORDER_AT, amount: 5 };
    expect(creditOrder({ touches: [], order: at }, model)).toEqual([]);
    expect(creditOrder({ touches: [{ content: 1, at: ORDER_AT }], order: at }, model)).toEqual([]);
    const early = { touches: [{ content: 1, at: ORDER_AT - 10 }], order: at };
    expect(creditOrder(early, model, { lookBack: 9 })).toEqual([]);
    expect(creditOrder(early, model, { lookBack: 10 })).toEqual([{ content: 1, share: 1, amount: 5 }]);
  });

  it.each<[string, Journey, string]>([
    ['half a cent', journey(1, { amount: 0.5 }), "the order's amount must be a whole number of minor units"],
    ['no time', journey(1, { at: Number.NaN }), "the order's time must be a number, not NaN"],
    ['half an item', { ...journey(1), touches: [{ content: 0.5, at: 1 }] }, 'touch 0: the content must be'],
    ['a timeless touch', { ...journey(1), touches: [{ content: 0, at: Number.NaN }] }, 'touch 0: its time'],
    [
      'a timeless milestone',
      journey(1, {}, { identifiedAt: Number.NaN }),
      'the milestone identifiedAt must be',
    ],
  ])('refuse %s', (_, bad, message) => {
    expect(() => creditOrder(bad, model)).toThrow(message);
  });
});

describe('the odd cent', () => {
  it('goes to the earlier of equal shares', () => {
    expect(amounts(creditOrder(journey(3), 'linear'))).toEqual({ 0: 3334, 1: 3333, 2: 3333 });
    expect(amounts(creditOrder(journey(3, { amount: 1 }), 'linear'))).toEqual({ 0: 1, 1: 0, 2: 0 });
  });
});

describe('last-content', () => {
  const at = (day: number) => ORDER_AT - day * DAY;
  const touches: Touch[] = [
    { content: 0, at: at(5), kind: 'download' },
    { content: 1, at: at(4), kind: 'read' },
    { content: 2, at: at(3), kind: 'view' },
    { content: 3, at: at(2) },
  ];
  const order = { at: ORDER_AT, amount: 9 };

  it('credits the last read or download', () => {
    expect(amounts(creditOrder({ touches, order }, 'last-content'))).toEqual({ 1: 9 });
  });

  it('credits the last touch of what is told to be content', () => {
    const isContent = ({ content }: Touch) => content === 0 || content === 2;
    expect(amounts(creditOrder({ touches, order }, 'last-content', { isContent }))).toEqual({ 2: 9 });
  });

  it('credits the last touch when none is content', () => {
    const views = touches.slice(2);
    expect(amounts(creditOrder({ touches: views, order }, 'last-content'))).toEqual({ 3: 9 });
  });
});

describe('w-shape', () => {
  const by = (items: number, lead?: number | null, deal?: number | null) => {
    const milestones = {
      identifiedAt: typeof lead === 'number' ? dayOf(lead, items) : lead,
      dealCreatedAt: typeof deal === 'number' ? dayOf(deal, items) : deal,
    };
    return amounts(creditOrder(journey(items, {}, milestones), 'w-shape'));
  };

  it('gives 30 % to each milestone and 10 % to the rest', () => {
    expect(by(6, 2, 4)).toEqual({ 0: 3000, 1: 334, 2: 3000, 3: 333, 4: 3000, 5: 333 });
  });

  it('spreads the middle over the milestones when nothing is in the middle', () => {
    expect(by(3, 1, 2)).toEqual({ 0: 3334, 1: 3333, 2: 3333 });
  });

  it('adds up the shares of a touch that led to several', () => {
    expect(by(2, 0, 0)).toEqual({ 0: 9000, 1: 1000 });
    expect(by(1, 0, 0)).toEqual({ 0: 10_000 });
  });

  it('shares what a missing milestone would have had among those that are known', () => {
    expect(by(3, 1)).toEqual({ 0: 4286, 1: 4286, 2: 1428 });
    expect(by(3, null, 1)).toEqual({ 0: 4286, 1: 4286, 2: 1428 });
    expect(by(3)).toEqual({ 0: 7500, 1: 1250, 2: 1250 });
  });

  it('has no touch for a milestone that came before all of them', () => {
    const before = { identifiedAt: 0, dealCreatedAt: dayOf(1, 3) };
    expect(amounts(creditOrder(journey(3, {}, before), 'w-shape'))).toEqual({ 0: 4286, 1: 4286, 2: 1428 });
  });

  it('counts a milestone that was reached by the order itself, and none after it', () => {
    const lead = (at: number) => amounts(creditOrder(journey(3, {}, { identifiedAt: at }), 'w-shape'));
    expect(lead(ORDER_AT)).toEqual({ 0: 4286, 1: 1428, 2: 4286 });
    expect(lead(ORDER_AT + 1)).toEqual(by(3));
  });

  it('takes the last touch at or before a milestone', () => {
    const between = { identifiedAt: dayOf(1, 4) + DAY / 2, dealCreatedAt: dayOf(2, 4) };
    expect(amounts(creditOrder(journey(4, {}, between), 'w-shape'))).toEqual({
      0: 3000,
      1: 3000,
      2: 3000,
      3: 1000,
    });
  });
});

describe('full-path', () => {
  const by = (items: number, lead?: number, deal?: number) => {
    const milestones = {
      identifiedAt: lead === undefined ? null : dayOf(lead, items),
      dealCreatedAt: deal === undefined ? null : dayOf(deal, items),
    };
    return amounts(creditOrder(journey(items, {}, milestones), 'full-path'));
  };

  it('gives 22.5 % to each milestone, the last touch too, and 10 % to the rest', () => {
    expect(by(6, 1, 3)).toEqual({ 0: 2250, 1: 2250, 2: 500, 3: 2250, 4: 500, 5: 2250 });
  });

  it('is first and last, and the middle, without milestones', () => {
    expect(by(3)).toEqual({ 0: 4091, 1: 1818, 2: 4091 });
    expect(by(2)).toEqual({ 0: 5000, 1: 5000 });
    expect(by(1)).toEqual({ 0: 10_000 });
  });

  it('spreads the middle over the milestones when nothing is in the middle', () => {
    expect(by(4, 1, 2)).toEqual({ 0: 2500, 1: 2500, 2: 2500, 3: 2500 });
  });
});

describe('the total of many orders', () => {
  it.each(['markov', 'shapley'] as const)('is divided to the unit by what %s credits', (model) => {
    for (const seed of [1, 2, 3]) {
      const { value, conversions } = creditPaths(randomPaths(seed, { items: 9, rows: 80 }), model);
      for (const amount of AMOUNTS) {
        for (const credits of [value, conversions]) {
          const parts = totalInMinorUnits(amount, credits);
          expect(sum(parts)).toBe(amount);
          parts.forEach((part, item) => {
            const exact = (amount * credits[item]!) / sum(credits);
            expect(Math.abs(part - exact)).toBeLessThan(1 + Math.abs(amount) * 1e-13);
          });
        }
      }
    }
  });

  it('may have parts below zero', () => {
    expect(totalInMinorUnits(100, [12.5, -3.5])).toEqual([139, -39]);
    expect(totalInMinorUnits(-100, [12.5, -3.5])).toEqual([-139, 39]);
  });

  it.each([
    ['credits of nothing', () => totalInMinorUnits(5, [0, 0]), 'must sum to a number other than 0'],
    ['no credits', () => totalInMinorUnits(5, []), 'must sum to a number other than 0'],
    ['half a cent', () => totalInMinorUnits(0.5, [1]), 'must be a whole number of minor units'],
    ['shares of more than all', () => inMinorUnits(5, [0.9, 0.9]), 'the shares must sum to 1, not 1.8'],
  ])('refuses %s', (_, divide, message) => expect(divide).toThrow(message));
});
