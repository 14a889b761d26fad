import type { Knex } from 'knex';
import { insertRows } from './insert-rows';

/**
 * Writes a setting of the plugin unless it is there already, so that nodes which boot at once agree on the first value.
 *
 * @returns the value that is there then
 */
export async function keepFirst(knex: Knex, key: string, value: string): Promise<string> {
  await insertRows(
    knex,
    'clv_settings',
    [
      { name: 'key', type: 'text' },
      { name: 'value', type: 'text' },
    ],
    [[key, value]],
  );
  return (await knex('clv_settings').where({ key }).first('value')).value;
}

/** Whether what is stored came from the demonstration, which every screen then says. */
export async function isDemonstration(knex: Knex): Promise<boolean> {
  const setting = await knex('clv_settings').where({ key: 'demo' }).first('value');
  return setting?.value === 'true';
}
