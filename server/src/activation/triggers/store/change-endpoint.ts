import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { CLOSED } from '../../../crm/sync/push/deliver/breaker';
import { atomically } from '../../../identity/atomically';
import { Refused } from '../../refused';
import type { EndpointInput } from '../api-types';
import { endpointDestination } from '../evaluate/destinations';
import { endpointById, type StoredEndpoint, saveEndpointBreaker } from './endpoints';
import { allTriggers } from './triggers';

/** @throws Refused 404 */
export async function knownEndpoint(knex: Knex, id: string): Promise<StoredEndpoint> {
  const endpoint = await endpointById(knex, id);
  if (endpoint) return endpoint;
  throw new Refused(404, `There is no webhook ${id}; it may have been deleted.`);
}

/** @param secret sealed @returns its id */
export async function createEndpoint(
  knex: Knex,
  { name, url, enabled }: EndpointInput,
  secret: string,
  now: number,
): Promise<string> {
  const id = uuidv7();
  await knex('clv_endpoints').insert({
    id,
    name,
    url,
    secret,
    enabled,
    breaker_failures: 0,
    created_at: now,
    updated_at: now,
  });
  return id;
}

/** Whoever changes it means it to be tried again at once. */
export async function changeEndpoint(
  knex: Knex,
  id: string,
  { name, url, enabled }: EndpointInput,
  now: number,
): Promise<void> {
  await knownEndpoint(knex, id);
  await knex('clv_endpoints').where({ id }).update({ name, url, enabled, updated_at: now });
  await saveEndpointBreaker(knex, id, CLOSED);
}

/** From now on it is signed with this one alone. @param secret sealed */
export async function changeSecret(knex: Knex, id: string, secret: string, now: number): Promise<void> {
  await knownEndpoint(knex, id);
  await knex('clv_endpoints').where({ id }).update({ secret, updated_at: now });
}

/** Deletes an endpoint, and what waits for it. @throws Refused 404, 409 while a trigger sends to it */
export function deleteEndpoint(knex: Knex, id: string): Promise<void> {
  return atomically(knex, async (trx) => {
    await knownEndpoint(trx, id);
    const users = (await allTriggers(trx)).filter(({ actions }) => actions.endpoints.includes(id));
    if (users.length > 0) {
      const named = users.map(({ name }) => `"${name}"`).join(', ');
      throw new Refused(409, `Messages of ${named} go to this webhook; take it out there first.`);
    }
    const destination = endpointDestination(id);
    await trx('clv_deliveries').where({ destination }).whereNot({ state: 'sent' }).delete();
    await trx('clv_endpoints').where({ id }).delete();
  });
}
