import { afterAll, describe, expect, it } from 'vitest';
import { fitFile, rowsOf } from './fit-file';
import { clv, scratch } from './run-clv';

const files = scratch();
afterAll(files.done);

const HEADER = 'order_id,customer_id,ordered_at,amount,currency';

let count = 0;
/** A file of orders `customer,time,amount` and perhaps more columns. */
function orders(rows: string[], header = HEADER): string {
  const lines = rows.map((row, i) => {
    const [customer, at, amount, ...more] = row.split(',');
    return [`o${i}`, customer, at, amount, 'EUR', ...more].join(',');
  });
  return files.file(`orders-${count++}.csv`, `${[header, ...lines].join('\n')}\n`);
}

const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);

/** A small shop: customer c comes every 5 + c days, c % 7 times again. */
const shop = Array.from({ length: 120 }, (_, c) =>
  Array.from(
    { length: 1 + (c % 7) },
    (_, i) => `c${c},${day((c % 30) + i * (5 + (c % 40)))},${20 + ((7 * c + i) % 50)}`,
  ),
).flat();

describe('clv fit', () => {
  it('gives the same whatever the order of the rows, and for the same day in two rows as for one', async () => {
    const args = ['--model', 'mbg-nbd', '--predictions'];
    const first = await fitFile('--orders', orders(shop), ...args, files.path('a.csv'));
    const twice = shop.flatMap((row) => {
      const [customer, at, amount] = row.split(',');
      const half = Number(amount) / 2;
      return [`${customer},${at}T03:00:00Z,${half}`, `${customer},${at}T20:00:00Z,${half}`];
    });
    const second = await fitFile('--orders', orders(twice.reverse()), ...args, files.path('b.csv'));
    expect(second.document.parameters.r / first.document.parameters.r).toBeCloseTo(1, 5);
    expect(second.document.logLikelihood).toBeCloseTo(first.document.logLikelihood, 8);
    const byCustomer = (file: string) =>
      new Map(
        rowsOf(files.path(file)).map((row) => [row.customer_id, [row.frequency, row.recency, row.age]]),
      );
    expect(byCustomer('b.csv')).toEqual(byCustomer('a.csv'));
  });

  it('counts days in the time zone', async () => {
    const rows = ['a,2025-01-01T10:00:00Z,5', 'a,2025-01-01T23:30:00Z,5', 'b,2025-01-02T12:00:00Z,5'];
    const args = ['--orders', orders(rows), '--model', 'bg-nbd', '--unit', 'day', '--predictions'];
    await fitFile(...args, files.path('utc.csv'));
    await fitFile(...args, files.path('rome.csv'), '--timezone', 'Europe/Rome');
    const frequency = (file: string) =>
      rowsOf(files.path(file)).find((row) => row.customer_id === 'a')!.frequency;
    expect([frequency('utc.csv'), frequency('rome.csv')]).toEqual(['0', '1']);
  });

  it('says in every unit the same of a year', async () => {
    const file = orders(shop);
    const totals = await Promise.all(
      [
        ['week', '52.17857142857143'],
        ['day', '365.25'],
        ['month', '12'],
      ].map(async ([unit, horizon]) => {
        const { document } = await fitFile(
          '--orders',
          file,
          '--model',
          'pareto-nbd',
          '--unit',
          unit!,
          '--horizon',
          horizon!,
        );
        return document.expected.clv as number;
      }),
    );
    expect(totals[1]! / totals[0]!).toBeCloseTo(1, 4);
    expect(totals[2]! / totals[0]!).toBeCloseTo(1, 4);
  });
});

