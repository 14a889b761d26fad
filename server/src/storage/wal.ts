import { configOf } from '../config';
import type { Strapi } from '../room';
import { dialectOf, knexOf } from './db';

/**
 * Puts an SQLite database in write-ahead-log mode, so that a long read (a ranking run on its own connection) never
 * holds up a commit. Writes still go through the app's one connection only: a second writer would make Strapi's own
 * transactions fail with SQLITE_BUSY_SNAPSHOT, which no time-out can cure.
 */
export async function enableWriteAheadLog(strapi: Strapi): Promise<void> {
  const knex = knexOf(strapi);
  if (dialectOf(knex) !== 'sqlite' || !configOf(strapi).sqlite.wal) return;
  const [before] = await knex.raw('PRAGMA journal_mode');
  if (before?.journal_mode !== 'wal') {
    const [after] = await knex.raw('PRAGMA journal_mode = WAL');
    if (after?.journal_mode !== 'wal') return;
    strapi.log.info(
      '[clv] the SQLite database is now in WAL mode (clv.config.sqlite.wal: false declines that)',
    );
  }
  // In WAL mode better-sqlite3 no longer waits for the disk at each commit, as it does without; what was acknowledged
  // must outlive a power failure too.
  await knex.raw('PRAGMA synchronous = FULL');
}
