import type { Connector, ConnectorKind, ConnectorTools, Stream } from '../../connector';
import { columnsOf } from '../shared/columns';
import { apiOf } from './api';
import { MOST_RECORDS } from './collections';
import { COLUMNS } from './columns';
import { pullCustomers } from './customers';
import { fieldsOf } from './fields';
import { form, options, type SalesforceOptions } from './options';
import { pullOrders } from './orders';
import { pushInsights, pushNotes } from './push';
import { ensureSchema } from './schema';
import { verify } from './verify';

/**
 * Salesforce: contacts (and leads) as customers, opportunities that are won as orders, insights in custom fields, notes
 * as tasks. What is deleted, merged or converted comes along with what changed.
 */
export const salesforce: ConnectorKind<SalesforceOptions> = {
  kind: 'salesforce',
  title: 'Salesforce',
  form,
  options,
  columns: () => COLUMNS,
  reads: ({ records, split, currency }) => ({ customers: records, orders: [split, currency] }),
  create,
};

function create(options: SalesforceOptions, tools: ConnectorTools): Connector {
  const api = apiOf(options, tools);
  const currency = options.currency || tools.currency;
  const leads = options.records === 'contacts and leads';
  const columns = (stream: Stream) => columnsOf(stream, COLUMNS[stream], tools.mapping);
  const people = { leads, columns: columns('customers'), currency };
  const deals = {
    orders: columns('orders'),
    subscriptions: columns('subscriptions'),
    currency,
    split: options.split,
  };
  return {
    name: 'salesforce',
    capabilities: {
      pull: ['customers', 'orders'],
      push: true,
      notes: true,
      webhooks: false,
      batch: MOST_RECORDS,
      deletions: 'told',
    },
    verify: () => verify(api, options),
    fields: () => fieldsOf(api),
    ensureSchema: (fields) =>
      ensureSchema(api, leads ? ['Contact', 'Lead'] : ['Contact'], tools.currency, fields),
    pullCustomers: (cursor) => pullCustomers(api, people, cursor),
    pullOrders: (cursor) => pullOrders(api, deals, cursor),
    pushInsights: (batch) => pushInsights(api, batch),
    pushNotes: (batch) => pushNotes(api, batch),
    budget: api.budget,
  };
}
