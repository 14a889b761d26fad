import type { Knex } from 'knex';
import type { Account, Budget, Mapping } from '../../connector';
import type { PushSettings } from '../api-types';
import type { Options } from './options';

/** A connection as it is stored, but for its secrets. Times are epoch milliseconds. */
export interface ConnectionRow {
  id: string;
  kind: string;
  name: string;
  idPrefix: string;
  /** Those that are no secrets. */
  options: Options;
  mapping: Mapping;
  push: PushSettings;
  account: Account;
  budget: Budget | null;
  breakerFailures: number;
  breakerUntil: number | null;
  enabled: boolean;
  createdAt: number;
  updatedAt: number;
}

/** The same with what is sealed. */
export interface SealedRow extends ConnectionRow {
  secrets: string | null;
  tokens: string | null;
}

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

// biome-ignore lint/suspicious/noExplicitAny: a row as the database driver gives it
function toRow(row: any): SealedRow {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    idPrefix: row.id_prefix,
    options: JSON.parse(row.options),
    mapping: JSON.parse(row.mapping),
    push: JSON.parse(row.push),
    account: JSON.parse(row.account),
    budget: row.budget ? JSON.parse(row.budget) : null,
    breakerFailures: Number(row.breaker_failures),
    breakerUntil: numberOrNull(row.breaker_until),
    enabled: Boolean(row.enabled),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    secrets: row.secrets,
    tokens: row.tokens,
  };
}

export async function sealedRow(knex: Knex, id: string): Promise<SealedRow | null> {
  const row = await knex('clv_connections').where({ id }).first();
  return row ? toRow(row) : null;
}

export function withoutSecrets({ secrets, tokens, ...row }: SealedRow): ConnectionRow {
  return row;
}

/** In the order in which they were made. */
export async function listRows(knex: Knex): Promise<ConnectionRow[]> {
  const rows = await knex('clv_connections').orderBy([{ column: 'created_at' }, { column: 'id' }]);
  return rows.map((row) => withoutSecrets(toRow(row)));
}

/** Columns as they are written; those that are undefined stay out. */
export function columnsOf(row: Partial<SealedRow>): Record<string, unknown> {
  const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
  const columns = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    id_prefix: row.idPrefix,
    options: json(row.options),
    secrets: row.secrets,
    tokens: row.tokens,
    mapping: json(row.mapping),
    push: json(row.push),
    account: json(row.account),
    enabled: row.enabled,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
