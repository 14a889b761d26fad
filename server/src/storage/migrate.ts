import type { Knex } from 'knex';
import * as first from './migrations/001-first';

interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

const migrations: Migration[] = [{ name: '001-first', ...first }];

/** Every table of the plugin, but for the ledger of migrations. */
export const TABLES = first.TABLES;

const source: Knex.MigrationSource<Migration> = {
  getMigrations: async () => migrations,
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => migration,
};

const settings = { migrationSource: source, tableName: 'clv_migrations' };

/**
 * Brings the plugin's own tables up to date; safe when several nodes boot at once (Knex holds a lock meanwhile).
 *
 * @returns the names of the migrations that were applied now
 */
export async function migrate(knex: Knex): Promise<string[]> {
  const [, applied] = await knex.migrate.latest(settings);
  return applied;
}

/** Removes every table of the plugin; what "Uninstall" in the README calls through `clv doctor --drop-tables`. */
export async function dropTables(knex: Knex): Promise<void> {
  await knex.migrate.rollback(settings, true);
  await knex.schema.dropTableIfExists('clv_migrations').dropTableIfExists('clv_migrations_lock');
}
