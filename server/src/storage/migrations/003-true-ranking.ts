import type { Knex } from 'knex';
import { dialectOf } from '../db';

/*
 * What the adjusted ranking, attribution and journeys keep: snapshots of any slice of the persons, what more is known of an
 * item in a snapshot, the sections that other screens read, what an item's study found, the groups that items belong to,
 * and when the deal behind an order was created.
 */

const ID = 36;
const KEY = 191;

export const TABLES = ['clv_content_groups', 'clv_item_studies', 'clv_item_sections', 'clv_ranking_sections'];

const ADDED: [table: string, column: string][] = [
  ['clv_snapshots', 'slice_of'],
  ['clv_snapshot_items', 'excess'],
  ['clv_snapshot_items', 'detail'],
  ['clv_orders', 'deal_created_at'],
];

export async function up(knex: Knex): Promise<void> {
  // Snapshots are computed anew by the next run; those of before hold figures of another making.
  await knex('clv_snapshot_items').delete();
  await knex('clv_snapshots').delete();
  await knex.schema.alterTable('clv_snapshots', (t) => {
    /** '' for everyone, or what divides the persons: channel, segment, tier, cohort, customers, accounts. */
    t.string('slice_of', 24).notNullable().defaultTo('');
  });
  await knex.schema.alterTable('clv_snapshots', (t) => t.renameColumn('channel', 'slice'));
  await knex.schema.alterTable('clv_snapshot_items', (t) => {
    t.double('excess');
    /** ItemDetail as JSON. */
    t.text('detail');
  });
  await knex.schema.alterTable('clv_touches', (t) => {
    /** What is new since a run. It grows at its end alone, so a new touch pays little for it. */
    t.index(['received_at']);
  });
  await knex.schema.alterTable('clv_orders', (t) => {
    /** When the CRM created the deal that this order won. */
    t.bigInteger('deal_created_at');
  });

  /** What a screen beside the rankings reads of a run: attribution, journeys. */
  await knex.schema.createTable('clv_ranking_sections', (t) => {
    t.string('job_id', ID).notNullable();
    t.string('name', 32).notNullable();
    t.text('body', 'longtext').notNullable();
    t.primary(['job_id', 'name']);
  });
  /** The same of one item. */
  await knex.schema.createTable('clv_item_sections', (t) => {
    t.string('job_id', ID).notNullable();
    t.integer('content_id').notNullable();
    t.string('name', 32).notNullable();
    t.text('body', 'longtext').notNullable();
    t.primary(['job_id', 'content_id', 'name']);
  });
  /** What a closer look at one item found, made when somebody asked for it. */
  await knex.schema.createTable('clv_item_studies', (t) => {
    t.integer('content_id').notNullable();
    t.string('landmark', 16).notNullable();
    t.string('job_id', ID).notNullable();
    t.text('body', 'longtext').notNullable();
    t.bigInteger('created_at').notNullable();
    t.primary(['content_id', 'landmark']);
  });

  /** What items belong to by their entry's attributes, relations and components: author, category, tag. */
  await knex.schema.createTable('clv_content_groups', (t) => {
    t.integer('content_id').notNullable();
    t.string('dimension', 64).notNullable();
    t.string('value', KEY).notNullable();
    t.primary(['content_id', 'dimension', 'value']);
    t.index(['dimension', 'value']);
  });

  if (dialectOf(knex) !== 'mysql') return;
  for (const table of TABLES) {
    await knex.raw('ALTER TABLE ?? CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [table]);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.schema.dropTableIfExists(table);
  if (dialectOf(knex) === 'mysql') await dropIndexOfTouches(knex);
  if (await knex.schema.hasColumn('clv_snapshots', 'slice')) {
    await knex.schema.alterTable('clv_snapshots', (t) => t.renameColumn('slice', 'channel'));
  }
  for (const [table, column] of ADDED) {
    if (!(await knex.schema.hasColumn(table, column))) continue;
    await knex.schema.alterTable(table, (t) => t.dropColumn(column));
  }
}

/** Everywhere else an `up` that was cut off leaves no index behind, and one that was not goes with the table. */
async function dropIndexOfTouches(knex: Knex): Promise<void> {
  const [[index]] = await knex.raw("SHOW INDEX FROM clv_touches WHERE Column_name = 'received_at'");
  if (index) await knex.schema.alterTable('clv_touches', (t) => t.dropIndex(['received_at']));
}
