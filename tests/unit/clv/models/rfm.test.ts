import { describe, expect, test } from 'vitest';
import { dayName, dayNumber, localDaysIn } from '../../../../server/src/clv/models/local-days';
import { orderDays } from '../../../../server/src/clv/models/order-days';
import { type Rfm, rfm } from '../../../../server/src/clv/models/rfm';
import type { TimeUnit } from '../../../../server/src/clv/models/units';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

interface Order {
  customer: number;
  at: string;
  value: number;
}

interface Options {
  timezone?: string;
  until?: string;
  end?: string;
  unit?: TimeUnit;
  customers?: number;
}

/** Histories of orders in cents; amounts below zero are refunds. */
function histories(orders: Order[], options: Options = {}): Rfm {
  const { timezone = 'UTC', until = '2026-03-31', end, unit = 'day', customers = 3 } = options;
  const columns = {
    customer: Int32Array.from(orders, ({ customer }) => customer),
    at: Float64Array.from(orders, ({ at }) => Date.parse(at)),
    value: Float64Array.from(orders, ({ value }) => value),
    refund: Uint8Array.from(orders, ({ value }) => (value < 0 ? 1 : 0)),
  };
  const days = orderDays(columns, { customers, timezone, end: dayNumber(end ?? until) });
  const holdoutEnd = end ? dayNumber(end) : undefined;
  return rfm(days, { unit, until: dayNumber(until), holdoutEnd, minorUnits: 100 });
}

const order = (customer: number, at: string, value = 1000): Order => ({ customer, at, value });

describe('a day', () => {
  const oracle = (timezone: string) => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' });
    return (time: number) => format.format(time);
  };

  test.each([
    'UTC',
    'Europe/Rome',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Apia',
    'America/Havana',
    'Australia/Lord_Howe',
  ])('is that of the calendar in %s, at any moment', (timezone) => {
    const random = seededRandom(5);
    const dayOf = localDaysIn(timezone);
    const calendar = oracle(timezone);
    for (let i = 0; i < 400; i++) {
      const time = Math.floor(Date.UTC(2010, 0, 1) + random() * 15 * 365 * 86_400_000);
      expect(dayName(dayOf(time)), `${time}`).toBe(calendar(time));
    }
  });

  test.each([
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
    ['America/Havana', '2026-11-01T04:30:00Z', '2026-11-01'],
    ['America/Havana', '2026-11-01T05:30:00Z', '2026-11-01'],
    ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03'],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04'],
  ])('is right where the clock of %s jumps over midnight: %s', (timezone, at, day) => {
    expect(dayName(localDaysIn(timezone)(Date.parse(at)))).toBe(day);
  });
});

describe('a history', () => {
  test('counts repeat days, and the time to the last one and to the end', () => {
    const seen = histories([order(0, '2026-01-01'), order(0, '2026-01-15'), order(0, '2026-02-26')], {
      unit: 'week',
    });
    expect([...seen.frequency]).toEqual([2]);
    expect([...seen.recency]).toEqual([8]);
    expect(seen.age[0]).toBeCloseTo(89 / 7, 12);
    expect(seen.logGaps[0]).toBeCloseTo(Math.log(2) + Math.log(6), 12);
  });

  test('takes a month for a twelfth of 365.25 days', () => {
    const seen = histories([order(0, '2025-03-31'), order(0, '2026-03-31')], { unit: 'month' });
    expect(seen.recency[0]).toBeCloseTo(365 / (365.25 / 12), 12);
  });

  test('merges the orders of one day', () => {
    const seen = histories([
      order(0, '2026-01-01T08:00Z', 500),
      order(0, '2026-02-01T08:00Z', 700),
      order(0, '2026-02-01T22:00Z', 800),
    ]);
    expect([...seen.frequency]).toEqual([1]);
    expect([...seen.meanSpend]).toEqual([15]);
  });

  test('counts days in the declared time zone', () => {
    const orders = [
      order(0, '2026-01-01T10:00Z'),
      order(0, '2026-01-01T23:30Z'),
      order(0, '2026-01-02T10:00Z'),
    ];
    expect([...histories(orders).frequency]).toEqual([1]);
    const rome = histories(orders, { timezone: 'Europe/Rome' });
    expect([rome.frequency[0], rome.recency[0]]).toEqual([1, 1]);
    const tokyo = histories(orders, { timezone: 'Asia/Tokyo' });
    expect([tokyo.frequency[0], tokyo.sums.days]).toEqual([1, 2]);
    const honolulu = histories(orders, { timezone: 'Pacific/Honolulu' });
    expect([honolulu.frequency[0], honolulu.recency[0]]).toEqual([1, 1]);
    const line = histories([order(0, '2026-01-01T09:00Z'), order(0, '2026-01-01T11:00Z')], {
      timezone: 'Pacific/Kiritimati',
    });
    expect([...line.frequency]).toEqual([1]);
  });

  test('is the same whatever the order of the rows', () => {
    const random = seededRandom(11);
    const orders = Array.from({ length: 400 }, (_, i) =>
      order(
        Math.floor(random() * 40),
        new Date(Date.UTC(2026, 0, 1) + random() * 120 * 86_400_000).toISOString(),
        i % 9 === 0 ? -Math.floor(random() * 900) - 1 : Math.floor(random() * 5000),
      ),
    );
    const options = { customers: 40, end: '2026-04-30', timezone: 'Europe/Rome' };
    const shuffled = orders
      .map((row) => ({ row, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ row }) => row);
    expect(histories(shuffled, options)).toEqual(histories(orders, options));
  });
});

