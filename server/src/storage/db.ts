import type { Knex } from 'knex';
import type { Strapi } from '../room';

export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/** The app's own connection pool. On SQLite it is the only writer: see `wal.ts`. */
export function knexOf(strapi: Strapi): Knex {
  return strapi.db.connection as unknown as Knex;
}

/** Which SQL a connection speaks. */
export function dialectOf(knex: Knex): Dialect {
  const client = String(knex.client.config.client);
  if (client.includes('sqlite')) return 'sqlite';
  if (client.includes('pg') || client.includes('postgres')) return 'postgres';
  if (client.includes('mysql')) return 'mysql';
  throw new Error(`clv does not know the database client "${client}"; use sqlite, postgres or mysql.`);
}
