import { describe, expect, test } from 'vitest';
import {
  costOf,
  draftOf,
  faultsOf,
  lastMonth,
  newDraft,
} from '../../../admin/src/pages/Settings/costs/draft';

const NOW = new Date(2026, 2, 15);
const DRAFT = { ...newDraft('2026-02', 'EUR'), channel: 'search', amount: '12.50' };
const PROBLEM = 'clv.settings.costs.wrong';

describe('the form of a cost', () => {
  test('begins in the month that is over', () => {
    expect(lastMonth(NOW)).toBe('2026-02');
    expect(lastMonth(new Date(2026, 0, 31))).toBe('2025-12');
    expect(lastMonth(new Date(2026, 11, 31))).toBe('2026-11');
  });

  test('takes a point or a comma before the decimals, and sends a point', () => {
    for (const amount of ['12.50', '12,50', ' 12,5 ', '.5', '7.', '0', ' 1000 ']) {
      expect(faultsOf({ ...DRAFT, amount }, NOW), amount).toEqual({});
    }
    expect(costOf({ ...DRAFT, amount: ' 12,5 ', segment: ' ' })).toEqual({
      month: '2026-02',
      channel: 'search',
      amount: '12.5',
      currency: 'EUR',
      product_line: null,
      segment: null,
    });
  });

  test.each([
    [{ amount: '' }, { amount: `${PROBLEM}.amount.empty` }],
    [{ amount: '-3' }, { amount: `${PROBLEM}.amount.negative` }],
    [{ amount: '1.234,50' }, { amount: `${PROBLEM}.amount` }],
    [{ amount: 'about 3' }, { amount: `${PROBLEM}.amount` }],
    [{ amount: '.' }, { amount: `${PROBLEM}.amount` }],
    [{ amount: '1,005' }, { amount: `${PROBLEM}.amount.decimals` }],
    // Thousands with a separator are never taken for something a thousand times less.
    [{ amount: '1,000' }, { amount: `${PROBLEM}.amount.decimals` }],
    [{ amount: '12.500' }, { amount: `${PROBLEM}.amount.decimals` }],
    [{ amount: '25,000', currency: 'JPY' }, { amount: `${PROBLEM}.amount.decimals` }],
    [{ amount: '1,234', currency: 'KWD' }, { amount: `${PROBLEM}.amount` }],
    [{ amount: '1,5', currency: 'JPY' }, { amount: `${PROBLEM}.amount.decimals` }],
    [{ amount: '100000000000.01' }, { amount: `${PROBLEM}.amount.large` }],
    [{ month: '' }, { month: `${PROBLEM}.month` }],
    [{ month: '2026-13' }, { month: `${PROBLEM}.month` }],
    [{ month: '1969-12' }, { month: `${PROBLEM}.month` }],
    [{ month: '2026-04' }, { month: `${PROBLEM}.month.future` }],
    [{ channel: ' ' }, { channel: `${PROBLEM}.channel` }],
  ])('says what is wrong with %j', (changed, faults) => {
    expect(faultsOf({ ...DRAFT, ...changed }, NOW)).toEqual(faults);
  });

  test('shows a stored cost as it is, and sends it so', () => {
    const cost = { month: '2026-03', channel: 'tv', amount: '1.005', currency: 'KWD', product_line: null };
    const stored = { ...cost, segment: 'smb', source: 'csv', updated_at: 0 };
    expect(faultsOf(draftOf(stored), NOW)).toEqual({});
    expect(costOf(draftOf(stored))).toEqual({ ...cost, segment: 'smb' });
  });
});
