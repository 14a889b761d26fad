import type { Knex } from 'knex';
import { dialectOf } from '../db';

/*
 * What acts on values: segments and who is in them, triggers with what they sent, experiments
 * with who is in which arm, and the persons of whom something changed for any of these.
 */

const ID = 36;
const KEY = 191;
const VISITOR = 64;

export const TABLES = [
  'clv_assignments',
  'clv_experiment_reports',
  'clv_experiments',
  'clv_deliveries',
  'clv_messages',
  'clv_trigger_states',
  'clv_triggers',
  'clv_endpoints',
  'clv_segment_members',
  'clv_segments',
  'clv_activation_changes',
];

export async function up(knex: Knex): Promise<void> {
  /** Persons of whom something changed that segments and triggers look at; written with the change itself. */
  await knex.schema.createTable('clv_activation_changes', (t) => {
    t.string('person_id', ID).primary();
    /** A new one with each change, so that a change meanwhile is not lost. */
    t.string('change_id', ID).notNullable();
  });

  await knex.schema.createTable('clv_segments', (t) => {
    t.string('id', ID).primary();
    /** How programs name it. */
    t.string('slug', 64).notNullable().unique();
    t.string('name', 128).notNullable();
    t.text('description').notNullable();
    /** live | static */
    t.string('membership', 8).notNullable();
    /** SegmentRules as JSON. */
    t.text('rules').notNullable();
    /** Whether front ends are told that their visitor is in it. */
    t.boolean('public').notNullable().defaultTo(false);
    /** Whether CRMs are told who is in it. */
    t.boolean('to_crm').notNullable().defaultTo(false);
    /** When its members were last all looked at; null before the first time. */
    t.bigInteger('computed_at');
    t.bigInteger('created_at').notNullable();
    t.bigInteger('updated_at').notNullable();
  });
  await knex.schema.createTable('clv_segment_members', (t) => {
    t.string('segment_id', ID).notNullable();
    t.string('person_id', ID).notNullable();
    t.bigInteger('since').notNullable();
    t.primary(['segment_id', 'person_id']);
    t.index(['person_id']);
  });

  /** Where messages go: programs that take signed webhooks. */
  await knex.schema.createTable('clv_endpoints', (t) => {
    t.string('id', ID).primary();
    t.string('name', 64).notNullable();
    t.string('url', 512).notNullable();
    /** Of the signature: encrypted by Strapi's encryption service. */
    t.text('secret').notNullable();
    t.boolean('enabled').notNullable().defaultTo(true);
    /** Failures in a row, and until when nothing is tried. */
    t.integer('breaker_failures').notNullable().defaultTo(0);
    t.bigInteger('breaker_until');
    t.bigInteger('created_at').notNullable();
    t.bigInteger('updated_at').notNullable();
  });

  await knex.schema.createTable('clv_triggers', (t) => {
    t.string('id', ID).primary();
    t.string('name', 128).notNullable();
    /** TriggerKind */
    t.string('kind', 24).notNullable();
    /** TriggerSettings as JSON. */
    t.text('settings').notNullable();
    /** Only persons of this segment; null for everyone. */
    t.string('segment_id', ID);
    /** TriggerActions as JSON: where messages go. */
    t.text('actions').notNullable();
    t.integer('cooldown_hours').notNullable();
    t.boolean('enabled').notNullable().defaultTo(true);
    /** When everyone was first looked at without a message; null until then. */
    t.bigInteger('baseline_at');
    t.bigInteger('created_at').notNullable();
    t.bigInteger('updated_at').notNullable();
  });
  /** On which side of a trigger somebody is, so that a message is made only when they cross. */
  await knex.schema.createTable('clv_trigger_states', (t) => {
    t.string('trigger_id', ID).notNullable();
    t.string('person_id', ID).notNullable();
    /** What of the person it is about, where there are several: an order, a subscription, an item; else ''. */
    t.string('subject', KEY).notNullable().defaultTo('');
    t.string('side', 32).notNullable();
    /** When time alone will make them cross; null when it will not. */
    t.bigInteger('due_at');
    /** When a message was last made. */
    t.bigInteger('fired_at');
    t.bigInteger('updated_at').notNullable();
    t.primary(['trigger_id', 'person_id', 'subject']);
    t.index(['person_id']);
    t.index(['due_at']);
  });
  /** One crossing of one trigger by one person; its id is the id of the message wherever it goes. */
  await knex.schema.createTable('clv_messages', (t) => {
    t.string('id', ID).primary();
    t.string('trigger_id', ID).notNullable();
    t.string('person_id', ID).notNullable().index();
    t.string('subject', KEY).notNullable().defaultTo('');
    /** treated, or holdout: then nothing is sent. */
    t.string('arm', 32).notNullable();
    /** TriggerMessage as JSON. */
    t.text('payload').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['trigger_id', 'created_at']);
  });
  /** One way that a message goes. */
  await knex.schema.createTable('clv_deliveries', (t) => {
    t.string('message_id', ID).notNullable();
    /** `strapi`, `webhook:<endpoint>` or `crm:<connection>`. */
    t.string('destination', 48).notNullable();
    /** waiting | sent | dead */
    t.string('state', 8).notNullable();
    t.integer('attempts').notNullable().defaultTo(0);
    t.bigInteger('next_at').notNullable();
    /** Which node is sending it, and until when nobody else may. */
    t.string('lease_owner', 64);
    t.bigInteger('lease_until');
    t.string('reason', 512);
    t.bigInteger('updated_at').notNullable();
    t.primary(['message_id', 'destination']);
    t.index(['destination', 'state', 'next_at']);
  });

  await knex.schema.createTable('clv_experiments', (t) => {
    t.string('id', ID).primary();
    t.string('name', 128).notNullable();
    /** What it is about: `recommendations`, or `trigger:<id>`. At most one of a surface runs; null once it was stopped. */
    t.string('active_surface', 64).unique();
    t.string('surface', 64).notNullable();
    /** draft | running | stopped */
    t.string('state', 8).notNullable();
    /** ExperimentDesign as JSON. */
    t.text('design').notNullable();
    /** Salts the hash by which units fall into arms. */
    t.string('salt', ID).notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('started_at');
    t.bigInteger('ended_at');
  });
  /** Who was in which arm when they first met it. A unit is a person, or a browser of nobody that is known. */
  await knex.schema.createTable('clv_assignments', (t) => {
    t.string('experiment_id', ID).notNullable();
    /** person | visitor */
    t.string('unit_kind', 8).notNullable();
    t.string('unit_id', VISITOR).notNullable();
    t.string('arm', 32).notNullable();
    t.bigInteger('assigned_at').notNullable();
    t.primary(['experiment_id', 'unit_kind', 'unit_id']);
    t.index(['unit_kind', 'unit_id']);
  });
  /** What screens read of an experiment, the latest counts. */
  await knex.schema.createTable('clv_experiment_reports', (t) => {
    t.string('experiment_id', ID).notNullable();
    t.bigInteger('created_at').notNullable();
    /** ExperimentReport as JSON. */
    t.text('body', 'longtext').notNullable();
    t.primary(['experiment_id', 'created_at']);
  });

  if (dialectOf(knex) !== 'mysql') return;
  for (const table of TABLES) {
    await knex.raw('ALTER TABLE ?? CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [table]);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.schema.dropTableIfExists(table);
}
