import type { Table } from './table';

export const SUBSCRIPTIONS: Table = {
  name: 'clv_subscriptions',
  key: 'subscription_id',
  columns: [
    { name: 'subscription_id', type: 'text' },
    { name: 'customer_id', type: 'text' },
    { name: 'started_at', type: 'bigint' },
    { name: 'ended_at', type: 'bigint' },
    { name: 'mrr', type: 'bigint' },
    { name: 'currency', type: 'text' },
    { name: 'product_line', type: 'text' },
    { name: 'billing_months', type: 'integer' },
  ],
  blank: {
    subscription_id: null,
    customer_id: null,
    started_at: null,
    ended_at: null,
    mrr: null,
    currency: null,
    product_line: null,
    billing_months: 1,
  },
};
