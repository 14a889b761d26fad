import { describe, expect, test } from 'vitest';
import {
  columnsOf,
  mapped,
  propertiesOf,
  usually,
} from '../../../../server/src/crm/connectors/shared/columns';
import { costFromMargin, withCost } from '../../../../server/src/crm/connectors/shared/cost';
import { claimable, timeOf } from '../../../../server/src/crm/connectors/shared/cursor';
import { decimalOf, textOf } from '../../../../server/src/crm/connectors/shared/decimal';
import { singleFlight } from '../../../../server/src/crm/connectors/shared/single-flight';
import { splitEqually } from '../../../../server/src/crm/connectors/shared/split';

describe('columns', () => {
  const usual = usually('orders', { amount: 'value', ordered_at: 'won_at' });

  test('a mapping goes before what is usual, and null takes a column out', () => {
    const columns = columnsOf('orders', usual, {
      orders: { amount: 'net', ordered_at: null, cost: 'spent' },
    });
    expect(columns).toMatchObject({ amount: 'net', ordered_at: null, cost: 'spent', channel: null });
    expect(propertiesOf(columns, columns)).toEqual(['net', 'spent']);
    const record: Record<string, string> = { net: '1.50', spent: '1' };
    expect(mapped(record, columns, (from, property) => from[property])).toEqual({
      amount: '1.50',
      cost: '1',
    });
  });

  test('a column that there is none of is refused by its name', () => {
    expect(() => columnsOf('orders', usual, { orders: { amuont: 'net' } })).toThrow(/amuont/);
  });
});

describe('costs by margin', () => {
  test('the amount less the margin, exactly', () => {
    expect(costFromMargin('0.30', '0.1', undefined, 'EUR')).toBe('0.20');
    expect(costFromMargin(19.99, '-0.01', undefined, 'EUR')).toBe('20.00');
    expect(costFromMargin('9007199254740993.01', '0.01', undefined, 'EUR')).toBe('9007199254740993.00');
  });

  test('by percent, rounded to the smallest unit of the currency', () => {
    expect(costFromMargin('10.01', undefined, '33.3', 'EUR')).toBe('6.68');
    expect(costFromMargin('1001', undefined, '50', 'JPY')).toBe('500');
    expect(costFromMargin('1003', undefined, '50', 'JPY')).toBe('502');
  });

  test('what is no number is handed on, and what is not known clears the cost', () => {
    expect(costFromMargin('10', 'much', undefined, 'EUR')).toBe('much');
    expect(costFromMargin('10', null, undefined, 'EUR')).toBeNull();
    expect(costFromMargin('x', '5', undefined, 'EUR')).toBeNull();
  });

  test('a cost that is told goes before the margin, and no other column is lost', () => {
    expect(withCost({ amount: '10', cost: '4', margin: '1', currency: 'EUR' })).toEqual({
      amount: '10',
      cost: '4',
      currency: 'EUR',
    });
    expect(withCost({ amount: '10', cost: null, margin: '1' })).toEqual({ amount: '10', cost: '9' });
    expect(withCost({ amount: '10' })).toEqual({ amount: '10' });
  });
});

describe('splitting', () => {
  test('parts are as equal as can be and add up to the cent', () => {
    expect(splitEqually('100.00', 3, 'EUR')).toEqual(['33.34', '33.33', '33.33']);
    expect(splitEqually('-0.05', 2, 'EUR')).toEqual(['-0.03', '-0.02']);
    expect(splitEqually(1000, 3, 'JPY')).toEqual(['334', '333', '333']);
    for (const parts of [1, 2, 7, 13]) {
      const cents = splitEqually('1234567.89', parts, 'EUR').map((part) => decimalOf(part)!.units);
      expect(cents.reduce((sum, part) => sum + part, 0n)).toBe(123456789n);
    }
  });

  test('what cannot be divided stands as it is', () => {
    expect(splitEqually(null, 2, 'EUR')).toEqual([null, null]);
    expect(splitEqually('a lot', 2, 'EUR')).toEqual(['a lot', 'a lot']);
    expect(splitEqually('0.005', 2, 'EUR')).toEqual(['0.005', '0.005']);
  });

  test('a decimal is read and written without loss', () => {
    for (const text of ['0', '-0.05', '12345678901234567890.123', '1500']) {
      expect(textOf(decimalOf(text)!)).toBe(text);
    }
    for (const text of ['', '.', '1e3', '1,5', null]) expect(decimalOf(text)).toBeNull();
  });
});

describe('places and time', () => {
  test('what was changed just now is never claimed to be seen', () => {
    expect(claimable(1_000_000, 1_000_500, 600)).toBe(999_900);
    expect(claimable(1_000, 1_000_000, 600)).toBe(1_000);
    expect(claimable(1_000, null, 600)).toBe(400);
    expect(timeOf({ headers: { date: 'Sun, 22 Nov 2026 07:00:00 GMT' } })).toBe(Date.UTC(2026, 10, 22, 7));
    expect(timeOf({ headers: {} })).toBeNull();
  });

  test('work under way is shared, and done again later', async () => {
    let times = 0;
    const renew = singleFlight(async () => ++times);
    expect(await Promise.all([renew(), renew()])).toEqual([1, 1]);
    expect(await renew()).toBe(2);
  });
});
