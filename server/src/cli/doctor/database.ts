import type { Knex } from 'knex';
import { dialectOf } from '../../storage/db';
import { TABLES } from '../../storage/migrate';
import { type Finding, ok, problem } from './finding';

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL', mysql: 'MySQL or MariaDB' } as const;

/** The tables, and how SQLite writes. */
export async function examineDatabase(knex: Knex, wantsWal: boolean): Promise<Finding[]> {
  const missing: string[] = [];
  for (const table of TABLES) if (!(await knex.schema.hasTable(table))) missing.push(table);
  const tables =
    missing.length === 0
      ? ok('tables', `all ${TABLES.length} are there`)
      : problem(
          'tables',
          `missing: ${missing.join(', ')}`,
          'restore them from a backup, or start anew: clv doctor --drop-tables --yes, then start the app',
        );
  const dialect = dialectOf(knex);
  if (dialect !== 'sqlite') return [tables, ok('database', NAMES[dialect])];
  const [mode] = await knex.raw('PRAGMA journal_mode');
  return [tables, sqliteMode(String(mode?.journal_mode), wantsWal)];
}

function sqliteMode(mode: string, wantsWal: boolean): Finding {
  if (mode === 'wal') return ok('database', 'SQLite in WAL mode');
  return problem(
    'database',
    `SQLite in ${mode} mode: while a ranking is computed, nothing can be written`,
    wantsWal
      ? 'put the file on a local disk (WAL does not work on network drives) and start the app, or use PostgreSQL'
      : 'remove sqlite: { wal: false } from clv.config, or use PostgreSQL',
  );
}
