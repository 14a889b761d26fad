import type { Knex } from 'knex';
import { dialectOf } from './db';

/** The advisory lock's name on PostgreSQL, where it is a number: "clv" in ASCII. */
const POSTGRES_LOCK = 0x636c76;
/** MySQL's locks hold for the whole server, so the database is part of the name; at most 64 characters. */
const MYSQL_LOCK = "CONCAT('clv ', MD5(DATABASE()))";
/** MySQL wants a limit; larger than any migration takes. */
const MYSQL_WAIT_SECONDS = 3600;

/**
 * Runs `work` while no other process does the same on this database; others wait for their turn. One connection is
 * enough, and the lock dies with it, so a process that is killed leaves nothing locked. `work` is one transaction, but
 * MySQL commits at every change of a table. An SQLite database has one process and its pool one connection: the
 * transaction alone is the lock.
 */
export function exclusively<T>(knex: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const dialect = dialectOf(knex);
  return knex.transaction(async (trx) => {
    if (dialect === 'postgres') await trx.raw('SELECT pg_advisory_xact_lock(?)', [POSTGRES_LOCK]);
    if (dialect !== 'mysql') return work(trx);
    const [[answer]] = await trx.raw(`SELECT GET_LOCK(${MYSQL_LOCK}, ?) AS held`, [MYSQL_WAIT_SECONDS]);
    if (answer.held !== 1) {
      throw new Error('clv could not lock the database: another process has been changing it for an hour.');
    }
    try {
      return await work(trx);
    } finally {
      await trx.raw(`SELECT RELEASE_LOCK(${MYSQL_LOCK})`);
    }
  });
}
