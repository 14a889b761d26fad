import type { Account, Connector, ConnectorKind, ConnectorTools, Stream } from '../../connector';
import { type Columns, columnsOf, usually } from '../shared/columns';
import { clientFor } from './access';
import { type Description, streamsOf } from './description';
import { valueAt } from './field-path';
import { fieldsOf } from './fields';
import { form, options, type RestOptions } from './options';
import { idsOf, pull } from './pull';
import { batchOf, pushInsights, pushNotes } from './push';
import { type Reader, tryList } from './walk';

/**
 * Any CRM with a REST API: a description of it in JSON says where its records are, how it pages, what fills which column
 * and what goes out, so that no code is needed.
 */
export const rest: ConnectorKind<RestOptions> = {
  kind: 'rest',
  title: 'REST API',
  form,
  options,
  columns: ({ api }) => ({
    customers: usual('customers', api),
    orders: usual('orders', api),
    subscriptions: usual('subscriptions', api),
  }),
  reads,
  create,
};

/** A stream is read as its part of the description says; the form may give that as text. */
function reads({ api }: Record<string, unknown>): Partial<Record<Stream, unknown>> {
  const told = (typeof api === 'string' ? JSON.parse(api) : api) as Partial<Record<Stream, unknown>>;
  return { customers: told.customers, orders: told.orders, subscriptions: told.subscriptions };
}

/** What the description says of the columns that may be mapped otherwise. */
function usual(stream: Stream, api: Description): Columns {
  const fields = api[stream]?.fields;
  if (!fields) return {};
  const columns = usually(stream, {});
  return Object.fromEntries(Object.keys(columns).map((column) => [column, fields[column] ?? null]));
}

function create(options: RestOptions, tools: ConnectorTools): Connector {
  const { api, baseUrl } = options;
  const http = clientFor(options, tools);
  const reader: Reader = {
    http,
    baseUrl,
    secretParameter: options.auth === 'query' ? options.queryName : null,
  };
  const streams = streamsOf(api);
  const columns = Object.fromEntries(
    streams.map((stream) => [
      stream,
      { ...api[stream]!.fields, ...columnsOf(stream, usual(stream, api), tools.mapping) },
    ]),
  ) as Partial<Record<Stream, Columns>>;
  const pullOf = (stream: Stream) => (cursor: string | null) =>
    pull(reader, stream, api[stream]!, columns[stream]!, tools.currency, cursor);

  async function verify(): Promise<Account> {
    const { host } = new URL(baseUrl);
    const { account } = api;
    const answer = account ? await http({ method: 'GET', url: account.path }) : null;
    // A list that is elsewhere than described would be taken for an empty one for ever.
    for (const stream of streams) await tryList(reader, api[stream]!);
    if (!account || !answer) return { id: host, name: host };
    const { body } = answer;
    const told = (path: string | undefined) => String((path && valueAt(body, path)) || host);
    return { id: told(account.id), name: told(account.name) };
  }

  return {
    name: 'rest',
    capabilities: {
      pull: streams,
      push: api.push !== undefined,
      notes: api.notes !== undefined,
      webhooks: false,
      batch: batchOf(api.push),
      deletions: streams.every((stream) => api[stream]!.deleted !== undefined) ? 'told' : 'listed',
    },
    verify,
    fields: () => fieldsOf(reader, api),
    ensureSchema: async () => ({ created: [], existing: [], todo: [] }),
    pullCustomers: pullOf('customers'),
    pullOrders: api.orders ? pullOf('orders') : async function* () {},
    ...(api.subscriptions && { pullSubscriptions: pullOf('subscriptions') }),
    pullIds: (stream) => idsOf(reader, api[stream]!),
    pushInsights: (batch) => (api.push ? pushInsights(http, api.push, batch) : Promise.resolve([])),
    ...(api.notes && { pushNotes: (batch) => pushNotes(http, api.notes!, batch) }),
  };
}
