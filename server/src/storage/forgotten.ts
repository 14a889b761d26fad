import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { keepFirst } from './settings';

const SETTING = 'privacy.forgotten';

/** Notes that personal data was deleted, for every node that has some of it in memory. */
export async function noteForgotten(knex: Knex): Promise<void> {
  await keepFirst(knex, SETTING, '');
  await knex('clv_settings').where({ key: SETTING }).update({ value: randomUUID() });
}

/** Tells one deletion from the next: what was read before it changed may hold what is deleted now. */
export async function lastForgotten(knex: Knex): Promise<string> {
  return (await knex('clv_settings').where({ key: SETTING }).first('value'))?.value ?? '';
}
