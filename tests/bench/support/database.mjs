// A connection of our own to the app's database, to look at what the app stored.
import knex from 'knex';

export function connectTo(env) {
  if (env.DATABASE_CLIENT === 'postgres')
    return knex({
      client: 'pg',
      connection: {
        host: env.DATABASE_HOST,
        port: Number(env.DATABASE_PORT),
        database: env.DATABASE_NAME,
        user: env.DATABASE_USERNAME,
        password: env.DATABASE_PASSWORD,
      },
    });
  return knex({
    client: 'better-sqlite3',
    connection: { filename: env.DATABASE_FILENAME },
    useNullAsDefault: true,
  });
}
