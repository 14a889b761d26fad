import { describe, expect, test } from 'vitest';
import { converter } from '../../../server/src/clv/convert';
import { configSchema } from '../../../server/src/config';
import { markovOf, shapleyOf } from '../../../server/src/ranking/attribution/data-models';
import { itemsByLast, JourneyPaths, withOthers } from '../../../server/src/ranking/attribution/journey-paths';
import { creditByOrderModels, OrderSums } from '../../../server/src/ranking/attribution/order-models';
import { type BookedOrder, netOf, settle } from '../../../server/src/ranking/attribution/refunds';
import { attributionSettings, DAY } from '../../../server/src/ranking/attribution/settings';
import { ORDER_MODELS, type Touch } from '../../../server/src/ranking/models/attribution';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const convert = converter({ currency: 'EUR', rates: { USD: 0.92, JPY: 0.0061 } });
const settings = { lookBack: 30 * DAY, window: 365 * DAY, halfLifeDays: 7, markovOrder: 1 };

const order = (
  orderId: string,
  at: number,
  amount: number,
  more: Partial<BookedOrder> = {},
): BookedOrder => ({
  orderId,
  customerId: 'c',
  at,
  amount,
  currency: 'EUR',
  dealCreatedAt: null,
  ...more,
});

describe('refunds', () => {
  const booked = (orders: BookedOrder[]) => {
    const { orders: settled, unmatched } = settle(orders, convert);
    return { net: Object.fromEntries(settled.map((one) => [one.order.orderId, netOf(one)])), unmatched };
  };

  test('take back the latest order before them of which that much is left', () => {
    expect(booked([order('a', 1, 1000), order('b', 2, 400), order('r', 3, -500)])).toEqual({
      net: { a: 500, b: 400 },
      unmatched: 0,
    });
    expect(
      booked([order('a', 1, 1000), order('b', 2, 400), order('r', 3, -400), order('s', 4, -400)]).net,
    ).toEqual({ a: 600, b: 0 });
  });

  test('count against no content when no order is known that they can take back', () => {
    expect(booked([order('r', 1, -300), order('a', 2, 1000)])).toEqual({ net: { a: 1000 }, unmatched: -300 });
    expect(booked([order('a', 1, 100), order('r', 2, -300)])).toEqual({ net: { a: 100 }, unmatched: -300 });
    const dollars = order('r', 2, -50, { currency: 'USD' });
    expect(booked([order('a', 1, 100), dollars])).toEqual({ net: { a: 100 }, unmatched: -46 });
    expect(booked([order('a', 1, 100), order('r', 2, -50, { customerId: 'd' })]).net).toEqual({ a: 100 });
  });

  test('stay where they are when more is ordered and given back', () => {
    const before = booked([order('a', 1, 1000), order('r', 2, -700)]);
    const after = booked([order('a', 1, 1000), order('r', 2, -700), order('b', 3, 900), order('s', 4, -300)]);
    expect(after.net.a).toBe(300);
    expect(before.net.a).toBe(300);
    expect(after.net.b).toBe(600);
  });
});