describe('money', () => {
  test('leaves the first order day out of the spend, and everything in the total', () => {
    const seen = histories([
      order(0, '2026-01-01', 9900),
      order(0, '2026-02-01', 1000),
      order(0, '2026-03-01', 2000),
    ]);
    expect([seen.spendDays[0], seen.meanSpend[0], seen.total[0]]).toEqual([2, 15, 129]);
  });

  test('a refund is no order, and lowers the value of the order day before it', () => {
    const seen = histories([
      order(0, '2026-01-01'),
      order(0, '2026-02-01', 3000),
      order(0, '2026-02-20', -1000),
    ]);
    expect([...seen.frequency]).toEqual([1]);
    expect([...seen.recency]).toEqual([31]);
    expect([seen.meanSpend[0], seen.total[0]]).toEqual([20, 30]);
  });

  test('a refund before any order in the data falls on the first', () => {
    const seen = histories([
      order(0, '2026-01-01', -400),
      order(0, '2026-02-01', 3000),
      order(0, '2026-03-01', 500),
    ]);
    expect([seen.frequency[0], seen.meanSpend[0], seen.total[0]]).toEqual([1, 5, 31]);
    expect(seen.age[0]).toBe(58);
  });

  test('an order of nothing is an order day without spend, and so is one that was refunded in full', () => {
    const seen = histories([
      order(0, '2026-01-01'),
      order(0, '2026-01-11', 0),
      order(0, '2026-01-21', 4000),
      order(0, '2026-01-25', -4000),
      order(0, '2026-01-31', 1500),
    ]);
    expect([seen.frequency[0], seen.spendDays[0], seen.meanSpend[0]]).toEqual([3, 1, 15]);
    expect(seen.sums).toEqual({ days: 4, value: 25, repeatDays: 3, repeatValue: 15 });
  });

  test('who has refunds alone, or no row at all, is no customer', () => {
    const seen = histories([order(0, '2026-01-01', -400), order(1, '2026-01-01')]);
    expect([...seen.customer]).toEqual([1]);
    expect(seen.left).toEqual({ bornLater: 0, refundsOnly: 1 });
  });

  test('a first order alone gives a history without spend', () => {
    const seen = histories([order(2, '2026-03-31')]);
    expect([seen.frequency[0], seen.recency[0], seen.age[0]]).toEqual([0, 0, 0]);
    expect([seen.spendDays[0], seen.meanSpend[0], seen.logGaps[0]]).toEqual([0, 0, 0]);
  });
});

describe('a holdout', () => {
  const orders = [
    order(0, '2026-01-01'),
    order(0, '2026-01-31', 2000),
    order(0, '2026-02-01', 3000),
    order(0, '2026-02-02', -1000),
    order(0, '2026-02-10', 500),
    order(1, '2026-02-01'),
    order(2, '2026-01-15'),
  ];
  const seen = histories(orders, { until: '2026-01-31', end: '2026-02-28', unit: 'week' });

  test('begins on the day after the last day of the observation', () => {
    expect([...seen.customer]).toEqual([0, 2]);
    expect([...seen.frequency]).toEqual([1, 0]);
    expect([...seen.holdout!.orders]).toEqual([2, 0]);
    expect(seen.holdout!.periods).toBe(4);
  });

  test('takes its refunds off its own value, and leaves the observation as it was', () => {
    expect([...seen.holdout!.value]).toEqual([25, 0]);
    expect([...seen.total]).toEqual([30, 10]);
  });

  test('counts who first ordered in it, and leaves them out', () => {
    expect(seen.left).toEqual({ bornLater: 1, refundsOnly: 0 });
    expect(seen.births.reduce((sum, n) => sum + n)).toBe(2);
    expect(seen.repeats.reduce((sum, n) => sum + n)).toBe(3);
  });
});

test('orders after the end are left out and counted', () => {
  const columns = {
    customer: Int32Array.of(0, 0, 1),
    at: Float64Array.of(Date.parse('2026-01-31T23:59Z'), Date.parse('2026-02-01'), Date.parse('2206-01-01')),
    value: Float64Array.of(100, 100, 100),
    refund: new Uint8Array(3),
  };
  const days = orderDays(columns, { customers: 2, timezone: 'UTC', end: dayNumber('2026-01-31') });
  expect(days.afterEnd).toBe(2);
  expect([...days.start]).toEqual([0, 1, 1]);
});

test('nobody at all gives empty columns', () => {
  const seen = histories([], { end: '2026-04-30' });
  expect(seen.customer.length).toBe(0);
  expect(seen.holdout!.orders.length).toBe(0);
  expect(seen.left).toEqual({ bornLater: 0, refundsOnly: 0 });
});
