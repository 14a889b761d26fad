import { describe, expect, test } from 'vitest';
import { startOfDayIn } from '../../../server/src/clv/start-of-day';
import { customerParser } from '../../../server/src/crm/rows/customer';
import { orderParser } from '../../../server/src/crm/rows/order';

const now = Date.parse('2026-03-15T12:00:00Z');
const rules = { currency: 'EUR', rates: { JPY: 0.006 }, timezone: 'Europe/Rome', now: () => now };
const order = orderParser(rules);
const customer = customerParser(rules);

const good = {
  order_id: '1',
  customer_id: 'C1',
  ordered_at: '2026-01-31T09:30:00+01:00',
  amount: '1234.5',
  currency: 'EUR',
};

describe('an order', () => {
  test('is read from text and from numbers alike', () => {
    const read = {
      order_id: '1',
      customer_id: 'C1',
      ordered_at: Date.parse('2026-01-31T08:30:00Z'),
      amount: 123_450,
      currency: 'EUR',
    };
    expect(order(good)).toEqual({ row: read });
    expect(order({ ...good, order_id: 1, amount: 1234.5 })).toEqual({ row: read });
    expect(order({ ...good, unknown: 'column', currency: ' eur ' })).toEqual({ row: read });
  });

  test('tells when its deal was created, where the CRM knows', () => {
    const created = { ...good, deal_created_at: '2026-01-10' };
    expect(order(created)).toMatchObject({
      row: { deal_created_at: Date.parse('2026-01-09T23:00:00Z') },
    });
    expect(order({ ...good, deal_created_at: '' })).toMatchObject({ row: { deal_created_at: null } });
    expect(order({ ...good, deal_created_at: 'soon' })).toMatchObject({
      field: 'deal_created_at',
      reason: 'deal_created_at is not a date: "soon"; write it like 2026-01-31 or 2026-01-31T09:30:00Z',
    });
  });

  test('is a refund when its amount is negative, in the decimals of its currency', () => {
    expect(order({ ...good, amount: '-3000', currency: 'JPY' })).toMatchObject({ row: { amount: -3000 } });
  });

  test.each([
    ['', undefined],
    [undefined, undefined],
    ['Refunded', 'refunded'],
    ['canceled', 'cancelled'],
  ])('of status %j', (status, expected) => {
    const parsed = order({ ...good, status });
    expect('row' in parsed && parsed.row.status).toBe(status === '' ? 'paid' : expected);
  });

  test.each<[string, unknown, string]>([
    ['order_id', '', 'order_id is empty; give every order an id of its own'],
    ['order_id', 'x'.repeat(192), `order_id is longer than 191 characters: "${'x'.repeat(40)}…"; shorten it`],
    ['order_id', 'a\u0000b', 'order_id holds a control character; remove it'],
    ['order_id', '\ud800', 'order_id holds a control character; remove it'],
    ['channel', 'caf\ufffd', 'channel is not in UTF-8: "caf\ufffd"; save the file as "CSV UTF-8"'],
    ['customer_id', ' ', 'customer_id is empty; say whose order it is'],
    ['customer_id', { id: 1 }, 'customer_id is neither text nor a number'],
    ['ordered_at', null, 'ordered_at is empty; write it like 2026-01-31 or 2026-01-31T09:30:00Z'],
    [
      'ordered_at',
      '31/01/2026',
      'ordered_at is not a date: "31/01/2026"; write it like 2026-01-31 or 2026-01-31T09:30:00Z',
    ],
    ['ordered_at', '2026-02-30', 'ordered_at is a date or time that does not exist: "2026-02-30"'],
    ['ordered_at', '1969-12-31', 'ordered_at is before 1970: "1969-12-31"; correct the year'],
    ['ordered_at', '2026-03-18', 'ordered_at is in the future: "2026-03-18"; correct the date'],
    [
      'amount',
      '1.234,50',
      'amount is not a number: "1.234,50"; write it like 1234.50, with a point and without thousands separators',
    ],
    ['amount', '1.005', 'amount has 3 decimals, but EUR has 2: "1.005"'],
    [
      'amount',
      '99999999999999999',
      'amount is too large: "99999999999999999"; no amount may be beyond 100000000000 EUR',
    ],
    [
      'cost',
      '-',
      'cost is not a number: "-"; write it like 1234.50, with a point and without thousands separators',
    ],
    ['currency', '', 'currency is empty; write it like EUR'],
    ['currency', 'euro', 'currency is not a currency code: "euro"; write it like EUR'],
    [
      'currency',
      'USD',
      'currency is USD, but reports are in EUR and no rate is set; add what 1 USD is worth in EUR under clv.config.value.rates.USD',
    ],
    ['channel', 'x'.repeat(65), `channel is longer than 64 characters: "${'x'.repeat(40)}…"; shorten it`],
    [
      'status',
      'pending',
      'status is none of paid, refunded and cancelled: "pending"; leave it empty for a paid order',
    ],
  ])('with a bad %s (%j) is rejected', (field, value, reason) => {
    expect(order({ ...good, [field]: value })).toEqual({ field, reason });
  });

  test('with several faults names them all', () => {
    expect(order({ ...good, order_id: '', amount: '', status: 'odd' })).toEqual({
      field: 'order_id',
      reason:
        'order_id is empty; give every order an id of its own; amount is empty; write it like 1234.50; ' +
        'status is none of paid, refunded and cancelled: "odd"; leave it empty for a paid order',
    });
  });

  test('is not judged by its amounts when its currency cannot be used', () => {
    expect(order({ ...good, currency: 'KWD', amount: '1.234' })).toMatchObject({ field: 'currency' });
  });

  test('loses the apostrophe that guards a cell in a spreadsheet', () => {
    expect(order({ ...good, amount: "'-12.50", order_id: "'=1" })).toMatchObject({
      row: { amount: -1250, order_id: '=1' },
    });
  });
});

