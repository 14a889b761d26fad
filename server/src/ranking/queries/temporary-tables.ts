import type { Knex } from 'knex';
import { dialectOf } from '../../storage/db';
import { type Column, insertRows, type Value } from '../../storage/insert-rows';

/*
 * Tables of one connection that go with it. Persons are numbered, because a number is grouped several times as fast
 * as a key; a scope is one landmark in one channel.
 */

/** Whose browser a visitor is, and when. */
export const LINKS = 'clv_run_links';
const LINK_COLUMNS: Column[] = [
  { name: 'person', type: 'integer' },
  { name: 'visitor_key', type: 'text' },
  { name: 'valid_from', type: 'bigint' },
  { name: 'valid_to', type: 'bigint' },
];

/** The persons of each scope, with what an exposure of theirs adds to an item's sums. */
export const MEMBERS = 'clv_run_members';
const MEMBER_COLUMNS: Column[] = [
  { name: 'person', type: 'integer' },
  { name: 'scope', type: 'integer' },
  { name: 'bin', type: 'integer' },
  { name: 'landmark_at', type: 'bigint' },
  { name: 'first_order_at', type: 'bigint' },
  { name: 'mid_rank', type: 'double' },
  { name: 'deviation', type: 'double' },
];

const SQL_TYPES = {
  text: 'VARCHAR(64)',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE PRECISION',
} as const;

/** Rows handed over by one statement. */
const CHUNK = 5_000;

const create = (knex: Knex, table: string, columns: Column[], key: string) =>
  knex.raw(
    `CREATE TEMPORARY TABLE ${table} (${columns.map(({ name, type }) => `${name} ${SQL_TYPES[type]} NOT NULL`).join(', ')}, PRIMARY KEY (${key}))`,
  );

async function fill(knex: Knex, table: string, columns: Column[], rows: Iterable<Value[]>): Promise<void> {
  let chunk: Value[][] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    await insertRows(knex, table, columns, chunk);
    chunk = [];
  }
  await insertRows(knex, table, columns, chunk);
}

export async function createTemporaryTables(knex: Knex): Promise<void> {
  await create(knex, LINKS, LINK_COLUMNS, 'person, visitor_key, valid_from');
  await create(knex, MEMBERS, MEMBER_COLUMNS, 'person, scope');
}

/** Rows: person, visitor key, valid from, valid to. */
export const fillLinks = (knex: Knex, rows: Iterable<Value[]>) => fill(knex, LINKS, LINK_COLUMNS, rows);

/** Rows: person, scope, bin, landmark, first order, mid-rank, deviation from the mean. */
export const fillMembers = (knex: Knex, rows: Iterable<Value[]>) => fill(knex, MEMBERS, MEMBER_COLUMNS, rows);

/** PostgreSQL never looks at temporary tables by itself, and plans badly for tables that it takes for empty. */
export async function analyze(knex: Knex, table: string): Promise<void> {
  if (dialectOf(knex) === 'postgres') await knex.raw(`ANALYZE ${table}`);
}