describe('the credit of one order', () => {
  const touches: Touch[] = [
    { content: 1, at: 10 * DAY, kind: 'view' },
    { content: 2, at: 12 * DAY, kind: 'read' },
    { content: 1, at: 20 * DAY, kind: 'view' },
    { content: 3, at: 25 * DAY, kind: 'view' },
  ];
  const creditsOf = (orders: BookedOrder[], known: Touch[] = touches, identifiedAt: number | null = null) =>
    creditByOrderModels(settle(orders, convert).orders[0]!, known, identifiedAt, settings);

  test('is taken back by a refund from whom it went to', () => {
    for (const refund of [-999, -1, -333]) {
      const credits = creditsOf([order('a', 30 * DAY, 999), order('r', 40 * DAY, refund)]);
      for (const model of ORDER_MODELS) {
        const sum = credits[model].reduce((all, { amount }) => all + amount, 0);
        expect(sum, model).toBe(999 + refund);
        if (refund === -999) expect(credits[model].every(({ amount }) => amount === 0)).toBe(true);
      }
    }
  });

  test('is not moved by touches at the order or after it, nor by milestones that come later', () => {
    const before = creditsOf([order('a', 30 * DAY, 12_345)]);
    const later: Touch[] = [
      { content: 9, at: 30 * DAY, kind: 'download' },
      { content: 1, at: 31 * DAY },
    ];
    const deal = order('a', 30 * DAY, 12_345, { dealCreatedAt: 31 * DAY });
    expect(creditsOf([deal], [...touches, ...later], 33 * DAY)).toEqual(before);
  });

  test('goes by the milestones on the way', () => {
    const deal = order('a', 30 * DAY, 10_000, { dealCreatedAt: 21 * DAY });
    const credits = creditsOf([deal], touches, 13 * DAY);
    expect(Object.fromEntries(credits['w-shape'].map(({ content, amount }) => [content, amount]))).toEqual({
      1: 6_000,
      2: 3_000,
      3: 1_000,
    });
    expect(credits['last-content']).toEqual([{ content: 2, share: 1, amount: 10_000 }]);
  });

  test('sums to the amount for 10,000 random orders and journeys, refunds and all', () => {
    const random = seededRandom(3);
    const below = (n: number) => Math.floor(random() * n);
    const sums = new OrderSums(20, settings);
    let revenue = 0;
    let withContent = 0;
    for (let n = 0; n < 10_000; n++) {
      const at = 100 * DAY + below(200 * DAY);
      const journey = Array.from({ length: below(12) }, () => ({
        content: below(20),
        at: at - 1 - below(29 * DAY),
        kind: (['view', 'read', 'download'] as const)[below(3)]!,
      })).sort((a, b) => a.at - b.at);
      const amount = below(1_000_000);
      const orders = [order('a', at, amount, { dealCreatedAt: below(2) ? at - below(40 * DAY) : null })];
      if (below(5) === 0) orders.push(order('r', at + 1, -below(amount + 1) - 1));
      const { orders: settled, unmatched } = settle(orders, convert);
      sums.addUnmatched(unmatched);
      const identifiedAt = below(2) ? at - below(40 * DAY) : null;
      for (const one of settled) sums.add(one, journey, identifiedAt);
      for (const one of orders) revenue += one.amount;
      if (journey.length > 0) withContent += netOf(settled[0]!);
    }
    expect(sums.revenue).toBe(revenue);
    expect(sums.revenueWithContent).toBe(withContent);
    for (const model of ORDER_MODELS) {
      const { amount, conversions } = sums.byModel[model];
      expect(
        amount.reduce((all, one) => all + one, 0),
        model,
      ).toBe(withContent);
      expect(
        conversions.reduce((all, one) => all + one, 0),
        model,
      ).toBeCloseTo(sums.ordersWithContent, 6);
    }
  });
});

