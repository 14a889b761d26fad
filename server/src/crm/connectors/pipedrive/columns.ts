import type { Mapping, Stream } from '../../connector';
import { type Columns, columnsOf, propertiesOf, usually } from '../shared/columns';
import { isCustom } from './values';

/** The property that fills each column unless it is mapped otherwise. Subscriptions come from deals, once they are mapped. */
export const COLUMNS: Record<Stream, Columns> = {
  customers: usually('customers', { email: 'emails', company: 'org_name', acquired_at: 'add_time' }),
  orders: usually('orders', {
    ordered_at: 'won_time',
    amount: 'value',
    currency: 'currency',
    deal_created_at: 'add_time',
  }),
  subscriptions: usually('subscriptions', { currency: 'currency' }),
};

/** @throws ConnectorError config for a column that is none */
export function mappedColumns(mapping: Mapping): Record<Stream, Columns> {
  return {
    customers: columnsOf('customers', COLUMNS.customers, mapping),
    orders: columnsOf('orders', COLUMNS.orders, mapping),
    subscriptions: columnsOf('subscriptions', COLUMNS.subscriptions, mapping),
  };
}

/** Custom fields that one request may name. */
const MOST_CUSTOM = 15;

/** What a list shall hold of each record, for smaller answers: the custom fields that are mapped, and words for options. */
export function holding(...columns: Columns[]): Record<string, string | boolean | undefined> {
  const properties = propertiesOf(...columns);
  const codes = properties.filter(isCustom);
  const some = codes.length > 0 && codes.length <= MOST_CUSTOM;
  return {
    custom_fields: some ? codes.join(',') : undefined,
    include_option_labels: codes.length > 0 || undefined,
    include_labels: properties.includes('labels') || undefined,
  };
}
