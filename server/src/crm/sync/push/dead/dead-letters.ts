import type { Knex } from 'knex';
import type { DeadPage } from '../../api-types';

export const PAGE_SIZE = 50;

/** @param ids all of them when undefined */
function deadOf(knex: Knex, connectionId: string, ids?: string[]): Knex.QueryBuilder {
  const rows = knex('clv_outbox').where({ connection_id: connectionId, state: 'dead' });
  return ids ? rows.whereIn('id', ids) : rows;
}

/** What was given up, the latest first. @param page from 1 */
export async function listDead(knex: Knex, connectionId: string, page: number): Promise<DeadPage> {
  const [{ n }] = await deadOf(knex, connectionId).count({ n: '*' });
  const rows = await deadOf(knex, connectionId)
    .orderBy([
      { column: 'updated_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE)
    .select();
  return {
    total: Number(n),
    page,
    letters: rows.map((row: Record<string, string | null>) => ({
      id: row.id!,
      customerId: row.customer_id!,
      noteKey: row.note_key || null,
      attempts: Number(row.attempts),
      errorKind: row.error_kind as DeadPage['letters'][number]['errorKind'],
      reason: row.reason ?? '',
      createdAt: Number(row.created_at),
      updatedAt: Number(row.updated_at),
    })),
  };
}

/** Has them sent again, as if they never failed. @returns how many */
export function replayDead(knex: Knex, connectionId: string, ids?: string[]): Promise<number> {
  const now = Date.now();
  return deadOf(knex, connectionId, ids).update({
    state: 'waiting',
    attempts: 0,
    next_at: now,
    error_kind: null,
    reason: null,
    updated_at: now,
  });
}

/** Gives them up for good; whatever changes of these customers later is sent as ever. @returns how many */
export async function dropDead(knex: Knex, connectionId: string, ids?: string[]): Promise<number> {
  return Number(await deadOf(knex, connectionId, ids).delete());
}
