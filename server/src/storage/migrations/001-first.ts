import type { Knex } from 'knex';
import { dialectOf } from '../db';

/*
 * Times are UTC epoch milliseconds, money is integer minor units with its currency beside it, and ids that we make
 * are time-ordered (UUIDv7). Lengths keep every key within MySQL's 3,072 bytes of utf8mb4.
 */

const ID = 36;
const KEY = 191;
const VISITOR = 64;

export async function up(knex: Knex): Promise<void> {
  /** Content items, kept after the entry is gone (a tombstone) so that old touches keep their title. */
  await knex.schema.createTable('clv_contents', (t) => {
    t.increments('id');
    t.string('uid', KEY).notNullable();
    t.string('document_id', 64).notNullable();
    t.string('locale', 16).notNullable().defaultTo('');
    t.string('kind', 64).notNullable();
    t.string('title', 512).notNullable();
    t.bigInteger('published_at');
    t.bigInteger('unpublished_at');
    t.bigInteger('deleted_at');
    t.bigInteger('updated_at').notNullable();
    t.unique(['uid', 'document_id', 'locale']);
  });

  /** What was consumed, once each, never rewritten. */
  await knex.schema.createTable('clv_touches', (t) => {
    t.string('message_id', 64).primary();
    t.string('visitor_key', VISITOR).notNullable();
    t.integer('content_id').notNullable();
    t.string('kind', 8).notNullable();
    t.bigInteger('occurred_at').notNullable();
    t.bigInteger('received_at').notNullable();
    t.integer('seconds').notNullable().defaultTo(0);
    t.smallint('depth').notNullable().defaultTo(0);
    t.string('channel', 64);
    /** Who saw it: tracker, hook, download, import, api. */
    t.string('source', 8).notNullable();
    t.index(['visitor_key', 'content_id', 'occurred_at']);
  });

  /** Only visitors who said something about consent. */
  await knex.schema.createTable('clv_visitors', (t) => {
    t.string('visitor_key', VISITOR).primary();
    t.string('consent', 8).notNullable();
    t.string('consent_source', 32).notNullable();
    t.bigInteger('consent_at').notNullable();
  });
  /** Every change of consent, for whoever has to show it. */
  await knex.schema.createTable('clv_consents', (t) => {
    t.string('id', ID).primary();
    t.string('visitor_key', VISITOR).notNullable().index();
    t.string('state', 8).notNullable();
    t.string('source', 32).notNullable();
    t.bigInteger('at').notNullable();
  });

  /** One human; `canonical_id` points at the person it is merged into, or at itself. */
  await knex.schema.createTable('clv_persons', (t) => {
    t.string('id', ID).primary();
    t.string('canonical_id', ID).notNullable().index();
    t.bigInteger('created_at').notNullable();
  });
  /** Proven identifiers of a person: namespace customer | user | email (a keyed hash). */
  await knex.schema.createTable('clv_identities', (t) => {
    t.string('id', ID).primary();
    t.string('person_id', ID).notNullable().index();
    t.string('namespace', 16).notNullable();
    t.string('value', KEY).notNullable();
    t.string('source', 32).notNullable();
    t.bigInteger('linked_at').notNullable();
    t.unique(['namespace', 'value']);
  });
  /**
   * Whose browser a visitor is, and when: touches with valid_from <= occurred_at < valid_to are that person's. The two
   * unique keys keep concurrent nodes from opening two links of one visitor.
   */
  await knex.schema.createTable('clv_visitor_links', (t) => {
    t.string('id', ID).primary();
    t.string('visitor_key', VISITOR).notNullable();
    t.string('person_id', ID).notNullable().index();
    t.bigInteger('valid_from').notNullable();
    t.bigInteger('valid_to').notNullable();
    t.string('source', 32).notNullable();
    t.bigInteger('linked_at').notNullable();
    t.unique(['visitor_key', 'valid_from']);
    t.unique(['visitor_key', 'valid_to']);
  });
  /** The log of merges: state suggested | merged | undone | dismissed. */
  await knex.schema.createTable('clv_merges', (t) => {
    t.string('id', ID).primary();
    t.string('from_person', ID).notNullable().index();
    t.string('into_person', ID).notNullable().index();
    t.string('state', 12).notNullable();
    t.string('reason', 255).notNullable();
    t.bigInteger('created_at').notNullable();
    /** Who merged or dismissed, and when; taking a merge back leaves that standing. */
    t.string('decided_by', KEY);
    t.bigInteger('decided_at');
    t.string('undone_by', KEY);
    t.bigInteger('undone_at');
  });

  await knex.schema.createTable('clv_customers', (t) => {
    t.string('customer_id', KEY).primary();
    t.string('person_id', ID).notNullable().index();
    t.string('email_hash', 64).index();
    t.string('channel', 64);
    t.bigInteger('acquired_at');
    t.bigInteger('acquisition_cost');
    t.bigInteger('service_cost_per_month');
    t.string('currency', 3).notNullable();
    t.string('segment', 64);
    t.string('source', 32).notNullable();
    t.bigInteger('updated_at').notNullable();
  });
  await knex.schema.createTable('clv_orders', (t) => {
    t.string('order_id', KEY).primary();
    t.string('customer_id', KEY).notNullable();
    t.bigInteger('ordered_at').notNullable();
    t.bigInteger('amount').notNullable();
    t.bigInteger('cost');
    t.string('currency', 3).notNullable();
    t.string('product_line', 64);
    t.string('channel', 64);
    /** paid | refunded | cancelled; only paid ones count. */
    t.string('status', 12).notNullable().defaultTo('paid');
    t.string('source', 32).notNullable();
    t.bigInteger('updated_at').notNullable();
    t.index(['customer_id', 'ordered_at']);
  });

  /** The ledger of runs and imports. `active_key` is unique while a job is queued or running, null after. */
  await knex.schema.createTable('clv_jobs', (t) => {
    t.string('id', ID).primary();
    t.string('kind', 32).notNullable();
    t.string('active_key', 64).unique();
    t.string('status', 12).notNullable();
    t.text('params').notNullable();
    t.float('progress').notNullable().defaultTo(0);
    t.string('stage', 64);
    t.string('lease_owner', 64);
    t.bigInteger('lease_until');
    t.boolean('cancel_requested').notNullable().defaultTo(false);
    t.string('started_by', KEY);
    t.bigInteger('created_at').notNullable();
    t.bigInteger('started_at');
    t.bigInteger('finished_at');
    t.text('result');
    t.text('error');
    t.index(['kind', 'created_at']);
  });
  /** Rows of an import that were not taken, with the reason. */
  await knex.schema.createTable('clv_job_errors', (t) => {
    t.increments('id');
    t.string('job_id', ID).notNullable().index();
    t.integer('row_number').notNullable();
    t.string('field', 64);
    t.string('reason', 512).notNullable();
    t.text('raw');
  });

  /** What screens read: one snapshot for each landmark and channel of a run. */
  await knex.schema.createTable('clv_snapshots', (t) => {
    t.string('id', ID).primary();
    t.string('job_id', ID).notNullable().index();
    t.string('landmark', 16).notNullable();
    /** '' is every channel. */
    t.string('channel', 64).notNullable().defaultTo('');
    t.integer('population').notNullable();
    t.integer('items').notNullable();
    t.text('summary').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['landmark', 'channel', 'created_at']);
  });
  await knex.schema.createTable('clv_snapshot_items', (t) => {
    t.increments('id');
    t.string('snapshot_id', ID).notNullable();
    t.integer('content_id').notNullable();
    t.integer('position').notNullable();
    t.string('kind', 64).notNullable();
    t.string('locale', 16).notNullable();
    t.string('title', 512).notNullable();
    /** The title as it is searched and ordered; small letters may need more room than capitals. */
    t.text('title_search').notNullable();
    t.string('verdict', 24).notNullable();
    t.integer('exposed').notNullable();
    t.double('score');
    t.double('rho');
    t.double('difference');
    t.double('q_value');
    /** Every figure of the item, as JSON. */
    t.text('figures').notNullable();
    t.index(['snapshot_id', 'position']);
    t.index(['content_id', 'snapshot_id']);
  });

  await knex.schema.createTable('clv_settings', (t) => {
    t.string('key', 64).primary();
    t.text('value').notNullable();
  });
  /** Running totals that tell how tracking fares: accepted, duplicate, dropped by reason. */
  await knex.schema.createTable('clv_counters', (t) => {
    t.string('name', 64).primary();
    t.bigInteger('value').notNullable().defaultTo(0);
  });

  // MySQL would take ids that differ in case or accents for the same.
  if (dialectOf(knex) !== 'mysql') return;
  for (const table of TABLES) {
    await knex.raw('ALTER TABLE ?? CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [table]);
  }
}

export const TABLES = [
  'clv_counters',
  'clv_settings',
  'clv_snapshot_items',
  'clv_snapshots',
  'clv_job_errors',
  'clv_jobs',
  'clv_orders',
  'clv_customers',
  'clv_merges',
  'clv_visitor_links',
  'clv_identities',
  'clv_persons',
  'clv_consents',
  'clv_visitors',
  'clv_touches',
  'clv_contents',
];

export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.schema.dropTableIfExists(table);
}
