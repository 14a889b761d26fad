import { describe, expect, test } from 'vitest';
import { converter } from '../../../../server/src/clv/convert';
import { apportion, apportionBy } from '../../../../server/src/clv/kpis/apportion';
import { economicsByLine, exchangeOf, orderParts } from '../../../../server/src/clv/kpis/customer-economics';
import { type MarketingCost, marketing, type NewCustomer } from '../../../../server/src/clv/kpis/marketing';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { OPTIONS, order } from './people';

describe('dividing cents', () => {
  test('gives the largest remainders what is left', () => {
    expect(apportionBy(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(apportionBy(-100, [1, 1, 1])).toEqual([-33, -33, -34]);
    expect(apportionBy(7, [0, 0])).toEqual([7, 0]);
    expect(apportion(10, [3.4, 3.3, 3.3])).toEqual([4, 3, 3]);
    expect(apportion(0, [0.5, -0.5])).toEqual([1, -1]);
    expect(apportionBy(5, [])).toEqual([]);
  });

  test('loses none and moves no part by a whole cent', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 500; round++) {
      const exact = Array.from({ length: 1 + Math.floor(random() * 20) }, () => (random() - 0.3) * 1e4);
      const total = Math.round(exact.reduce((sum, part) => sum + part, 0));
      const parts = apportion(total, exact);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      for (const [i, part] of parts.entries()) expect(Math.abs(part - exact[i]!)).toBeLessThan(1);
    }
  });
});

describe('one person’s orders', () => {
  const exchange = exchangeOf(OPTIONS, converter(OPTIONS));
  const monthOf = (time: number) => new Date(time).getUTCMonth();

  test('by month and product line sum to what the person brought, rounded once', () => {
    // 3 × 0.05 USD are 0.137055 EUR: 14 cents in all, where 5 cents each would make 15.
    const orders = [1, 2, 3].map((month) =>
      order('a', `2025-0${month}-10`, 5, { currency: 'USD', productLine: 'beans' }),
    );
    const parts = orderParts(orders, monthOf, exchange);
    expect(parts.map(({ revenue }) => revenue).sort()).toEqual([4, 5, 5]);
    expect(parts.map(({ month, orders: n }) => [month, n])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
  });

  test('that are taken back in full leave nothing, in whatever currency', () => {
    const orders = [
      order('a', '2025-01-10', 3_333, { currency: 'USD', productLine: 'beans' }),
      order('a', '2025-02-10', -3_333, { currency: 'USD', productLine: 'courses' }),
    ];
    const parts = orderParts(orders, monthOf, exchange);
    expect(parts.map(({ revenue, orders: n }) => [revenue, n])).toEqual([
      [3045, 1],
      [-3045, 0],
    ]);
  });

  test('divide service and acquisition by what each line brought, and say when none did', () => {
    const part = { month: 0, cost: 0, orders: 1 };
    const lines = economicsByLine(
      [
        { ...part, productLine: 'beans', revenue: 200 },
        { ...part, productLine: 'courses', revenue: 100 },
        { ...part, productLine: 'gone', revenue: -50 },
      ],
      { revenue: 250, cost: 0, service: 10, acquisition: 100 },
      7,
    );
    expect(
      lines.map(({ productLine, service, acquisition, predicted }) => [
        productLine,
        service,
        acquisition,
        predicted,
      ]),
    ).toEqual([
      ['beans', 7, 67, 5],
      ['courses', 3, 33, 2],
      ['gone', 0, 0, 0],
    ]);
    const none = economicsByLine(
      [{ ...part, productLine: 'gone', revenue: -50 }],
      { revenue: -50, cost: 0, service: 0, acquisition: 9 },
      0,
    );
    expect(none).toMatchObject([
      { productLine: '', acquisition: 9, revenue: 0 },
      { productLine: 'gone', acquisition: 0 },
    ]);
  });
});

describe('marketing', () => {
  const cost = (more: Partial<MarketingCost>): MarketingCost => ({
    month: 1,
    channel: 'search',
    productLine: '',
    segment: '',
    amount: 100,
    ...more,
  });
  const one = (more: Partial<NewCustomer>): NewCustomer => ({
    month: 1,
    channel: 'search',
    productLine: '',
    segment: '',
    acquisition: null,
    groups: ['search'],
    ...more,
  });
  const run = (costs: MarketingCost[], people: NewCustomer[]) =>
    marketing(costs, people, 4, 1, ({ channel }) => [channel]);

  test('divides a month’s cost of a channel over its new customers, cents and all', () => {
    const people = ['a', 'b', 'c'].map((group) => one({ groups: [group] }));
    const report = run([cost({})], people);
    expect([...report.groups[0]!].map(([group, { marketing: spent }]) => [group, spent])).toEqual([
      ['a', 34],
      ['b', 33],
      ['c', 33],
    ]);
    expect(report.total).toEqual({ marketing: 100, newCustomers: 3, known: true });
  });

  test('charges a cost for one segment to that segment alone', () => {
    const people = [one({ segment: 'smb', groups: ['smb'] }), one({ segment: 'office', groups: ['office'] })];
    const report = run([cost({ segment: 'smb' })], people);
    expect(report.groups[0]!.get('smb')).toMatchObject({ marketing: 100, newCustomers: 1 });
    expect(report.groups[0]!.get('office')).toEqual({ marketing: 0, newCustomers: 1, known: false });
  });

  test('takes the customers’ own where the costs do not name their month and channel, and only within the costs’ months', () => {
    const people = [
      one({ acquisition: 999 }),
      one({ channel: 'fair', acquisition: 40, groups: ['fair'] }),
      one({ month: 3, channel: 'fair', acquisition: 70, groups: ['fair'] }),
    ];
    const report = run([cost({}), cost({ month: 2 })], people);
    expect(report).toMatchObject({ window: { from: 1, to: 2 }, source: 'both' });
    expect(run([cost({})], [one({})]).source).toBe('costs');
    expect([run([], people).source, run([], [one({})]).source]).toEqual(['records', null]);
    expect(report.total).toEqual({ marketing: 240, newCustomers: 2, known: true });
    expect(report.groups[0]!.get('fair')).toEqual({ marketing: 40, newCustomers: 1, known: true });
    expect(run([], people).total).toEqual({ marketing: 1_109, newCustomers: 3, known: true });
  });
});
