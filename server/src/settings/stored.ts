import type { Knex } from 'knex';
import { atomically } from '../identity/atomically';
import { keepFirst } from '../storage/settings';
import type { SettingPath } from './api-types';
import type { SavedValues } from './merge';
import { isSame } from './paths';

const KEY = 'settings.saved';
const LOG_KEY = 'settings.changes';
const KEPT_CHANGES = 50;
/** MySQL's TEXT holds 65,535 bytes. */
const LONGEST_LOG = 60_000;

export interface Stored {
  version: number;
  values: SavedValues;
}

/** One change as it is kept. */
export interface LoggedChange {
  at: number;
  /** `admin:<id>`: names are looked up when they are shown. */
  by: string;
  path: SettingPath;
  from: unknown;
  to: unknown;
}

const NOTHING: Stored = { version: 0, values: {} };

/** What was saved, as it stands in its row; the row is never there before the first change. */
export async function readStored(knex: Knex): Promise<Stored> {
  const row = await knex('clv_settings').where({ key: KEY }).first('value');
  return row ? JSON.parse(row.value) : NOTHING;
}

/** The last changes, the latest first. */
export async function readChanges(knex: Knex): Promise<LoggedChange[]> {
  const row = await knex('clv_settings').where({ key: LOG_KEY }).first('value');
  return row ? JSON.parse(row.value) : [];
}

export interface Change {
  /** The version that whoever changes has seen. */
  version: number;
  by: string;
  at: number;
  /** Null takes a value back. */
  values: SavedValues;
}

/**
 * Saves values over those that are saved.
 *
 * @returns what is saved then; null when another version is saved already, which stays
 */
export async function change(knex: Knex, { version, by, at, values }: Change): Promise<Stored | null> {
  return atomically(knex, async (trx) => {
    await keepFirst(trx, KEY, JSON.stringify(NOTHING));
    await keepFirst(trx, LOG_KEY, '[]');
    const row = await trx('clv_settings').where({ key: KEY }).forUpdate().first('value');
    const before: Stored = JSON.parse(row.value);
    if (before.version !== version) return null;
    const after: Stored = { version: version + 1, values: { ...before.values } };
    const changes: LoggedChange[] = [];
    for (const [name, value] of Object.entries(values)) {
      const path = name as SettingPath;
      const from = before.values[path] ?? null;
      if (isSame(from, value)) continue;
      if (value === null) delete after.values[path];
      else after.values[path] = value;
      changes.push({ at, by, path, from, to: value });
    }
    if (changes.length === 0) return before;
    await trx('clv_settings')
      .where({ key: KEY })
      .update({ value: JSON.stringify(after) });
    await log(trx, changes);
    return after;
  });
}

async function log(trx: Knex, changes: LoggedChange[]): Promise<void> {
  const all = [...changes, ...(await readChanges(trx))].slice(0, KEPT_CHANGES);
  while (Buffer.byteLength(JSON.stringify(all)) > LONGEST_LOG) all.pop();
  await trx('clv_settings')
    .where({ key: LOG_KEY })
    .update({ value: JSON.stringify(all) });
}
