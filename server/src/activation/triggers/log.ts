import type { Knex } from 'knex';
import { HOLDOUT } from '../models/experiments/arms';
import type { DeliveryState, LoggedMessage, TriggerLog, TriggerMessage } from './api-types';
import { HUB, targetOf } from './evaluate/destinations';
import type { LogQuery } from './input';

function found(knex: Knex, { triggerId, state }: LogQuery): Knex.QueryBuilder {
  const messages = knex('clv_messages as m');
  if (triggerId) messages.where('m.trigger_id', triggerId);
  if (state === 'holdout') return messages.where('m.arm', HOLDOUT);
  if (!state) return messages;
  const deliveries = knex('clv_deliveries as d').whereRaw('d.message_id = m.id').where('d.state', state);
  return messages.whereExists(deliveries.select(knex.raw('1')));
}

/** Messages with what became of them, the latest first. */
export async function triggerLog(knex: Knex, query: LogQuery): Promise<TriggerLog> {
  const { page, pageSize } = query;
  const [{ n }] = await found(knex, query).count({ n: '*' });
  const total = Number(n);
  const rows = await found(knex, query)
    .orderBy([
      { column: 'm.created_at', order: 'desc' },
      { column: 'm.id', order: 'desc' },
    ])
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .select('m.id', 'm.person_id', 'm.arm', 'm.payload', 'm.created_at');
  const deliveries = await deliveriesOf(
    knex,
    rows.map(({ id }: { id: string }) => id),
  );
  const messages = rows.map((row: Record<string, string | number>): LoggedMessage => {
    const { trigger, person, change, content }: TriggerMessage = JSON.parse(String(row.payload));
    return {
      id: String(row.id),
      triggerId: trigger.id,
      triggerName: trigger.name,
      kind: trigger.kind,
      personId: String(row.person_id),
      customerIds: person.customerIds,
      change,
      content,
      arm: String(row.arm),
      createdAt: Number(row.created_at),
      deliveries: deliveries.get(String(row.id)) ?? [],
    };
  });
  return { messages, pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total } };
}

async function deliveriesOf(knex: Knex, messageIds: string[]) {
  const rows = await knex('clv_deliveries')
    .whereIn('message_id', messageIds)
    .orderBy('destination')
    .select('message_id', 'destination', 'state', 'attempts', 'next_at', 'reason', 'updated_at');
  const names = await namesOf(
    knex,
    rows.map(({ destination }) => destination),
  );
  const byMessage = new Map<string, LoggedMessage['deliveries']>();
  for (const row of rows) {
    const state: DeliveryState = row.state;
    const delivery = {
      destination: row.destination,
      name: names.get(row.destination) ?? null,
      state,
      attempts: Number(row.attempts),
      nextAt: state === 'waiting' ? Number(row.next_at) : null,
      reason: row.reason,
      updatedAt: Number(row.updated_at),
    };
    byMessage.set(row.message_id, [...(byMessage.get(row.message_id) ?? []), delivery]);
  }
  return byMessage;
}

/** What destinations are called; Strapi itself, and what is gone, has no name. */
async function namesOf(knex: Knex, destinations: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const tables = { endpoint: 'clv_endpoints', connection: 'clv_connections' };
  for (const destination of new Set(destinations)) {
    const { kind, id } = targetOf(destination);
    if (destination === HUB || kind === 'hub') continue;
    const row = await knex(tables[kind]).where({ id }).first('name');
    if (row) names.set(destination, row.name);
  }
  return names;
}