describe('journeys as paths', () => {
  test('have each item once, where it was touched last', () => {
    expect(itemsByLast([5, 3, 5, 7, 3].map((content) => ({ content })))).toEqual([5, 7, 3]);
    const paths = new JourneyPaths();
    paths.addOrder([5, 7, 3], 100);
    paths.addNull(
      [
        { content: 3, at: 9 },
        { content: 5, at: 1 },
        { content: 7, at: 4 },
      ],
      2,
    );
    expect(paths.list()).toEqual([{ items: [5, 7, 3], conversions: 1, value: 100, nulls: 2 }]);
  });

  test('keep conversions, value and nulls when rare items become one', () => {
    const paths = [
      { items: [1, 2, 3], conversions: 4, value: 400, nulls: 1 },
      { items: [4, 1, 5], conversions: 1, value: 50, nulls: 0 },
      { items: [2, 1], conversions: 0, value: 0, nulls: 9 },
    ];
    const limited = withOthers(paths, 2);
    expect(limited).toMatchObject({ items: [1, 2], others: 3 });
    expect(limited.paths).toEqual([
      { items: [0, 1, 2], conversions: 4, value: 400, nulls: 1 },
      { items: [0, 2], conversions: 1, value: 50, nulls: 0 },
      { items: [1, 0], conversions: 0, value: 0, nulls: 9 },
    ]);
    expect(withOthers(paths, 9).others).toBe(0);
  });

  const random = seededRandom(8);
  const world = (items: number) => {
    const paths = new JourneyPaths();
    let revenue = 0;
    let orders = 0;
    for (let n = 0; n < 3_000; n++) {
      const touched = Array.from({ length: 1 + Math.floor(6 * random()) }, (_, at) => ({
        content: Math.floor(items * random() ** 2),
        at,
      }));
      if (random() < 0.3) {
        const value = Math.floor(50_000 * random());
        revenue += value;
        orders += 1;
        paths.addOrder(itemsByLast(touched), value);
      } else {
        const last = new Map(touched.map(({ content, at }) => [content, at]));
        paths.addNull(
          [...last].map(([content, at]) => ({ content, at })),
          1,
        );
      }
    }
    return { paths: paths.list(), revenue, orders };
  };

  for (const items of [8, 40]) {
    test(`give ${items} items the whole revenue by Markov and Shapley, to the minor unit`, () => {
      const { paths, revenue, orders } = world(items);
      const models = [1, 2, 3, 4].map((chain) => markovOf(paths, revenue, items, chain));
      for (const { amount, conversions, others, told } of [...models, shapleyOf(paths, revenue, items)]) {
        expect(amount.reduce((all, one) => all + one, 0) + others.amount).toBe(revenue);
        expect(conversions.reduce((all, one) => all + one, 0) + others.conversions).toBeCloseTo(orders, 6);
        told.forEach((known, item) => {
          if (!known) expect(amount[item]).toBe(0);
        });
      }
      const { note } = shapleyOf(paths, revenue, items);
      expect(note.method).toBe(items === 8 ? 'exact' : 'sampled');
      expect(note.others).toBe(0);
    });
  }

  test('have nothing to give where nobody ordered, or all was given back', () => {
    const paths = new JourneyPaths();
    paths.addNull([{ content: 0, at: 1 }], 1);
    expect(markovOf(paths.list(), 0, 1, 1).amount[0]).toBe(0);
    paths.addOrder([0], 0);
    expect(shapleyOf(paths.list(), 0, 1).amount[0]).toBe(0);
    expect(shapleyOf([], 0, 3).amount).toEqual(new Float64Array(3));
    // What rounding of rates left of refunded orders adds up to nothing, but not to a zero of floating point.
    const cancelled = [
      { items: [0, 3], conversions: 2, value: -1, nulls: 3 },
      { items: [0, 2], conversions: 1, value: 1, nulls: 2 },
    ];
    expect(shapleyOf(cancelled, 0, 4).amount.every((amount) => amount === 0)).toBe(true);
  });
});

describe('the window of orders', () => {
  const of = (attribution: object, retentionDays: number | false) => {
    const { lookBack, window } = attributionSettings(
      configSchema.parse({ attribution, privacy: { retentionDays } }),
    );
    return { lookBack: lookBack / DAY, window: window / DAY };
  };

  test('is as it was set where retention leaves all touches of it', () => {
    expect(of({}, 730)).toEqual({ lookBack: 90, window: 365 });
    expect(of({ lookbackDays: 30, windowDays: 3_650 }, false)).toEqual({ lookBack: 30, window: 3_650 });
  });

  test('ends where retention has deleted touches of the look-back', () => {
    expect(of({}, 400)).toEqual({ lookBack: 90, window: 310 });
    expect(of({}, 100)).toEqual({ lookBack: 50, window: 50 });
    expect(of({ windowDays: 20 }, 100)).toEqual({ lookBack: 80, window: 20 });
    for (const retention of [30, 45, 179, 180, 181, 455])
      for (const lookbackDays of [1, 90, 365]) {
        const { lookBack, window } = of({ lookbackDays }, retention);
        expect(lookBack + window).toBeLessThanOrEqual(retention);
        expect(Math.min(lookBack, window)).toBeGreaterThanOrEqual(1);
      }
  });

  test('refuses settings that make no sense, and says where', () => {
    const wrong = { lookbackDays: 0, windowDays: 1.5, halfLifeDays: -1, markovOrder: 5 };
    const { error } = configSchema.safeParse({ attribution: wrong });
    expect(error!.issues.map(({ path }) => path.join('.'))).toEqual([
      'attribution.lookbackDays',
      'attribution.windowDays',
      'attribution.halfLifeDays',
      'attribution.markovOrder',
    ]);
  });
});
