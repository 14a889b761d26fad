import type { Knex } from 'knex';
import { dialectOf } from '../db';

/*
 * What keeps a CRM in step: connections and how far each of their streams is, which of the CRM's records became which of
 * our rows, what could not be taken, what goes out and what the CRM knows already.
 */

const ID = 36;
const KEY = 191;
const STREAM = 16;

export const TABLES = [
  'clv_webhook_deliveries',
  'clv_person_changes',
  'clv_sent',
  'clv_outbox',
  'clv_crm_problems',
  'clv_crm_records',
  'clv_streams',
  'clv_connections',
];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('clv_jobs', (t) => {
    /** What a job is about, where there are several of its kind: the connection of a sync. */
    t.string('subject', ID);
  });

  await knex.schema.createTable('clv_connections', (t) => {
    t.string('id', ID).primary();
    /** The kind of CRM: hubspot, … */
    t.string('kind', 32).notNullable();
    t.string('name', 64).notNullable();
    /** Stands before every id that this CRM gives, so that two CRMs never speak of one customer by chance. */
    t.string('id_prefix', 32).notNullable().unique();
    /** Options that are no secrets, as JSON. */
    t.text('options').notNullable();
    /** The others, and what outlives a process: encrypted by Strapi's encryption service. */
    t.text('secrets');
    t.text('tokens');
    /** Mapping as JSON. */
    t.text('mapping').notNullable();
    /** What is pushed, as JSON. */
    t.text('push').notNullable();
    /** Account as JSON, by the latest check. */
    t.text('account').notNullable();
    /** Budget as JSON. */
    t.text('budget');
    /** Failures of the push in a row, and until when nothing is tried. */
    t.integer('breaker_failures').notNullable().defaultTo(0);
    t.bigInteger('breaker_until');
    t.boolean('enabled').notNullable().defaultTo(true);
    t.bigInteger('created_at').notNullable();
    t.bigInteger('updated_at').notNullable();
  });

  /** How far each stream of a connection is: customers | orders | subscriptions | push. */
  await knex.schema.createTable('clv_streams', (t) => {
    t.string('connection_id', ID).notNullable();
    t.string('stream', STREAM).notNullable();
    /** The connector's; null before the first page. */
    t.text('cursor', 'longtext');
    /** Whether everything was pulled once. */
    t.boolean('complete').notNullable().defaultTo(false);
    /** Records pulled in the pull that is under way, and how many there are, where the CRM tells. */
    t.integer('done').notNullable().defaultTo(0);
    t.integer('total');
    t.boolean('paused').notNullable().defaultTo(false);
    /** Minutes between two runs; null for none. */
    t.integer('every_minutes');
    t.bigInteger('last_started_at');
    t.bigInteger('last_done_at');
    /** When the CRM's ids were last compared with ours. */
    t.bigInteger('swept_at');
    /** Nothing is asked before, by the CRM's own word. */
    t.bigInteger('not_before');
    /** What ended the last run, in English; null when it went well. */
    t.text('error');
    t.string('error_kind', 16);
    t.primary(['connection_id', 'stream']);
  });

  /** Which of our rows came from which record of a CRM. */
  await knex.schema.createTable('clv_crm_records', (t) => {
    t.string('connection_id', ID).notNullable();
    t.string('stream', STREAM).notNullable();
    t.string('record_id', KEY).notNullable();
    /** customers | orders | subscriptions */
    t.string('kind', STREAM).notNullable();
    /** Our key of the row, with the prefix. */
    t.string('row_key', KEY).notNullable();
    /** When the CRM was found to have it no more. */
    t.bigInteger('gone_at');
    t.primary(['connection_id', 'stream', 'record_id', 'kind', 'row_key']);
    t.index(['row_key']);
  });

  /** Records that could not be taken, each until it can be. */
  await knex.schema.createTable('clv_crm_problems', (t) => {
    t.string('connection_id', ID).notNullable();
    t.string('stream', STREAM).notNullable();
    t.string('record_id', KEY).notNullable();
    /** Our key of the customer it is about, where that much is known. */
    t.string('customer_id', KEY).index();
    t.string('field', 64);
    t.string('reason', 512).notNullable();
    /** The row, as JSON. */
    t.text('raw');
    t.bigInteger('first_at').notNullable();
    t.bigInteger('last_at').notNullable();
    t.primary(['connection_id', 'stream', 'record_id']);
  });

  /** What goes out to CRMs, one row for each customer and note; it is deleted when the CRM has it. */
  await knex.schema.createTable('clv_outbox', (t) => {
    t.string('id', ID).primary();
    t.string('connection_id', ID).notNullable();
    /** Our key, with the prefix. */
    t.string('customer_id', KEY).notNullable();
    /** '' for the insights, else the key of a note. */
    t.string('note_key', 64).notNullable().defaultTo('');
    /** Values of an insight, or a note, as JSON; null empties every field. */
    t.text('payload');
    /** waiting | dead */
    t.string('state', 8).notNullable();
    t.integer('attempts').notNullable().defaultTo(0);
    t.bigInteger('next_at').notNullable();
    t.string('error_kind', 16);
    t.string('reason', 512);
    t.bigInteger('created_at').notNullable();
    t.bigInteger('updated_at').notNullable();
    t.unique(['connection_id', 'customer_id', 'note_key']);
    t.index(['connection_id', 'state', 'next_at']);
  });
  /** What a CRM has of us, so that only what changed is sent. */
  await knex.schema.createTable('clv_sent', (t) => {
    t.string('connection_id', ID).notNullable();
    t.string('customer_id', KEY).notNullable();
    t.string('note_key', 64).notNullable().defaultTo('');
    /** SHA-256 of the payload. */
    t.string('hash', 64).notNullable();
    t.bigInteger('sent_at').notNullable();
    t.primary(['connection_id', 'customer_id', 'note_key']);
  });
  /** Persons of whom something changed that CRMs are told; written with the change itself. */
  await knex.schema.createTable('clv_person_changes', (t) => {
    t.string('person_id', ID).primary();
    /** A new one with each change, so that a change meanwhile is not lost. */
    t.string('change_id', ID).notNullable();
  });

  /** Webhooks that were taken, so that a replay is refused. */
  await knex.schema.createTable('clv_webhook_deliveries', (t) => {
    t.string('connection_id', ID).notNullable();
    t.string('delivery', 64).notNullable();
    t.bigInteger('received_at').notNullable().index();
    t.primary(['connection_id', 'delivery']);
  });

  if (dialectOf(knex) !== 'mysql') return;
  for (const table of TABLES) {
    await knex.raw('ALTER TABLE ?? CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [table]);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.schema.dropTableIfExists(table);
  if (!(await knex.schema.hasColumn('clv_jobs', 'subject'))) return;
  await knex.schema.alterTable('clv_jobs', (t) => t.dropColumn('subject'));
}
