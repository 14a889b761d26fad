import type { Knex } from 'knex';
import { dialectOf } from '../../storage/db';
import { type Column, insertRows, type Value } from '../../storage/insert-rows';

/*
 * A table of one connection that goes with it. Persons are numbered, because a number is grouped several times as fast as
 * a key.
 */

/** Whose browser a visitor is, and when. */
export const LINKS = 'clv_run_links';
const COLUMNS: Column[] = [
  { name: 'person', type: 'integer' },
  { name: 'visitor_key', type: 'text' },
  { name: 'valid_from', type: 'bigint' },
  { name: 'valid_to', type: 'bigint' },
];

/** Rows handed over by one statement. */
const CHUNK = 5_000;

export async function createLinks(knex: Knex): Promise<void> {
  await knex.raw(`CREATE TEMPORARY TABLE ${LINKS} (
    person INTEGER NOT NULL,
    visitor_key VARCHAR(64) NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    PRIMARY KEY (person, visitor_key, valid_from)
  )`);
}

/** Rows: person, visitor key, valid from, valid to. */
export async function fillLinks(knex: Knex, rows: Value[][]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await insertRows(knex, LINKS, COLUMNS, rows.slice(from, from + CHUNK));
  }
}

/** PostgreSQL never looks at temporary tables by itself, and plans badly for tables that it takes for empty. */
export async function analyze(knex: Knex, table: string): Promise<void> {
  if (dialectOf(knex) === 'postgres') await knex.raw(`ANALYZE ${table}`);
}
