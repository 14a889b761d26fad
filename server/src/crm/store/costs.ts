import type { Cost } from '../rows/cost';
import type { Statement } from './plan-writes';
import type { Table } from './table';

export const COSTS: Table = {
  name: 'clv_costs',
  key: 'cost_key',
  columns: [
    { name: 'cost_key', type: 'text' },
    { name: 'month', type: 'text' },
    { name: 'channel', type: 'text' },
    { name: 'product_line', type: 'text' },
    { name: 'segment', type: 'text' },
    { name: 'amount', type: 'bigint' },
    { name: 'currency', type: 'text' },
  ],
  blank: {
    cost_key: null,
    month: null,
    channel: null,
    product_line: null,
    segment: null,
    amount: null,
    currency: null,
  },
};

/** The columns that tell costs apart. */
export const COST_KEY = ['month', 'channel', 'product_line', 'segment'] as const;

/** Between the parts of a key: no label holds a control character, so that two different costs never share one. */
const SEPARATOR = '\u001f';

export const costKey = (row: Partial<Record<(typeof COST_KEY)[number], string | null>>): string =>
  COST_KEY.map((column) => row[column] ?? '').join(SEPARATOR);

/** A cost as the table holds it. */
export const costStatement = (cost: Cost): Statement => ({ ...cost, cost_key: costKey(cost) });
