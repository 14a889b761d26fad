import type { Stream } from '../../connector';

/** The property that fills each column; null for none. */
export type Columns = Record<string, string | null>;

/**
 * What fills each column unless it is mapped otherwise. A currency that is not mapped is that of the record, or of the
 * org. Subscriptions come from opportunities that are won, once their recurring revenue is mapped.
 */
export const COLUMNS: Record<Stream, Columns> = {
  customers: {
    email: 'Email',
    company: 'Account.Name',
    channel: 'LeadSource',
    acquired_at: 'CreatedDate',
    acquisition_cost: null,
    service_cost_per_month: null,
    currency: null,
    segment: null,
    nps: null,
    ces: null,
  },
  orders: {
    ordered_at: 'CloseDate',
    amount: 'Amount',
    currency: null,
    cost: null,
    margin: null,
    product_line: null,
    channel: 'LeadSource',
    deal_created_at: 'CreatedDate',
  },
  subscriptions: {
    started_at: null,
    ended_at: null,
    mrr: null,
    currency: null,
    product_line: null,
    billing_months: null,
  },
};

/** Columns and the properties that fill them. */
export const mappedOf = (columns: Columns): [column: string, property: string][] =>
  Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== null);
