import { createRequire } from 'node:module';
import path from 'node:path';
import type { Knex } from 'knex';
import type { Strapi } from '../room';
import { dialectOf, knexOf } from '../storage/db';

/** How a thread reaches the app's database; plain data, so that it can be handed over. */
export interface WorkerConnection {
  /** The Knex that the app's own Strapi uses, so that there is no second one to ship or to keep in step. */
  knexPath: string;
  config: Knex.Config;
}

/** Settings without what cannot be handed to a thread: callbacks of the app's own pool. */
function withoutFunctions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFunctions);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const kept = Object.entries(value).filter(([, entry]) => typeof entry !== 'function');
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutFunctions(entry)]));
}

/**
 * An app may give its settings, or its password, as a function; and Knex hides the password from enumeration, so that
 * a copy made without naming it lacks it.
 */
async function resolved(given: unknown): Promise<unknown> {
  const settings = typeof given === 'function' ? await given() : given;
  const password = settings?.password;
  if (password === undefined) return settings;
  return { ...settings, password: typeof password === 'function' ? await password() : password };
}

function sqliteSettings(given: unknown): Record<string, unknown> {
  const settings = typeof given === 'string' ? { filename: given } : (given as { filename?: string });
  const { filename } = settings;
  if (!filename || filename.includes(':memory:')) {
    throw new Error(
      'runs read the database from a thread of their own, which an SQLite database in memory does not allow; set a file name in config/database',
    );
  }
  return { ...settings, filename: path.resolve(filename), options: { readonly: true } };
}

function knexPathOf(strapi: Strapi): string {
  let from = path.join(strapi.dirs.app.root, 'package.json');
  for (const name of ['@strapi/strapi', '@strapi/database', 'knex']) from = createRequire(from).resolve(name);
  return from;
}

/** The app's connection settings for a thread with one connection. @throws when the database is in memory */
export async function workerConnection(strapi: Strapi): Promise<WorkerConnection> {
  const knex = knexOf(strapi);
  const { client, connection: given, version, useNullAsDefault } = knex.client.config;
  const connection = withoutFunctions(await resolved(given));
  const schema = strapi.db.getSchemaName();
  return {
    knexPath: knexPathOf(strapi),
    config: {
      client,
      version,
      useNullAsDefault,
      connection: dialectOf(knex) === 'sqlite' ? sqliteSettings(connection) : (connection as object),
      ...(schema ? { searchPath: [schema] } : {}),
      // The temporary tables live as long as the one connection does.
      pool: { min: 1, max: 1 },
      // Values may be personal data and must not reach an error's text.
      compileSqlOnError: false,
    },
  };
}

/** Opens it, inside the thread. */
export function openConnection({ knexPath, config }: WorkerConnection): Knex {
  return createRequire(knexPath)(knexPath)(config);
}
