import type { Account, Connector, ConnectorKind, ConnectorTools, Stream } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { type Api, apiOf } from './api';
import { COLUMNS, mappedColumns } from './columns';
import { DEALS, pullOrders } from './deals';
import { fieldsOf } from './fields';
import { pushInsights } from './insights';
import { pushNotes } from './notes';
import { oauth } from './oauth';
import { form, options, type PipedriveOptions } from './options';
import type { Me } from './payloads';
import { PERSONS, pullCustomers } from './persons';
import { schemaOf } from './schema';
import { parseWebhook } from './webhook';

/** Every record is a request of its own, so a batch is no more than what can be lost track of at once. */
const BATCH = 50;

/**
 * Pipedrive: persons as customers, deals that are won as orders, insights in custom fields of persons. Which persons were
 * deleted or merged its lists do not tell: webhooks do, and `pullIds` finds out.
 */
export const pipedrive: ConnectorKind<PipedriveOptions> = {
  kind: 'pipedrive',
  title: 'Pipedrive',
  form,
  options,
  columns: () => COLUMNS,
  create,
  oauth,
};

function create(options: PipedriveOptions, tools: ConnectorTools): Connector {
  const api = apiOf(options, tools);
  const schema = schemaOf(api);
  const columns = mappedColumns(tools.mapping);
  return {
    name: 'pipedrive',
    capabilities: {
      pull: ['customers', 'orders'],
      push: true,
      notes: true,
      webhooks: true,
      batch: BATCH,
      deletions: 'listed',
    },
    verify: () => verify(api),
    fields: () => fieldsOf(api),
    ensureSchema: schema.ensure,
    pullCustomers: (cursor) => pullCustomers(api, columns.customers, cursor),
    pullOrders: (cursor) => pullOrders(api, columns, cursor),
    pullIds: (stream) => pullIds(api, stream),
    pushInsights: (batch) => pushInsights(api, schema, tools.currency, batch),
    pushNotes: (batch) => pushNotes(api, batch),
    parseWebhook: (request) => parseWebhook(options, tools.now(), request),
    budget: api.budget,
  };
}

/** Who it is, and one person and one deal, for the rights to read them. */
async function verify(api: Api): Promise<Account> {
  const { body } = await api.send<{ data?: Me }>({ method: 'GET', url: 'api/v1/users/me' });
  const { company_id, company_name, default_currency } = body.data ?? {};
  if (!company_id) throw new ConnectorError('transient', 'Pipedrive does not say whose account this is.');
  for (const url of [PERSONS, ...DEALS]) await api.send({ method: 'GET', url, query: { limit: 1 } });
  return {
    id: String(company_id),
    name: company_name ?? String(company_id),
    ...(default_currency ? { currency: default_currency } : {}),
  };
}

async function* pullIds(api: Api, stream: Stream): AsyncIterable<string[]> {
  for (const url of stream === 'customers' ? [PERSONS] : DEALS) {
    for await (const rows of api.pages<{ id?: number }>(url, { sort_by: 'id', sort_direction: 'asc' })) {
      yield rows.map(({ id }) => String(id));
    }
  }
}
