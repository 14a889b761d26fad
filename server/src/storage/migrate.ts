import type { Knex } from 'knex';
import { exclusively } from './exclusively';
import * as first from './migrations/001-first';
import * as valueEngine from './migrations/002-value-engine';
import * as trueRanking from './migrations/003-true-ranking';
import * as crmSync from './migrations/004-crm-sync';
import * as touchesIndex from './migrations/005-touches-index';
import * as activation from './migrations/006-activation';

interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
  /** Also takes back the half of an `up` that was cut off. */
  down(knex: Knex): Promise<void>;
}

const migrations: Migration[] = [
  { name: '001-first', ...first },
  { name: '002-value-engine', ...valueEngine },
  { name: '003-true-ranking', ...trueRanking },
  { name: '004-crm-sync', ...crmSync },
  { name: '005-touches-index', ...touchesIndex },
  { name: '006-activation', ...activation },
];

/** Every table of the plugin, but for the ledger of migrations. */
export const TABLES = [
  ...activation.TABLES,
  ...crmSync.TABLES,
  ...trueRanking.TABLES,
  ...valueEngine.TABLES,
  ...first.TABLES,
];

const LEDGER = 'clv_migrations';

/** The names of the migrations that were begun, and whether each came to its end. */
async function readLedger(trx: Knex): Promise<Map<string, boolean>> {
  if (!(await trx.schema.hasTable(LEDGER))) {
    await trx.schema.createTable(LEDGER, (t) => {
      t.string('name', 64).primary();
      t.boolean('finished').notNullable();
    });
  }
  const rows = await trx(LEDGER).select('name', 'finished');
  return new Map(rows.map(({ name, finished }) => [name, Boolean(finished)]));
}

/**
 * Brings the plugin's own tables up to date. Nodes that boot at once take turns. A boot that is killed on the way
 * leaves nothing behind, or on MySQL, which cannot take back changes of tables, a migration that is marked as
 * unfinished; the next boot takes it back and begins it again.
 *
 * @returns the names of the migrations that were applied now
 */
export function migrate(knex: Knex): Promise<string[]> {
  return exclusively(knex, async (trx) => {
    const ledger = await readLedger(trx);
    const applied: string[] = [];
    for (const { name, up, down } of migrations) {
      if (ledger.get(name)) continue;
      if (ledger.has(name)) await down(trx);
      else await trx(LEDGER).insert({ name, finished: false });
      await up(trx);
      await trx(LEDGER).where({ name }).update({ finished: true });
      applied.push(name);
    }
    return applied;
  });
}

/** Removes every table of the plugin; what "Uninstall" in the README calls through `clv doctor --drop-tables`. */
export function dropTables(knex: Knex): Promise<void> {
  return exclusively(knex, async (trx) => {
    for (const { down } of migrations.toReversed()) await down(trx);
    await trx.schema.dropTableIfExists(LEDGER);
  });
}
