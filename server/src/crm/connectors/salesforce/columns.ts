import type { Stream } from '../../connector';
import { type Columns, usually } from '../shared/columns';

/**
 * What fills each column unless it is mapped otherwise. A currency that is not mapped is that of the record, or of the
 * org. Subscriptions come from opportunities that are won, once their recurring revenue is mapped.
 */
export const COLUMNS: Record<Stream, Columns> = {
  customers: usually('customers', {
    email: 'Email',
    company: 'Account.Name',
    channel: 'LeadSource',
    acquired_at: 'CreatedDate',
  }),
  orders: usually('orders', {
    ordered_at: 'CloseDate',
    amount: 'Amount',
    channel: 'LeadSource',
    deal_created_at: 'CreatedDate',
  }),
  subscriptions: usually('subscriptions', {}),
};
