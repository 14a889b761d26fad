import type { Knex } from 'knex';
import type { StoredTrigger } from '../store/triggers';

/** Strapi's event hub. */
export const HUB = 'strapi';
const ENDPOINT = 'webhook:';
const CONNECTION = 'crm:';

export const endpointDestination = (endpointId: string): string => `${ENDPOINT}${endpointId}`;
export const connectionDestination = (connectionId: string): string => `${CONNECTION}${connectionId}`;

/** What a destination names. */
export function targetOf(destination: string): { kind: 'hub' | 'endpoint' | 'connection'; id: string } {
  if (destination.startsWith(ENDPOINT)) return { kind: 'endpoint', id: destination.slice(ENDPOINT.length) };
  if (destination.startsWith(CONNECTION)) {
    return { kind: 'connection', id: destination.slice(CONNECTION.length) };
  }
  return { kind: 'hub', id: '' };
}

/** Where the messages of a trigger go now: endpoints that were switched off get none, nor does what is gone. */
export async function destinationsOf(knex: Knex, { actions }: StoredTrigger): Promise<string[]> {
  const endpoints: string[] = await knex('clv_endpoints')
    .whereIn('id', actions.endpoints)
    .where({ enabled: true })
    .orderBy('id')
    .pluck('id');
  const connections: string[] = await knex('clv_connections')
    .whereIn('id', actions.connections)
    .orderBy('id')
    .pluck('id');
  return [HUB, ...endpoints.map(endpointDestination), ...connections.map(connectionDestination)];
}
