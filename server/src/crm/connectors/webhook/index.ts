import { z } from 'zod';
import type { Connector, ConnectorKind, ConnectorTools, Page, SchemaReport } from '../../connector';
import { newsIn } from './body';
import { checkedId } from './signature';

const options = z.strictObject({
  secret: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/,
      'is no secret of Standard Webhooks: "whsec_" and 24 to 64 random bytes in base64; make one with: echo "whsec_$(openssl rand -base64 32)"',
    ),
});

export type WebhookOptions = z.output<typeof options>;

/** Any program that sends customers and orders by itself, signed as Standard Webhooks are. There is nothing to ask. */
export const webhook: ConnectorKind<WebhookOptions> = {
  kind: 'webhook',
  title: 'Signed webhook',
  form: [
    {
      name: 'secret',
      type: 'secret',
      label: 'Secret',
      help: 'The same as at the sender. Make one with: echo "whsec_$(openssl rand -base64 32)"',
      required: true,
      placeholder: 'whsec_…',
    },
  ],
  options,
  columns: () => ({ customers: {}, orders: {}, subscriptions: {} }),
  create,
};

async function* nothing(): AsyncGenerator<Page> {}

function create({ secret }: WebhookOptions, { now }: ConnectorTools): Connector {
  const nothingToMake: SchemaReport = { created: [], existing: [], todo: [] };
  return {
    name: 'webhook',
    capabilities: { pull: [], push: false, notes: false, webhooks: true, batch: 1, deletions: 'told' },
    verify: async () => ({ id: 'webhook', name: 'Signed webhook' }),
    fields: async () => ({ customers: [], orders: [], subscriptions: [] }),
    ensureSchema: async () => nothingToMake,
    pullCustomers: nothing,
    pullOrders: nothing,
    pushInsights: async () => [],
    parseWebhook(request) {
      const key = checkedId(secret, request, now());
      return { key, news: newsIn(request.body, key) };
    },
  };
}
