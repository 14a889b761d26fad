import type { Knex } from 'knex';
import type { TriggerActions, TriggerInput, TriggerKind, TriggerSettings } from '../api-types';

/** A trigger as the table has it; its holdout is in its experiment. Times are epoch milliseconds. */
export interface StoredTrigger {
  id: string;
  name: string;
  kind: TriggerKind;
  settings: TriggerSettings;
  segmentId: string | null;
  actions: TriggerActions;
  cooldownHours: number;
  enabled: boolean;
  baselineAt: number | null;
  createdAt: number;
  updatedAt: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the database driver gives it
const toTrigger = (row: any): StoredTrigger => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  settings: JSON.parse(row.settings),
  segmentId: row.segment_id,
  actions: JSON.parse(row.actions),
  cooldownHours: Number(row.cooldown_hours),
  enabled: Boolean(row.enabled),
  baselineAt: row.baseline_at === null ? null : Number(row.baseline_at),
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});

/** In the order in which they were made. */
export async function allTriggers(knex: Knex): Promise<StoredTrigger[]> {
  const rows = await knex('clv_triggers').orderBy([{ column: 'created_at' }, { column: 'id' }]);
  return rows.map(toTrigger);
}

/** Those that are on, held until the transaction ends, so that nobody changes one while persons are judged by it. */
export async function heldTriggers(trx: Knex.Transaction): Promise<StoredTrigger[]> {
  const rows = await trx('clv_triggers').where({ enabled: true }).orderBy('id').forShare();
  return rows.map(toTrigger);
}

export async function triggerById(knex: Knex, id: string): Promise<StoredTrigger | null> {
  const row = await knex('clv_triggers').where({ id }).first();
  return row ? toTrigger(row) : null;
}

/** The same, and nobody else may change it, or judge by it, until the transaction ends. */
export async function lockTrigger(trx: Knex.Transaction, id: string): Promise<StoredTrigger | null> {
  const row = await trx('clv_triggers').where({ id }).forUpdate().first();
  return row ? toTrigger(row) : null;
}

/** The columns that an input fills. */
export const columnsOf = (input: TriggerInput) => ({
  name: input.name,
  kind: input.kind,
  settings: JSON.stringify(input.settings),
  segment_id: input.segmentId,
  actions: JSON.stringify(input.actions),
  cooldown_hours: input.cooldownHours,
  enabled: input.enabled,
});
