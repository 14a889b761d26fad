import knexFactory, { type Knex } from 'knex';
import { migrate } from '../../server/src/storage/migrate';
import { DATABASES } from './databases';

export interface PlainDatabase {
  knex: Knex;
  stop(): Promise<void>;
}

/** The plugin's tables alone, without a Strapi around them, on each kind of database that runs here. */
export const PLAIN_DATABASES = DATABASES.filter(({ missing }) => missing === null).map(({ name, start }) => ({
  name,
  async open(): Promise<PlainDatabase> {
    const { env, stop } = await start();
    const knex = knexFactory(configOf(env));
    await migrate(knex);
    return {
      knex,
      async stop() {
        await knex.destroy();
        await stop();
      },
    };
  },
}));

function configOf(env: Record<string, string>): Knex.Config {
  if (!env.DATABASE_PORT) return { client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true };
  const client = env.DATABASE_CLIENT === 'postgres' ? 'pg' : 'mysql2';
  const connection = {
    host: '127.0.0.1',
    port: Number(env.DATABASE_PORT),
    database: env.DATABASE_NAME,
    user: 'clv',
    password: 'clv',
  };
  return { client, connection };
}
