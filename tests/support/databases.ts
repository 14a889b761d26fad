import { noMariaDb, startMariaDb } from './mariadb';
import { startPostgres } from './postgres';

/** A database for `startStrapi`: its environment, and how to end it. */
export interface TestDatabase {
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** Every kind of database that the plugin runs on; `missing` says why one cannot run here. */
export const DATABASES: { name: string; start(): Promise<TestDatabase>; missing: string | null }[] = [
  { name: 'SQLite', start: async () => ({ env: {}, stop: async () => {} }), missing: null },
  { name: 'PostgreSQL', start: startPostgres, missing: null },
  { name: 'MariaDB', start: startMariaDb, missing: noMariaDb },
];