describe('clv fit says clearly what it cannot do', () => {
  it.each([
    ['a single order', ['a,2025-01-01,10']],
    ['all orders on one day', ['a,2025-01-01,10', 'b,2025-01-01,20', 'b,2025-01-01,5']],
    ['too few customers who came back', shop.slice(0, 20)],
  ])('%s: nothing to fit, for a given model and for auto', async (_, rows) => {
    const file = orders(rows);
    for (const model of ['mbg-cnbd-k', 'auto']) {
      const { code, document } = await fitFile(
        '--orders',
        file,
        '--model',
        model,
        '--predictions',
        files.path('few.csv'),
      );
      expect(code).toBe(0);
      expect(document).toMatchObject({
        parameters: null,
        standardErrors: null,
        logLikelihood: null,
        converged: false,
      });
      expect(document.problem).toMatch(/not enough data: \d+ of 30 customers with a repeat order/);
      expect(document.monetary).toMatchObject({ parameters: null, kind: 'pooled' });
      expect(rowsOf(files.path('few.csv')).map((row) => row.p_alive)).toEqual(
        Array.from({ length: document.customers }, () => ''),
      );
    }
  });

  it('stands in a plain rule for auto, and says why', async () => {
    const { document } = await fitFile('--orders', orders(shop.slice(0, 20)));
    expect(['same-as-before', 'rate', 'hiatus', 'hiatus-13', 'zero']).toContain(document.model);
    expect(document.choice.reason).toMatch(/^not enough data: .* the rule ".*" was closest on the holdout$/);
    expect(document.expected.alive).toBeNull();
    const { stdout } = await clv('fit', '--orders', orders(shop.slice(0, 20)));
    expect(stdout).toContain('Not enough data');
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it.each([
    ['no order at all', []],
    ['refunds alone', ['a,2025-01-01,-10', 'b,2025-02-01,-5']],
    ['orders in the future alone', ['a,2999-01-01,10']],
  ])('%s: fails with a message', async (_, rows) => {
    const { code, stderr } = await fitFile('--orders', orders(rows));
    expect(code).toBe(1);
    expect(stderr).toContain('holds no order that counts');
  });

  it('leaves out who has refunds alone, orders in the future and unpaid ones, and says so', async () => {
    const odd = ['r,2025-01-05,-10', 'f,2999-01-01,10', 'c0,2999-01-01,10'];
    const { document, stderr } = await fitFile('--orders', orders([...shop, ...odd]), '--model', 'bg-nbd');
    expect(document.customers).toBe(120);
    expect(document.leftOut).toEqual({ bornLater: 0, refundsOnly: 1 });
    expect(stderr).toContain('2 orders after');
    expect(stderr).toContain('1 customers have refunds alone');
    const plain = await fitFile('--orders', orders(shop), '--model', 'bg-nbd');
    expect(document.parameters).toEqual(plain.document.parameters);
  });

  it('counts customers who first ordered after the split', async () => {
    const late = [...shop, `z,${day(100)},10`];
    const { document, stderr } = await fitFile(
      '--orders',
      orders(late),
      '--model',
      'bg-nbd',
      '--split',
      day(90),
    );
    expect(document.leftOut.bornLater).toBe(1);
    expect(document.holdout.periods).toBeGreaterThan(0);
    expect(stderr).toContain('1 customers first ordered after the split');
  });

  it('two currencies: fails with a message', async () => {
    const file = files.file('two.csv', `${HEADER}\no1,a,2025-01-01,5,EUR\no2,a,2025-02-01,5,USD\n`);
    const { code, stderr } = await fitFile('--orders', file);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'holds several currencies (EUR, USD); convert the amounts to one, or take each apart',
    );
  });

  it.each([
    ['zero', 1],
    ['negative', 2],
  ])('%s margins: one mean for all, said so, and no figure that is none', async (_, factor) => {
    const rows = shop.map((row) => `${row},${factor * Number(row.split(',')[2])}`);
    const file = orders(rows, `${HEADER},cost`);
    const args = [
      '--orders',
      file,
      '--model',
      'mbg-nbd',
      '--value',
      'margin',
      '--predictions',
      files.path('m.csv'),
    ];
    const { code, document } = await fitFile(...args);
    expect(code).toBe(0);
    expect(document.monetary.kind).toBe('pooled');
    expect(document.monetary.problem).toContain('not enough data: 0 of 30');
    expect(document.expected.clv).toBeLessThanOrEqual(0);
    for (const row of rowsOf(files.path('m.csv'))) expect(Number(row.expected_value)).toBeLessThanOrEqual(0);
  });

  it('predicts less than a day ahead, chosen by the last day', async () => {
    const { document } = await fitFile('--orders', orders(shop), '--unit', 'day', '--horizon', '0.5');
    expect(document.choice.periods).toBe(1);
    expect(document.expected.purchases).toBeGreaterThan(0);
  });

  it.each([
    [['--split', '2025-03-01', '--end', '2025-02-01'], 'must be before --end'],
    [['--split', '2025-02-30'], 'existing day'],
    [['--end', '2999-12-31'], 'lies in the future'],
    [['--model', 'lifetimes'], 'Allowed choices are bg-nbd'],
    [['--unit', 'year'], 'Allowed choices are week, day, month'],
    [['--horizon', '0'], 'above 0'],
    [['--discount-rate', '10'], 'from 0 to 1'],
    [['--timezone', 'Mars/Olympus'], 'IANA time zone'],
  ])('wrong usage %j: exit code 2', async (args, message) => {
    const { code, stderr } = await fitFile('--orders', orders(shop.slice(0, 3)), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    ['--split', '2024-12-01', 'after --split'],
    ['--split', '2026-01-01', 'not after --split'],
    ['--end', '2024-12-01', 'after --end'],
  ])('%s %s is outside of the data: fails with a message', async (option, value, message) => {
    const { code, stderr } = await fitFile('--orders', orders(shop), option, value);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});
