import type { Stream } from '../../../../server/src/crm/sync/api-types';
import type { MessageId } from '../../text';

interface ColumnWords {
  name: MessageId;
  what: MessageId;
}

/** Every column that a property of the CRM may fill, in the words of whoever knows the CRM. */
const COLUMNS: Record<Stream, Record<string, ColumnWords>> = {
  customers: {
    email: { name: 'clv.crm.column.email', what: 'clv.crm.column.email.what' },
    company: { name: 'clv.crm.column.company', what: 'clv.crm.column.company.what' },
    segment: { name: 'clv.crm.column.segment', what: 'clv.crm.column.segment.what' },
    channel: { name: 'clv.crm.column.channel', what: 'clv.crm.column.channel.what' },
    acquired_at: { name: 'clv.crm.column.acquired', what: 'clv.crm.column.acquired.what' },
    acquisition_cost: { name: 'clv.crm.column.cac', what: 'clv.crm.column.cac.what' },
    service_cost_per_month: { name: 'clv.crm.column.service', what: 'clv.crm.column.service.what' },
    currency: { name: 'clv.crm.column.currency', what: 'clv.crm.column.currency.costs' },
    nps: { name: 'clv.crm.column.nps', what: 'clv.crm.column.nps.what' },
    ces: { name: 'clv.crm.column.ces', what: 'clv.crm.column.ces.what' },
  },
  orders: {
    customer_id: { name: 'clv.crm.column.customer', what: 'clv.crm.column.customer.what' },
    ordered_at: { name: 'clv.crm.column.ordered', what: 'clv.crm.column.ordered.what' },
    amount: { name: 'clv.crm.column.amount', what: 'clv.crm.column.amount.what' },
    cost: { name: 'clv.crm.column.cost', what: 'clv.crm.column.cost.what' },
    margin: { name: 'clv.crm.column.margin', what: 'clv.crm.column.margin.what' },
    margin_percent: { name: 'clv.crm.column.margin-percent', what: 'clv.crm.column.margin-percent.what' },
    currency: { name: 'clv.crm.column.currency', what: 'clv.crm.column.currency.what' },
    product_line: { name: 'clv.crm.column.line', what: 'clv.crm.column.line.what' },
    channel: { name: 'clv.crm.column.order-channel', what: 'clv.crm.column.order-channel.what' },
    deal_created_at: { name: 'clv.crm.column.deal', what: 'clv.crm.column.deal.what' },
    status: { name: 'clv.crm.column.status', what: 'clv.crm.column.status.what' },
  },
  subscriptions: {
    customer_id: { name: 'clv.crm.column.customer', what: 'clv.crm.column.customer.what' },
    started_at: { name: 'clv.crm.column.started', what: 'clv.crm.column.started.what' },
    ended_at: { name: 'clv.crm.column.ended', what: 'clv.crm.column.ended.what' },
    mrr: { name: 'clv.crm.column.mrr', what: 'clv.crm.column.mrr.what' },
    currency: { name: 'clv.crm.column.currency', what: 'clv.crm.column.currency.what' },
    product_line: { name: 'clv.crm.column.line', what: 'clv.crm.column.line.what' },
    billing_months: { name: 'clv.crm.column.billing', what: 'clv.crm.column.billing.what' },
  },
};

/** The words of a column; null for one that only a connector of the app's own knows. */
export const columnWords = (stream: Stream, column: string): ColumnWords | null =>
  COLUMNS[stream][column] ?? null;

const ORDER = Object.fromEntries(
  Object.entries(COLUMNS).map(([stream, columns]) => [stream, Object.keys(columns)]),
) as Record<Stream, string[]>;

/** The columns of a stream, those that matter most first. */
export function inOrder(stream: Stream, columns: string[]): string[] {
  const place = (column: string) => (ORDER[stream].indexOf(column) + 1 || 99) - 1;
  return [...columns].sort((a, b) => place(a) - place(b));
}

/** The streams of which something can be mapped: subscriptions may come along with orders, and are no pull then. */
export const mappedStreams = (columns: Record<Stream, Record<string, string | null>>): Stream[] =>
  (Object.keys(COLUMNS) as Stream[]).filter((stream) => Object.keys(columns[stream]).length > 0);
