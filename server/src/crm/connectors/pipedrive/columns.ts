import type { ConnectorTools, Stream } from '../../connector';
import { isCustom } from './values';

type Columns = Record<string, string | null>;

/** The property that fills each column unless it is mapped otherwise. Subscriptions come from deals, once they are mapped. */
export const COLUMNS: Record<Stream, Columns> = {
  customers: {
    email: 'emails',
    company: 'org_name',
    channel: null,
    acquired_at: 'add_time',
    acquisition_cost: null,
    service_cost_per_month: null,
    segment: null,
    nps: null,
    ces: null,
  },
  orders: {
    ordered_at: 'won_time',
    amount: 'value',
    currency: 'currency',
    cost: null,
    margin: null,
    product_line: null,
    channel: null,
    deal_created_at: 'add_time',
  },
  subscriptions: {
    started_at: null,
    ended_at: null,
    mrr: null,
    currency: 'currency',
    product_line: null,
    billing_months: null,
  },
};

/** A column and the property that fills it. */
export type Mapped = [column: string, property: string][];

export const mappedOf = (stream: Stream, { mapping }: Pick<ConnectorTools, 'mapping'>): Mapped =>
  Object.entries({ ...COLUMNS[stream], ...mapping[stream] }).filter(
    (entry): entry is Mapped[number] => entry[1] !== null,
  );

/** Custom fields that one request may name. */
const MOST_CUSTOM = 15;

/** What a list shall hold of each record, for smaller answers: the custom fields that are mapped, labels as words. */
export function holding(mapped: Mapped): Record<string, string | boolean | undefined> {
  const codes = [...new Set(mapped.map(([, name]) => name).filter(isCustom))];
  const some = codes.length > 0 && codes.length <= MOST_CUSTOM;
  return {
    custom_fields: some ? codes.join(',') : undefined,
    include_option_labels: codes.length > 0 || undefined,
    include_labels: mapped.some(([, name]) => name === 'labels') || undefined,
  };
}
