import type { Stream } from '../../connector';
import { type Columns, usually } from '../shared/columns';

/**
 * The property that fills each column unless it is mapped otherwise: of contacts for customers, of deals for orders and
 * for subscriptions, which are there once their recurring revenue is mapped (`hs_mrr` where deals have line items).
 */
export const COLUMNS: Record<Stream, Columns> = {
  customers: usually('customers', {
    email: 'email',
    company: 'company',
    channel: 'hs_analytics_source',
    acquired_at: 'hs_lifecyclestage_customer_date',
  }),
  orders: usually('orders', {
    ordered_at: 'closedate',
    amount: 'amount',
    currency: 'deal_currency_code',
    deal_created_at: 'createdate',
  }),
  subscriptions: usually('subscriptions', { started_at: 'closedate', currency: 'deal_currency_code' }),
};
