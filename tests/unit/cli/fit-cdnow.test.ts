import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fitFile, rowsOf } from './fit-file';
import { clv, scratch } from './run-clv';

const files = scratch();
afterAll(files.done);

const folder = process.env.CLV_REFERENCE_DATA;
const cdnow = folder ? path.join(folder, 'cdnow', 'orders.csv') : '';
const hasCdnow = existsSync(cdnow);
if (!hasCdnow)
  console.info('CLV_REFERENCE_DATA is not set (a folder with cdnow/orders.csv): fits of CDNOW skipped');

const KEYS = [
  'model',
  'unit',
  'customers',
  'repeatCustomers',
  'parameters',
  'standardErrors',
  'logLikelihood',
  'converged',
  'monetary',
  'holdout',
  'seconds',
];

describe.skipIf(!hasCdnow)('clv fit on CDNOW', () => {
  const PERIOD = ['--split', '1997-09-30', '--end', '1998-06-30', '--unit', 'week'];
  const fitted = (model: string, ...more: string[]) =>
    fitFile('--orders', cdnow, '--model', model, ...PERIOD, ...more);

  it.each([
    [
      'bg-nbd',
      { r: 0.2425945, alpha: 4.413602, a: 0.792922, b: 2.425907 },
      -9582.42921,
      1653.4,
      0.7855,
      1.608,
    ],
    [
      'mbg-nbd',
      { r: 0.5248432, alpha: 6.183085, a: 0.891359, b: 1.614002 },
      -9582.13572,
      1576.7,
      0.7648,
      1.6072,
    ],
    [
      'pareto-nbd',
      { r: 0.553277, alpha: 10.577683, s: 0.60624, beta: 11.668739 },
      -9594.97618,
      1665.5,
      0.7545,
      1.6028,
    ],
  ])(
    'finds the published parameters and holdout figures of %s',
    async (model, parameters, likelihood, total, mae, rmse) => {
      const { document } = await fitted(model);
      expect(Object.keys(document)).toEqual(expect.arrayContaining(KEYS));
      expect(document).toMatchObject({
        model,
        unit: 'week',
        customers: 2357,
        repeatCustomers: 946,
        converged: true,
      });
      for (const [name, value] of Object.entries(parameters)) {
        expect(document.parameters[name] / value - 1, name).toBeCloseTo(0, 5);
        expect(document.standardErrors[name]).toBeGreaterThan(0);
      }
      expect(document.logLikelihood).toBeCloseTo(likelihood, 4);
      expect(document.holdout).toMatchObject({ periods: 39, actual: 1882 });
      expect(document.holdout.predicted).toBeCloseTo(total, 1);
      expect(document.holdout.bias).toBeCloseTo(total / 1882 - 1, 4);
      expect(document.holdout.mae).toBeCloseTo(mae, 4);
      expect(document.holdout.rmse).toBeCloseTo(rmse, 4);
      expect(document.holdout.heuristics.map(({ name }: { name: string }) => name)).toEqual([
        'same-as-before',
        'rate',
        'hiatus',
        'hiatus-13',
        'zero',
      ]);
      expect(document.holdout.tracking).toHaveLength(78);
      expect(document.holdout.value.actual).toBe(70976.39);
      expect(Math.abs(document.holdout.value.bias)).toBeLessThan(0.25);
      expect(document.holdout.activity.active).toBeCloseTo(0.29, 3);
      expect(document.holdout.intervals.rmse.low).toBeLessThan(rmse);
      expect(document.monetary).toMatchObject({ customers: 946 });
      expect(document.monetary.parameters.p / 6.24957 - 1).toBeCloseTo(0, 3);
      expect(document.monetary.logLikelihood).toBeCloseTo(-4055.9177, 3);
    },
  );

  it('writes a row for each customer, with the published expectations', async () => {
    const file = files.path('cdnow-predictions.csv');
    await fitted('bg-nbd', '--horizon', '39', '--predictions', file);
    const rows = rowsOf(file);
    expect(rows).toHaveLength(2357);
    const [first] = rows;
    expect(first).toMatchObject({ customer_id: '0001', frequency: '2' });
    expect(Number(first!.recency)).toBeCloseTo(213 / 7, 9);
    expect(Number(first!.age)).toBeCloseTo(272 / 7, 9);
    expect(Number(first!.p_alive)).toBeCloseTo(0.7266, 3);
    expect(Number(first!.expected_purchases)).toBeCloseTo(1.226, 3);
    expect(Number(first!.expected_value)).toBeCloseTo(24.65, 1);
    const undiscounted = Number(first!.expected_purchases) * Number(first!.expected_value);
    expect(Number(first!.clv)).toBeLessThan(undiscounted);
    expect(Number(first!.clv)).toBeGreaterThan(undiscounted / 1.1);
    const total = rows.reduce((sum, row) => sum + Number(row.expected_purchases), 0);
    expect(total).toBeCloseTo(1653.4, 1);
  });

  it('chooses by the holdout, and shows what it compared', async () => {
    const { document } = await fitted('auto');
    expect(document.model).toBe('pareto-nbd');
    expect(document.choice.candidates.map(({ name }: { name: string }) => name).sort()).toEqual([
      'bg-cnbd-k',
      'bg-nbd',
      'mbg-cnbd-k',
      'mbg-nbd',
      'pareto-nbd',
    ]);
    expect(document.choice.reason).toContain('pareto-nbd has the lowest RMSE');
  });

  it('without a split holds nothing out for a given model', async () => {
    const { document } = await fitFile('--orders', cdnow, '--model', 'mbg-nbd');
    expect(document).toMatchObject({
      holdout: null,
      choice: null,
      observedUntil: '1998-06-30',
      customers: 2357,
    });
    expect(document.horizon).toBeCloseTo(52.18, 2);
  });

  it('reads well', async () => {
    const { code, stdout } = await clv('fit', '--orders', cdnow, '--model', 'bg-nbd', ...PERIOD);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'bg-nbd: 2357 customers, 946 of them with a repeat order; 1997-01-01 to 1997-09-30, in weeks',
    );
    expect(stdout).toMatch(/^alpha +4\.4136 +0\.378/m);
    expect(stdout).toMatch(/^bg-nbd +1653\.4 +−12\.1 % +0\.7855 +1\.6080 +0\.6624/m);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });
});
