import type { Knex } from 'knex';
import type { Breaker } from '../../../crm/sync/push/deliver/breaker';

/** A program that takes webhooks, as the table has it; its secret is sealed. */
export interface StoredEndpoint {
  id: string;
  name: string;
  url: string;
  secret: string;
  enabled: boolean;
  breaker: Breaker;
  createdAt: number;
  updatedAt: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the database driver gives it
const toEndpoint = (row: any): StoredEndpoint => ({
  id: row.id,
  name: row.name,
  url: row.url,
  secret: row.secret,
  enabled: Boolean(row.enabled),
  breaker: {
    failures: Number(row.breaker_failures),
    until: row.breaker_until === null ? null : Number(row.breaker_until),
  },
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});

/** In the order in which they were made. */
export async function allEndpoints(knex: Knex): Promise<StoredEndpoint[]> {
  const rows = await knex('clv_endpoints').orderBy([{ column: 'created_at' }, { column: 'id' }]);
  return rows.map(toEndpoint);
}

export async function endpointById(knex: Knex, id: string): Promise<StoredEndpoint | null> {
  const row = await knex('clv_endpoints').where({ id }).first();
  return row ? toEndpoint(row) : null;
}

export async function saveEndpointBreaker(
  knex: Knex,
  id: string,
  { failures, until }: Breaker,
): Promise<void> {
  await knex('clv_endpoints').where({ id }).update({ breaker_failures: failures, breaker_until: until });
}

/** Its program said that it is gone for good. */
export async function switchOff(knex: Knex, id: string, now: number): Promise<void> {
  await knex('clv_endpoints').where({ id }).update({ enabled: false, updated_at: now });
}
