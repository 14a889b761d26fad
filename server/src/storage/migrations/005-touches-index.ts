import type { Knex } from 'knex';
import { dialectOf } from '../db';

/*
 * The index by which all touches of a person are read holds their kind as well: so a run finds all that it asks of touches
 * in the index, and never looks for rows in the table, where a person's touches lie far apart.
 */

const TABLE = 'clv_touches';
const BEFORE = ['visitor_key', 'content_id', 'occurred_at'];
const AFTER = [...BEFORE, 'kind'];

const nameOf = (columns: string[]) => `${TABLE}_${columns.join('_')}_index`;

async function hasIndex(knex: Knex, name: string): Promise<boolean> {
  const dialect = dialectOf(knex);
  if (dialect === 'mysql') {
    const [found] = await knex.raw('SHOW INDEX FROM ?? WHERE Key_name = ?', [TABLE, name]);
    return found.length > 0;
  }
  if (dialect === 'sqlite') return (await knex('sqlite_master').where({ type: 'index', name })).length > 0;
  return (
    (await knex('pg_indexes').where({ indexname: name }).whereRaw('schemaname = current_schema()')).length > 0
  );
}

/** Looks before each step: MySQL keeps the half of a migration that was cut off. */
async function replaceIndex(knex: Knex, old: string[], wanted: string[]): Promise<void> {
  if (!(await hasIndex(knex, nameOf(wanted)))) {
    await knex.schema.alterTable(TABLE, (t) => t.index(wanted, nameOf(wanted)));
  }
  if (await hasIndex(knex, nameOf(old))) {
    await knex.schema.alterTable(TABLE, (t) => t.dropIndex(old, nameOf(old)));
  }
}

export const up = (knex: Knex): Promise<void> => replaceIndex(knex, BEFORE, AFTER);

export async function down(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable(TABLE)) await replaceIndex(knex, AFTER, BEFORE);
}
