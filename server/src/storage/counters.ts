import type { Knex } from 'knex';
import { insertRows } from './insert-rows';

/** Adds to running totals; a name seen for the first time starts at zero. */
export async function addToCounters(knex: Knex, additions: Record<string, number>): Promise<void> {
  const entries = Object.entries(additions).filter(([, by]) => by !== 0);
  if (entries.length === 0) return;
  await insertRows(
    knex,
    'clv_counters',
    [
      { name: 'name', type: 'text' },
      { name: 'value', type: 'bigint' },
    ],
    entries.map(([name]) => [name, 0]),
  );
  for (const [name, by] of entries) await knex('clv_counters').where({ name }).increment('value', by);
}

/** All running totals by name. */
export async function readCounters(knex: Knex): Promise<Record<string, number>> {
  const rows = await knex('clv_counters').select('name', 'value');
  return Object.fromEntries(rows.map((row) => [row.name, Number(row.value)]));
}
