import type { Account, Connector, ConnectorKind, ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { columnsOf } from '../shared/columns';
import { type Api, apiOf } from './api';
import { COLUMNS } from './columns';
import { pullContacts } from './contacts';
import { pullDeals } from './deals';
import { pushNotes } from './notes';
import { form, type HubSpotOptions, options } from './options';
import { paths } from './paths';
import { demandProperties, fieldsOf } from './properties';
import { BATCH, pushInsights } from './push';
import { ensureSchema } from './schema';
import { oauth } from './session';
import { parseWebhook } from './webhook';

/** HubSpot: contacts as customers, deals that are won as orders, insights in contact properties, and notes. */
export const hubspot: ConnectorKind<HubSpotOptions> = {
  kind: 'hubspot',
  title: 'HubSpot',
  form,
  options,
  columns: () => COLUMNS,
  reads: ({ split }) => ({ orders: split }),
  create,
  oauth,
};

function create(options: HubSpotOptions, tools: ConnectorTools): Connector {
  const contacts = columnsOf('customers', COLUMNS.customers, tools.mapping);
  const deals = {
    orders: columnsOf('orders', COLUMNS.orders, tools.mapping),
    subscriptions: columnsOf('subscriptions', COLUMNS.subscriptions, tools.mapping),
  };
  const api = apiOf(options, tools);
  return {
    name: 'hubspot',
    capabilities: {
      pull: ['customers', 'orders'],
      push: true,
      notes: true,
      webhooks: true,
      batch: BATCH,
      deletions: 'told',
    },
    verify: () => verify(api, options),
    fields: () => fieldsOf(api),
    ensureSchema: (fields) => ensureSchema(api, tools.currency, fields),
    async *pullCustomers(cursor) {
      await demandProperties(api, 'contacts', contacts);
      yield* pullContacts(api, contacts, cursor);
    },
    async *pullOrders(cursor) {
      await demandProperties(api, 'deals', deals.orders, deals.subscriptions);
      yield* pullDeals(api, deals, options.split, cursor);
    },
    pushInsights: (batch) => pushInsights(api, batch),
    pushNotes: (batch) => pushNotes(api, batch),
    parseWebhook: (request) => parseWebhook(options, tools.now(), request),
    budget: api.budget,
  };
}

/** Whose account it is, and one contact and one deal, for the rights to read them. */
async function verify(api: Api, options: HubSpotOptions): Promise<Account> {
  const { portalId, companyCurrency } = await api.account();
  const id = String(portalId);
  if (options.auth === 'oauth' && options.hubId !== id) {
    throw new ConnectorError(
      'config',
      `The account that allowed the connection is ${id}, not ${options.hubId}; correct the Hub ID, or connect the right account.`,
    );
  }
  for (const type of ['contacts', 'deals'] as const) {
    await api.send({ method: 'GET', url: paths.objects(type), query: { limit: 1 } });
    await api.send({ method: 'GET', url: paths.properties(type) });
  }
  return { id, name: `HubSpot ${id}`, currency: companyCurrency };
}
