import type { Knex } from 'knex';
import { type Column, insertRows, type Value } from '../../storage/insert-rows';
import type { PersonKind, Stage } from '../api-types';

/** What one person is worth, as `clv_person_values` keeps it. Minor units of the report's currency, epoch milliseconds. */
export interface PersonValueRow {
  personId: string;
  kind: PersonKind;
  orders: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  firstTouchAt: number | null;
  lastTouchAt: number | null;
  channel: string | null;
  segment: string | null;
  revenue: number;
  historical: number;
  pAlive: number | null;
  buyProbability: number | null;
  expectedOrders: number | null;
  predicted: number | null;
  total: number;
  tier: string | null;
  previousTier: string | null;
  stage: Stage;
  updatedAt: number;
}

type Place = { [Name in keyof PersonValueRow]: Column };

const PLACES: Place = {
  personId: { name: 'person_id', type: 'text' },
  kind: { name: 'kind', type: 'text' },
  orders: { name: 'orders', type: 'integer' },
  firstOrderAt: { name: 'first_order_at', type: 'bigint' },
  lastOrderAt: { name: 'last_order_at', type: 'bigint' },
  firstTouchAt: { name: 'first_touch_at', type: 'bigint' },
  lastTouchAt: { name: 'last_touch_at', type: 'bigint' },
  channel: { name: 'channel', type: 'text' },
  segment: { name: 'segment', type: 'text' },
  revenue: { name: 'revenue', type: 'bigint' },
  historical: { name: 'historical', type: 'bigint' },
  pAlive: { name: 'p_alive', type: 'double' },
  buyProbability: { name: 'buy_probability', type: 'double' },
  expectedOrders: { name: 'expected_orders', type: 'double' },
  predicted: { name: 'predicted', type: 'bigint' },
  total: { name: 'total', type: 'bigint' },
  tier: { name: 'tier', type: 'text' },
  previousTier: { name: 'previous_tier', type: 'text' },
  stage: { name: 'stage', type: 'text' },
  updatedAt: { name: 'updated_at', type: 'bigint' },
};
const FIELDS = Object.keys(PLACES) as (keyof PersonValueRow)[];
const COLUMNS: Column[] = [{ name: 'run_id', type: 'text' }, ...FIELDS.map((field) => PLACES[field])];

/** The column of a field, for conditions and orders. */
export const columnOf = (field: keyof PersonValueRow): string => PLACES[field].name;

/** Rows as a thread sends them: values in the order of the columns after the run's id. */
export const packed = (row: PersonValueRow): Value[] => FIELDS.map((field) => row[field]);

/** Writes rows of a run by one statement; those that are there are replaced. */
export async function writePersonRows(knex: Knex, runId: string, rows: Value[][]): Promise<void> {
  const key = ['run_id', 'person_id'];
  const update = COLUMNS.map(({ name }) => name).filter((name) => !key.includes(name));
  const whole = rows.map((row) => [runId, ...row]);
  await insertRows(knex, 'clv_person_values', COLUMNS, whole, { key, update });
}

/** A row as the database driver gives it; PostgreSQL and MySQL give bigints as text. */
export function toPersonRow(row: Record<string, string | number | null>): PersonValueRow {
  const entries = FIELDS.map((field) => {
    const { name, type } = PLACES[field];
    const value = row[name];
    return [
      field,
      value === null || value === undefined || type === 'text' ? (value ?? null) : Number(value),
    ];
  });
  return Object.fromEntries(entries);
}
