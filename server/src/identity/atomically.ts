import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { reasonOf } from '../jobs/errors';
import { dialectOf } from '../storage/db';

/** What databases say when another transaction got there first. */
const LOST_RACES = new Set([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  // PostgreSQL: unique violation, serialization failure, deadlock
  '23505',
  '40001',
  '40P01',
  'ER_DUP_ENTRY',
  'ER_LOCK_DEADLOCK',
  // SQLite, written by another process meanwhile (the command line)
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);
const ATTEMPTS = 12;

const codeOf = (error: unknown) => String((error as { code?: unknown }).code);

/** An error that may be logged: a database's own without the values of its statement, which may be personal data. */
export function withoutValues(error: unknown): unknown {
  const fromDatabase = error instanceof Error && 'code' in error;
  return fromDatabase ? new Error(reasonOf(error)) : error;
}

/**
 * Runs `work` in a transaction and starts over when another one took a unique key first; so `work` reads what it
 * decides on through `trx` and has no other effect. On SQLite `trx` is the only connection: awaiting any query beside
 * it would wait for ever.
 *
 * @throws what `work` throws, an error of the database without its values
 */
export async function atomically<T>(knex: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  // MySQL's default would lock the gaps between keys and read rows as they were at the first query.
  const settings = dialectOf(knex) === 'mysql' ? { isolationLevel: 'read committed' as const } : undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await knex.transaction(work, settings);
    } catch (error) {
      if (LOST_RACES.has(codeOf(error)) && attempt < ATTEMPTS) {
        await sleep(Math.random() * 5 * attempt);
        continue;
      }
      throw withoutValues(error);
    }
  }
}
