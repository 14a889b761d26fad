import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { WebhookRequest } from '../connector';
import type { ConnectionsService, OpenConnection } from '../sync/connections/service';
import type { SyncService } from '../sync/service';
import { deliveries } from './deliveries';

export type Taken = 'taken' | 'duplicate';

/** Takes messages that CRMs send by themselves. */
export function webhookTaker(strapi: Strapi) {
  const connections = (): ConnectionsService => strapi.plugin('clv').service('connections');
  const sync = (): SyncService => strapi.plugin('clv').service('sync');
  const { has, add } = deliveries(() => knexOf(strapi));

  return {
    /** The connection that a message is for; null when there is none, or none that takes messages now. */
    async open(connectionId: string): Promise<OpenConnection | null> {
      const row = await connections().get(connectionId);
      if (!row?.enabled) return null;
      const connection = await connections().open(connectionId);
      return connection.connector.parseWebhook ? connection : null;
    },

    /**
     * Stores what a message brought, and only then notes that it was taken: after a crash in between it comes again, and
     * storing the same twice changes nothing. So two nodes may also take it at once.
     *
     * @throws ConnectorError when it is not from the CRM, or makes no sense
     */
    async take({ id, connector }: OpenConnection, request: WebhookRequest): Promise<Taken> {
      const { key, news } = connector.parseWebhook!(request);
      if (await has(id, key)) return 'duplicate';
      await sync().news(id, news);
      await add(id, key);
      return 'taken';
    },
  };
}
