import type { Table } from './table';

export const ORDERS: Table = {
  name: 'clv_orders',
  key: 'order_id',
  columns: [
    { name: 'order_id', type: 'text' },
    { name: 'customer_id', type: 'text' },
    { name: 'ordered_at', type: 'bigint' },
    { name: 'amount', type: 'bigint' },
    { name: 'cost', type: 'bigint' },
    { name: 'currency', type: 'text' },
    { name: 'product_line', type: 'text' },
    { name: 'channel', type: 'text' },
    { name: 'deal_created_at', type: 'bigint' },
    { name: 'status', type: 'text' },
  ],
  blank: {
    order_id: null,
    customer_id: null,
    ordered_at: null,
    amount: null,
    cost: null,
    currency: null,
    product_line: null,
    channel: null,
    deal_created_at: null,
    status: 'paid',
  },
};
