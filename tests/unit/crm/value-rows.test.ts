import { describe, expect, test } from 'vitest';
import { costParser } from '../../../server/src/crm/rows/cost';
import { customerParser } from '../../../server/src/crm/rows/customer';
import { subscriptionParser } from '../../../server/src/crm/rows/subscription';
import { costKey } from '../../../server/src/crm/store/costs';

const now = Date.parse('2026-03-15T12:00:00Z');
const rules = { currency: 'EUR', rates: { JPY: 0.006 }, timezone: 'Europe/Rome', now: () => now };

describe('a cost', () => {
  const cost = costParser(rules);
  const good = { month: '2026-03', channel: 'search', amount: '1200.50', currency: 'eur' };

  test('is read in the decimals of its currency', () => {
    expect(cost(good)).toEqual({
      row: { month: '2026-03', channel: 'search', amount: 120_050, currency: 'EUR' },
    });
    expect(cost({ ...good, amount: 1200, currency: 'JPY', product_line: '', segment: 'smb' })).toEqual({
      row: {
        month: '2026-03',
        channel: 'search',
        amount: 1_200,
        currency: 'JPY',
        product_line: null,
        segment: 'smb',
      },
    });
  });

  test.each([
    ['month', '', 'month is empty; write it like 2026-01'],
    ['month', '2026-13', 'month is not a month: "2026-13"; write it like 2026-01'],
    ['month', '03/2026', 'month is not a month: "03/2026"; write it like 2026-01'],
    ['month', '1969-12', 'month is before 1970: "1969-12"; correct the year'],
    ['month', '2026-04', 'month is in the future: "2026-04"; correct the month'],
    ['channel', '', 'channel is empty; say what the money was spent on'],
    ['amount', '-1', 'amount is negative: "-1"; write costs as positive amounts'],
  ])('with the %s %j says what to do', (field, value, reason) => {
    expect(cost({ ...good, [field]: value })).toEqual({ field, reason });
  });

  test('is told from others by month, channel, product line and segment, whatever these hold', () => {
    const keys = [
      { month: '2026-03', channel: 'a/b' },
      { month: '2026-03', channel: 'a', product_line: 'b' },
      { month: '2026-03', channel: 'a', segment: 'b' },
      { month: '2026-03', channel: 'a', product_line: '/b' },
    ].map(costKey);
    expect(new Set(keys).size).toBe(4);
    expect(costKey({ month: '2026-03', channel: 'a', product_line: '' })).toBe(
      costKey({ month: '2026-03', channel: 'a', product_line: null }),
    );
  });
});

describe('a subscription', () => {
  const subscription = subscriptionParser(rules);
  const good = {
    subscription_id: 'S1',
    customer_id: 'C1',
    started_at: '2026-01-01',
    mrr: '49',
    currency: 'EUR',
  };
  const start = Date.parse('2025-12-31T23:00:00Z');

  test('runs until it says otherwise, and may end in the future', () => {
    expect(subscription(good)).toEqual({
      row: { subscription_id: 'S1', customer_id: 'C1', started_at: start, mrr: 4_900, currency: 'EUR' },
    });
    expect(subscription({ ...good, ended_at: '2027-01-01', billing_months: '12' })).toMatchObject({
      row: { ended_at: Date.parse('2026-12-31T23:00:00Z'), billing_months: 12 },
    });
    expect(subscription({ ...good, ended_at: '', billing_months: '' })).toMatchObject({
      row: { ended_at: null, billing_months: 1 },
    });
  });

  test.each([
    ['subscription_id', '', 'subscription_id is empty; give every subscription an id of its own'],
    ['started_at', '2026-05-01', 'started_at is in the future: "2026-05-01"; correct the date'],
    ['ended_at', '2025-12-01', 'ended_at is before started_at; correct one of them'],
    ['mrr', '-5', 'mrr is negative: "-5"; write recurring revenue as positive amounts'],
    [
      'billing_months',
      '0',
      'billing_months is not a whole number from 1 to 120: "0"; correct it or leave it empty',
    ],
    [
      'billing_months',
      '1.5',
      'billing_months is not a whole number from 1 to 120: "1.5"; correct it or leave it empty',
    ],
  ])('with the %s %j says what to do', (field, value, reason) => {
    expect(subscription({ ...good, [field]: value })).toEqual({ field, reason });
  });
});

describe('what a customer says of the company', () => {
  const customer = customerParser(rules);

  test('is kept as a number', () => {
    const said = { customer_id: 'C1', company: 'Analytical Engines', nps: '0', ces: 5.5 };
    expect(customer(said)).toEqual({ row: { ...said, nps: 0 } });
    expect(customer({ customer_id: 'C1', nps: '', ces: null, company: ' ' })).toEqual({
      row: { customer_id: 'C1', nps: null, ces: null, company: null },
    });
  });

  test.each([
    ['nps', '11', 'nps is not a whole number from 0 to 10: "11"; correct it or leave it empty'],
    ['nps', '-1', 'nps is not a whole number from 0 to 10: "-1"; correct it or leave it empty'],
    ['nps', '9.5', 'nps is not a whole number from 0 to 10: "9.5"; correct it or leave it empty'],
    ['ces', '0.5', 'ces is not a number from 1 to 7: "0.5"; correct it or leave it empty'],
    ['ces', 'NaN', 'ces is not a number from 1 to 7: "NaN"; correct it or leave it empty'],
    ['company', 'x'.repeat(129), `company is longer than 128 characters: "${'x'.repeat(40)}…"; shorten it`],
  ])('with the %s %j says what to do', (field, value, reason) => {
    expect(customer({ customer_id: 'C1', [field]: value })).toEqual({ field, reason });
  });
});
