import { describe, expect, test } from 'vitest';
import { converter, roundHalfEven } from '../../../server/src/clv/convert';
import { historicalValue } from '../../../server/src/clv/historical-value';
import { monthsIn } from '../../../server/src/clv/months';

const at = (day: string) => Date.parse(day);
const nothing = { revenue: 0, cost: 0, service: 0, acquisition: 0 };

describe('historical value', () => {
  const convert = converter({ currency: 'EUR', rates: { USD: 0.92, JPY: 0.0061, KWD: 3 } });

  test('is revenue less cost, service and acquisition', () => {
    const sums = [{ currency: 'EUR', revenue: 10_000, cost: 4_000, service: 1_500, acquisition: 500 }];
    expect(historicalValue(sums, convert)).toEqual({
      revenue: 10_000,
      cost: 4_000,
      service: 1_500,
      acquisition: 500,
      margin: 6_000,
      clv: 4_000,
    });
  });

  test('adds up to the cent over currencies with 0, 2 and 3 decimals', () => {
    const sums = [
      { ...nothing, currency: 'USD', revenue: 1_001, cost: 333 },
      { ...nothing, currency: 'JPY', revenue: 5_000 },
      { ...nothing, currency: 'KWD', acquisition: 1_005 },
    ];
    // 10.01 USD = 9.2092 EUR; 3.33 USD = 3.0636; 5,000 JPY = 30.50; 1.005 KWD = 3.015, a tie of 301.5 cents
    expect(historicalValue(sums, convert)).toEqual({
      revenue: 921 + 3_050,
      cost: 306,
      service: 0,
      acquisition: 302,
      margin: 3_665,
      clv: 3_363,
    });
  });

  test('a currency without a rate names the setting to add', () => {
    const sums = [{ ...nothing, currency: 'CHF', revenue: 1 }];
    expect(() => historicalValue(sums, convert)).toThrow(
      'There is no rate for CHF. Add what 1 CHF is worth in EUR under clv.config.value.rates.CHF.',
    );
  });

  test('a person with costs alone is worth less than nothing', () => {
    const sums = [{ ...nothing, currency: 'EUR', service: 0.5, acquisition: 700 }];
    expect(historicalValue(sums, convert)).toMatchObject({ revenue: 0, service: 0, clv: -700 });
  });
});

describe('rounding', () => {
  test('ties go to the even number, on both sides of zero', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.500001, 7].map(roundHalfEven)).toEqual([
      0, 2, 2, 0, -2, -2, 3, 7,
    ]);
  });

  test('a rate is taken as it is written, not as a binary fraction', () => {
    const convert = converter({ currency: 'EUR', rates: { USD: 0.1, GBP: 1e-7, SEK: 1.005 } });
    expect([1_005, 1_015, 1_025, -1_005, -1_015].map((amount) => convert(amount, 'USD'))).toEqual([
      100, 102, 102, -100, -102,
    ]);
    expect(convert(25_000_000, 'GBP')).toBe(2);
    expect(convert(100, 'SEK')).toBe(100);
    expect(convert(300, 'SEK')).toBe(302);
  });
});

describe('service months', () => {
  const months = monthsIn('Europe/Rome');

  test.each([
    ['2026-01-15', '2026-03-01', 1 + 14 / 28],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-03-01', 1 + 1 / 28],
    ['2026-03-10', '2026-03-10', 0],
    ['2026-03-10', '2026-03-25', 15 / 31],
    ['2024-02-29', '2025-02-28', 12],
    ['2025-12-31', '2026-01-30', 30 / 31],
    ['2020-05-05', '2026-05-05', 72],
    ['2026-05-05', '2020-05-05', 0],
  ])('from %s to %s', (from, to, expected) => {
    expect(months(at(`${from}T12:00:00Z`), at(`${to}T12:00:01Z`))).toBeCloseTo(expected, 12);
  });

  test('days are those of the time zone', () => {
    // 23:30 UTC on 31 January is already 1 February in Rome.
    expect(months(at('2026-01-31T23:30:00Z'), at('2026-03-01T12:00:00Z'))).toBe(1);
    expect(monthsIn('UTC')(at('2026-01-31T23:30:00Z'), at('2026-03-01T12:00:00Z'))).toBeCloseTo(
      1 + 1 / 28,
      12,
    );
  });
});
