import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RowProblem } from '../../../server/src/crm/api-types';
import { BadField } from '../../../server/src/crm/csv/bad-field';
import { COLUMNS, type ColumnMatch } from '../../../server/src/crm/csv/columns';
import { orderRow } from '../../../server/src/crm/csv/order-row';
import { parseMoney } from '../../../server/src/crm/csv/parse-money';
import { parseTime } from '../../../server/src/crm/csv/parse-time';
import { readCsv } from '../../../server/src/crm/csv/read-csv';

const HEADER = 'order_id,customer_id,ordered_at,amount,currency';

async function read(text: string | Buffer, chunkSize = 7) {
  const bytes = Buffer.from(text);
  const chunks = [];
  for (let at = 0; at < bytes.length; at += chunkSize) chunks.push(bytes.subarray(at, at + chunkSize));
  const problems: RowProblem[] = [];
  const found: { columns?: ColumnMatch } = {};
  const rows = [];
  const options = {
    contract: COLUMNS.orders,
    toRow: orderRow,
    onColumns: (columns: ColumnMatch) => {
      found.columns = columns;
    },
    onProblem: (problem: RowProblem) => problems.push(problem),
  };
  for await (const row of readCsv(Readable.from(chunks), options)) rows.push(row);
  return { rows, problems, columns: found.columns! };
}

describe('a CSV file', () => {
  it('is read with its columns in any order, a byte order mark, CRLF and quoted fields', async () => {
    const { rows, problems, columns } = await read(
      '\ufeffAmount,currency,notes, Order_ID ,customer_id,ordered_at\r\n"12.50",eur,"a ""b"",\r\nc",o1,c1,2026-01-31\r\n\r\n-2,EUR,,o2,c1,2026-02-01T10:00:00+02:00\r\n',
    );
    expect(problems).toEqual([]);
    expect(columns).toEqual({
      used: ['amount', 'currency', 'order_id', 'customer_id', 'ordered_at'],
      ignored: ['notes'],
      missing: [],
    });
    expect(rows.map(({ line, row }) => [line, row.orderId, row.amount, row.currency, row.orderedAt])).toEqual(
      [
        [2, 'o1', 1250, 'EUR', Date.UTC(2026, 0, 31)],
        [5, 'o2', -200, 'EUR', Date.UTC(2026, 1, 1, 8)],
      ],
    );
  });

  it('keeps its good rows when others are bad, and tells the line and the reason of each', async () => {
    const { rows, problems } = await read(
      [
        HEADER,
        'o1,c1,2026-01-31,10,EUR',
        'o2,c1,31.01.2026,10,EUR',
        'o3,,2026-01-31,10,EUR',
        'o4,c1,2026-01-31,10.001,EUR',
        'o5,c1,2026-01-31',
        'o6,c1,2026-01-31,"1,000",EUR',
        'o7,c1,2026-01-31,"10"0,EUR',
        'o8,c1,2026-02-30,10,EUR',
        'o9,c1,2026-01-31,5 " x,EUR',
        'o10,c1,2026-01-31,7,EUR',
      ].join('\n'),
    );
    expect(rows.map(({ row }) => row.orderId)).toEqual(['o1', 'o10']);
    expect(problems.map(({ row, field }) => [row, field])).toEqual([
      [3, 'ordered_at'],
      [4, 'customer_id'],
      [5, 'amount'],
      [6, null],
      [7, 'amount'],
      [8, 'amount'],
      [9, 'ordered_at'],
      [10, 'amount'],
    ]);
    expect(problems[2]!.reason).toBe('has 3 decimals, but EUR has 2: "10.001"');
    expect(problems[3]!.reason).toBe('has 3 values where the header has 5');
  });

  it('keeps the rows before a quote that is never closed, and says where that quote is', async () => {
    const { rows, problems } = await read(
      `${HEADER}\no1,c1,2026-01-31,10,EUR\no2,"c1,2026-01-31,10,EUR\no3,c1,2026-01-31,10,EUR\n`,
    );
    expect(rows.map(({ row }) => row.orderId)).toEqual(['o1']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ row: 3, reason: expect.stringContaining('never closed') });
  });

  it('stops at a row that never ends instead of holding it all in memory', async () => {
    const endless = `${HEADER}\no1,c1,2026-01-31,10,EUR\no2,"${'x'.repeat(3_000_000)}`;
    const { rows, problems } = await read(endless, 65_536);
    expect(rows).toHaveLength(1);
    expect(problems).toMatchObject([{ row: 3 }]);
  });

  it('names the columns that are missing', async () => {
    await expect(read('order_id,customer_id,amount\no1,c1,1\n')).rejects.toThrow(
      'the columns ordered_at, currency are missing. The header has: order_id, customer_id, amount.',
    );
    await expect(read('order_id;customer_id;ordered_at;amount;currency\n')).rejects.toThrow(
      'The columns must be separated by commas.',
    );
    await expect(read('')).rejects.toThrow('The header has: nothing.');
    await expect(read(`${HEADER},amount\n`)).rejects.toThrow('the column amount stands twice');
  });
});

describe('an amount', () => {
  it.each([
    ['12.5', 'EUR', 1250],
    ['12', 'EUR', 1200],
    ['0.29', 'EUR', 29],
    ['1.005', 'KWD', 1005],
    ['1500', 'JPY', 1500],
    ['1500.00', 'JPY', 1500],
    ['-0.01', 'USD', -1],
    ['+.5', 'USD', 50],
    ['-0', 'USD', 0],
    ['100000000000', 'USD', 10_000_000_000_000],
    ['-10000000000000', 'JPY', -10_000_000_000_000],
  ])('%s %s is %d minor units', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each(['', '.', 'ten', '1e3', '1,5', '1 000', '0x10', '12.345', 'NaN', '١٢'])(
    'is refused when it reads "%s"',
    (text) => {
      expect(() => parseMoney(text, 'EUR')).toThrow(BadField);
    },
  );
});

describe('an absurd amount', () => {
  it.each([
    ['100000000000.01', 'EUR', '100000000000 EUR'],
    ['-100000000000.01', 'EUR', '100000000000 EUR'],
    ['10000000000001', 'JPY', '10000000000000 JPY'],
    ['90071992547409.91', 'USD', '100000000000 USD'],
    ['9'.repeat(400), 'USD', '100000000000 USD'],
  ])('such as %s %s is refused, so that no total runs over', (text, currency, most) => {
    expect(() => parseMoney(text, currency)).toThrow(
      new RegExp(`^amount is too large: .*; no amount may be beyond ${most}$`),
    );
  });
});

describe('a time', () => {
  it.each([
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-01-31T09:30:00Z', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31 09:30', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31T09:30:15.1234567+02:00', Date.UTC(2026, 0, 31, 7, 30, 15, 123)],
    ['2026-01-31T09:30:00-0530', Date.UTC(2026, 0, 31, 15, 0)],
  ])('%s is read in UTC', (text, time) => {
    expect(parseTime(text, 'at')).toBe(time);
  });

  it.each([
    '',
    'yesterday',
    '31/01/2026',
    '2026-13-01',
    '2025-02-29',
    '2026-01-31T25:00:00Z',
    '2026-01-31T09:30:00+25:00',
    '1769850000',
  ])('is refused when it reads "%s"', (text) => {
    expect(() => parseTime(text, 'at')).toThrow(BadField);
  });
});
