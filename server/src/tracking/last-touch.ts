import type { Knex } from 'knex';
import { insertRows } from '../storage/insert-rows';

const KEY = 'tracking.lastTouchAt';

/** Remembers when the last touch came, since finding that out in the touches would mean to read them all. */
export async function saveLastTouch(knex: Knex, at: number): Promise<void> {
  await insertRows(
    knex,
    'clv_settings',
    [
      { name: 'key', type: 'text' },
      { name: 'value', type: 'text' },
    ],
    [[KEY, String(at)]],
    { key: 'key', update: ['value'] },
  );
}

/** Epoch milliseconds of the last touch, or null when there was none. */
export async function readLastTouch(knex: Knex): Promise<number | null> {
  const row = await knex('clv_settings').where({ key: KEY }).first('value');
  return row ? Number(row.value) : null;
}
