import type { Stream } from '../../connector';

/** The property that fills each column unless it is mapped otherwise. */
export const COLUMNS: Record<Stream, Record<string, string | null>> = {
  customers: {
    email: 'Email',
    company: 'Account.Name',
    channel: 'LeadSource',
    acquired_at: 'CreatedDate',
    acquisition_cost: null,
    service_cost_per_month: null,
    segment: null,
    nps: null,
    ces: null,
  },
  orders: {
    ordered_at: 'CloseDate',
    amount: 'Amount',
    cost: null,
    margin: null,
    product_line: null,
    channel: 'LeadSource',
    deal_created_at: 'CreatedDate',
  },
  subscriptions: {},
};
