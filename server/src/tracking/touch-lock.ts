import type { Knex } from 'knex';
import { dialectOf } from '../storage/db';

/** Who saw a touch: the tracker in the browser, or Strapi itself. */
export type Observer = 'browser' | 'server';

/** Names our lock among the database's advisory locks; the number says nothing. */
const POSTGRES_LOCK = 7_220_514_881;
const MYSQL_LOCK = 'clv_touches';
const MYSQL_WAIT_SECONDS = 30;

async function inTurnOnMysql<T>(trx: Knex.Transaction, insert: (trx: Knex) => Promise<T>): Promise<T> {
  const [[{ got }]] = await trx.raw('SELECT GET_LOCK(?, ?) AS got', [MYSQL_LOCK, MYSQL_WAIT_SECONDS]);
  if (got !== 1) throw new Error(`another node holds the lock ${MYSQL_LOCK} for too long`);
  try {
    return await insert(trx);
  } finally {
    // Until the commit, the locks on the new rows make the next one wait.
    await trx.raw('SELECT RELEASE_LOCK(?)', [MYSQL_LOCK]);
  }
}

/**
 * Runs an insert that asks whether another kind of observer saw the same. A statement does not see what another node is
 * just committing, so nodes have to take turns:
 *
 * - On PostgreSQL the browser's touches share a lock, since they never rule each other out, and the server's, which come
 *   once a second, take it alone. It is let go at the commit.
 * - On MySQL everybody takes it alone: an INSERT … SELECT locks the gaps that it reads, and two of them soon deadlock.
 * - SQLite has one writer at a time.
 */
export async function inTurn<T>(
  knex: Knex,
  observer: Observer,
  insert: (knex: Knex) => Promise<T>,
): Promise<T> {
  const dialect = dialectOf(knex);
  if (dialect === 'sqlite') return insert(knex);
  return knex.transaction(async (trx) => {
    if (dialect === 'mysql') return inTurnOnMysql(trx, insert);
    const lock = observer === 'browser' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
    await trx.raw(`SELECT ${lock}(${POSTGRES_LOCK})`);
    return insert(trx);
  });
}
