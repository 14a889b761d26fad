import type { ConnectorKind, Stream } from '../../connector';
import { columnsOf } from '../shared/columns';
import { ensureParent } from './categories';
import { COLUMNS } from './columns';
import { customersOf } from './customers';
import { fieldsOf } from './fields';
import { form, options as schema, type TrytonOptions } from './options';
import { ordersOf } from './orders';
import { pushInsights, pushNotes } from './push';
import { trytonAt } from './rpc';
import { verify } from './verify';
import { walk, walkIds } from './walk';

/** @param pageSize records that are asked for at once */
export function trytonKind(pageSize: number): ConnectorKind<TrytonOptions> {
  return {
    kind: 'tryton',
    title: 'Tryton',
    form,
    options: schema,
    columns: () => COLUMNS,
    reads: ({ wonOpportunities }) => ({ orders: wonOpportunities }),
    create(options, tools) {
      const tryton = trytonAt(options, tools);
      const customers = columnsOf('customers', COLUMNS.customers, tools.mapping);
      const orders = columnsOf('orders', COLUMNS.orders, tools.mapping);
      const sourcesOf = (stream: Stream) =>
        stream === 'customers' ? customersOf(tryton, customers) : ordersOf(tryton, orders, options);
      async function* pull(stream: Stream, cursor: string | null) {
        yield* walk(tryton, await sourcesOf(stream), cursor, pageSize);
      }
      return {
        name: 'tryton',
        capabilities: {
          pull: ['customers', 'orders'],
          push: true,
          notes: true,
          webhooks: false,
          batch: 100,
          deletions: 'listed',
        },
        verify: () => verify(tryton, options),
        fields: () => fieldsOf(tryton),
        async ensureSchema() {
          const { created } = await ensureParent(tryton);
          const name = 'party category "CLV"';
          return { created: created ? [name] : [], existing: created ? [] : [name], todo: [] };
        },
        pullCustomers: (cursor) => pull('customers', cursor),
        pullOrders: (cursor) => pull('orders', cursor),
        async *pullIds(stream) {
          yield* walkIds(tryton, await sourcesOf(stream));
        },
        pushInsights: (batch) => pushInsights(tryton, tools.currency, batch),
        pushNotes: (batch) => pushNotes(tryton, batch),
      };
    },
  };
}

/** Tryton 6.0 and later, by JSON-RPC. */
export const tryton = trytonKind(200);