describe('a customer', () => {
  test('needs no more than an id', () => {
    expect(customer({ customer_id: 'C1' })).toEqual({ row: { customer_id: 'C1' } });
  });

  test('has costs in the currency of the row', () => {
    const row = { customer_id: 'C1', acquisition_cost: '1500', service_cost_per_month: '5', currency: 'JPY' };
    expect(customer(row)).toMatchObject({ row: { acquisition_cost: 1500, service_cost_per_month: 5 } });
    expect(customer({ ...row, currency: '' })).toMatchObject({ row: { acquisition_cost: 150_000 } });
  });

  test.each<[string, unknown, string]>([
    ['customer_id', undefined, 'customer_id is empty; give every customer an id of its own'],
    ['email', 'ada at example.com', 'email is not an email address; correct it or leave it empty'],
    [
      'acquired_at',
      '2026',
      'acquired_at is not a date: "2026"; write it like 2026-01-31 or 2026-01-31T09:30:00Z',
    ],
    ['acquisition_cost', '-5', 'acquisition_cost is negative: "-5"; write costs as positive amounts'],
    [
      'service_cost_per_month',
      'free',
      'service_cost_per_month is not a number: "free"; write it like 1234.50, with a point and without thousands separators',
    ],
  ])('with a bad %s (%j) is rejected', (field, value, reason) => {
    expect(customer({ customer_id: 'C1', [field]: value })).toEqual({ field, reason });
  });
});

describe('a day begins', () => {
  test.each([
    ['Europe/Rome', '2026-01-31', '2026-01-30T23:00:00Z'],
    ['Europe/Rome', '2026-07-01', '2026-06-30T22:00:00Z'],
    // The days on which the clock changes begin before it does.
    ['Europe/Rome', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Rome', '2026-10-25', '2026-10-24T22:00:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00Z'],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00Z'],
    // No midnight: the clock went from 24:00 straight to 1:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    // Midnight came twice: the first one.
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00Z'],
    ['UTC', '1970-01-01', '1970-01-01T00:00:00Z'],
  ])('in %s on %s', (timezone, day, expected) => {
    expect(new Date(startOfDayIn(timezone)(day)).toISOString()).toBe(new Date(expected).toISOString());
  });
});
