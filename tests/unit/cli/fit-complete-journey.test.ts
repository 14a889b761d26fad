import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitFile } from './fit-file';

/*
 * Real data: households of a grocer, the campaigns they were sent (view) and the coupons they redeemed (download). They
 * are not part of this project: without CLV_REFERENCE_DATA this is skipped. The figures stand in docs/content-prediction.md.
 */
const folder = process.env.CLV_REFERENCE_DATA;
const files = folder && path.join(folder, 'complete-journey');
if (!files) {
  console.warn(
    'CLV_REFERENCE_DATA is not set (a folder with complete-journey/orders.csv): content on real data skipped',
  );
}

describe.runIf(files && existsSync(path.join(files, 'orders.csv')))('content on the Complete Journey', () => {
  it('is measured with and without, with intervals, whichever way it falls', async () => {
    const of = (name: string) => [`--${name}`, path.join(files!, `${name}.csv`)];
    const { document } = await fitFile(
      ...of('orders'),
      ...of('touches'),
      ...of('contents'),
      '--model',
      'pareto-nbd',
      '--split',
      '2017-06-30',
    );
    const { customers, prospects } = document.content;
    expect(customers.n).toBe(2212);
    expect(document.customers).toBe(2212);
    for (const [change, sizeOf] of [
      ['maeChange', 'mae'],
      ['rmseChange', 'rmse'],
      ['giniChange', 'gini'],
      ['topDecileChange', 'topDecileShare'],
    ] as const) {
      const { value, low, high } = customers[change];
      expect(value).toBeCloseTo(customers.with[sizeOf] - customers.without[sizeOf], 9);
      expect(low <= value && value <= high).toBe(true);
      // Campaigns change little of what half a year of shopping says: more than a fiftieth would be a leak.
      expect(Math.abs(value)).toBeLessThan(0.02 * customers.without[sizeOf]);
    }
    expect(customers.without.gini).toBeGreaterThan(0.7);
    expect(Math.abs(customers.with.bias)).toBeLessThan(0.02);
    expect(customers.used).toBe(customers.penalty !== null && customers.devianceChange.high < 0);
    for (const { low, high, n } of customers.signals) {
      expect(low).toBeLessThan(high);
      expect(n).toBeGreaterThan(0);
    }
    expect(prospects).toEqual({ notEnough: { has: expect.any(Number), needs: 200, of: 'people' } });
  });
});
