import type { Knex } from 'knex';
import { dialectOf } from '../db';

/*
 * What the value engine needs: costs and subscriptions, what customers say of the company, the runs of the engine with
 * the sections that screens read, and what each person is worth by the latest run and by what happened since.
 */

const ID = 36;
const KEY = 191;

const ADDED: [table: string, column: string][] = [
  ['clv_customers', 'company'],
  ['clv_customers', 'nps'],
  ['clv_customers', 'ces'],
  ['clv_contents', 'topic'],
];

export const TABLES = [
  'clv_person_values',
  'clv_value_sections',
  'clv_value_runs',
  'clv_costs',
  'clv_subscriptions',
];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('clv_customers', (t) => {
    t.string('company', 128);
    /** 0 to 10: "How likely are you to recommend us?" */
    t.smallint('nps');
    /** 1 to 7: "The company made it easy for me." */
    t.double('ces');
  });

  await knex.schema.alterTable('clv_contents', (t) => {
    /** What it is about, a unit separator (U+001F) between several; null where the content type does not say. */
    t.text('topic');
  });

  await knex.schema.createTable('clv_subscriptions', (t) => {
    t.string('subscription_id', KEY).primary();
    t.string('customer_id', KEY).notNullable().index();
    t.bigInteger('started_at').notNullable();
    /** Null while it runs. */
    t.bigInteger('ended_at');
    /** Monthly recurring revenue in minor units, however often it is billed. */
    t.bigInteger('mrr').notNullable();
    t.string('currency', 3).notNullable();
    /** Months between two chances to cancel. */
    t.smallint('billing_months').notNullable().defaultTo(1);
    t.string('product_line', 64);
    t.string('source', 32).notNullable();
    t.bigInteger('updated_at').notNullable();
  });

  /** What marketing and sales cost, by month and channel and, where it is known, product line and segment. */
  await knex.schema.createTable('clv_costs', (t) => {
    /** Month, channel, product line and segment, a unit separator (U+001F) between them. */
    t.string('cost_key', 255).primary();
    t.string('month', 7).notNullable();
    t.string('channel', 64).notNullable();
    t.string('product_line', 64);
    t.string('segment', 64);
    t.bigInteger('amount').notNullable();
    t.string('currency', 3).notNullable();
    t.string('source', 32).notNullable();
    t.bigInteger('updated_at').notNullable();
    t.index(['month', 'channel']);
  });

  /** One fit of the engine; screens see the latest that was published. */
  await knex.schema.createTable('clv_value_runs', (t) => {
    t.string('id', ID).primary();
    t.string('job_id', ID).notNullable().index();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('published_at');
    /** RUN_SHAPE of the version that made it. */
    t.smallint('shape').notNullable().defaultTo(0);
    /** ValueRun as JSON. */
    t.text('summary').notNullable();
    /** What brings a person up to date without a refit: parameters of all models and limits of the tiers, as JSON. */
    t.text('engine', 'longtext').notNullable();
    t.index(['published_at']);
  });
  await knex.schema.createTable('clv_value_sections', (t) => {
    t.string('run_id', ID).notNullable();
    t.string('name', 32).notNullable();
    t.text('body', 'longtext').notNullable();
    t.primary(['run_id', 'name']);
  });

  /**
   * What each person is worth: by the latest run, and kept up to date between runs. A run writes rows of its own, which
   * nobody reads before it is published; then those of the run before go. Minor units of the report's currency.
   */
  await knex.schema.createTable('clv_person_values', (t) => {
    t.string('run_id', ID).notNullable();
    t.string('person_id', ID).notNullable();
    /** customer | prospect */
    t.string('kind', 12).notNullable();
    /** Paid orders that are no refunds. */
    t.integer('orders').notNullable();
    t.bigInteger('first_order_at');
    t.bigInteger('last_order_at');
    t.bigInteger('first_touch_at');
    t.bigInteger('last_touch_at');
    t.string('channel', 64);
    t.string('segment', 64);
    t.bigInteger('revenue').notNullable();
    /** Historical customer lifetime value. */
    t.bigInteger('historical').notNullable();
    t.double('p_alive');
    /** Of prospects: probability of a first order within the horizon. */
    t.double('buy_probability');
    t.double('expected_orders');
    /** Discounted value within the horizon, net of costs; null when nothing can be predicted. */
    t.bigInteger('predicted');
    /** historical + predicted */
    t.bigInteger('total').notNullable();
    t.string('tier', 32);
    /** Tier in the run before. */
    t.string('previous_tier', 32);
    t.string('stage', 12).notNullable();
    t.bigInteger('updated_at').notNullable();
    t.primary(['run_id', 'person_id']);
    t.index(['person_id']);
    t.index(['run_id', 'total', 'person_id']);
    t.index(['run_id', 'tier']);
    t.index(['run_id', 'stage']);
  });

  if (dialectOf(knex) !== 'mysql') return;
  for (const table of TABLES) {
    await knex.raw('ALTER TABLE ?? CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [table]);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.schema.dropTableIfExists(table);
  for (const [table, column] of ADDED) {
    if (!(await knex.schema.hasTable(table)) || !(await knex.schema.hasColumn(table, column))) continue;
    await knex.schema.alterTable(table, (t) => t.dropColumn(column));
  }
}
