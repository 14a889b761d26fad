import type { Knex } from 'knex';
import { dialectOf } from '../../storage/db';

/**
 * Has a connection of its own (one, in a pool of one) see the database as it is now, so that sums read at different times
 * agree with each other. On SQLite only in WAL mode, where a long read holds up nobody; without it, what is stored meanwhile
 * may be in one figure and not in another until the next run.
 *
 * @returns the function that ends it. Call it before much is written: until then an SQLite log only grows, and whoever
 *   writes next would have to work off all of it at once.
 */
export async function consistently(knex: Knex): Promise<() => Promise<void>> {
  const dialect = dialectOf(knex);
  if (dialect === 'postgres') await knex.raw('BEGIN ISOLATION LEVEL REPEATABLE READ');
  else if (dialect === 'mysql') await knex.raw('START TRANSACTION WITH CONSISTENT SNAPSHOT');
  else {
    const [row] = await knex.raw('PRAGMA journal_mode');
    if (row?.journal_mode !== 'wal') return async () => {};
    await knex.raw('BEGIN');
  }
  return async () => {
    await knex.raw('COMMIT');
  };
}
