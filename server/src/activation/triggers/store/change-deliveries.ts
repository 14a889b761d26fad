import type { Knex } from 'knex';
import { CLOSED } from '../../../crm/sync/push/deliver/breaker';
import { targetOf } from '../evaluate/destinations';
import type { DeliveryChoice } from '../input';
import { saveEndpointBreaker } from './endpoints';

/** Those that are chosen, so far as they are not sent. */
function chosen(knex: Knex, choice: DeliveryChoice): Knex.QueryBuilder {
  const open = knex('clv_deliveries').whereIn('state', ['waiting', 'dead']);
  if ('destination' in choice) return open.where({ destination: choice.destination });
  const keys = choice.deliveries.map(({ messageId, destination }) => [messageId, destination]);
  return open.whereIn(['message_id', 'destination'], keys);
}

/** Has them sent again at once, as if they never failed; an endpoint that rests is woken. @returns how many */
export async function retryDeliveries(knex: Knex, choice: DeliveryChoice, now: number): Promise<number> {
  const named =
    'destination' in choice ? [choice.destination] : choice.deliveries.map(({ destination }) => destination);
  for (const destination of new Set(named)) {
    const { kind, id } = targetOf(destination);
    if (kind === 'endpoint') await saveEndpointBreaker(knex, id, CLOSED);
  }
  return chosen(knex, choice).update({
    state: 'waiting',
    attempts: 0,
    next_at: now,
    reason: null,
    updated_at: now,
  });
}

/** Gives them up for good. @returns how many */
export const dropDeliveries = (knex: Knex, choice: DeliveryChoice): Promise<number> =>
  chosen(knex, choice).delete();
