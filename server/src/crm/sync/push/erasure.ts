import type { Knex } from 'knex';
import { putOut } from './compile/outbox-rows';

/**
 * Has what CRMs know of customers emptied, before these are erased here: one message each, with nothing but the customer's id,
 * which goes when it was sent. Only to CRMs that are told of persons and may know something. Call it in the transaction of the
 * erasure.
 */
export async function emptyInCrms(trx: Knex, customerIds: string[]): Promise<void> {
  const connections: { id: string; push: string }[] = await trx('clv_connections').select('id', 'push');
  const told = connections.filter(({ push }) => JSON.parse(push).enabled === true).map(({ id }) => id);
  const letters = new Map<string, { connectionId: string; customerId: string; payload: null }>();
  // What waits may be on its way already.
  for (const table of ['clv_sent', 'clv_outbox']) {
    const rows = await trx(table)
      .whereIn('connection_id', told)
      .whereIn('customer_id', customerIds)
      .distinct('connection_id', 'customer_id');
    for (const { connection_id: connectionId, customer_id: customerId } of rows) {
      letters.set(`${connectionId} ${customerId}`, { connectionId, customerId, payload: null });
    }
  }
  await putOut(trx, [...letters.values()], Date.now());
}
