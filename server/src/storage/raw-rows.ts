import type { Knex } from 'knex';
import { dialectOf } from './db';

type Row = Record<string, unknown>;

/** The rows of a raw question, which each driver wraps in its own way. */
export function rawRows(knex: Knex, answer: unknown): Row[] {
  const dialect = dialectOf(knex);
  if (dialect === 'sqlite') return answer as Row[];
  return dialect === 'postgres' ? (answer as { rows: Row[] }).rows : (answer as [Row[]])[0];
}
