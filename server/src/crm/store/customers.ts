import type { Customer } from '../rows/customer';
import type { Objection, Row, Statement } from './plan-writes';
import type { Table } from './table';

const COSTS = ['acquisition_cost', 'service_cost_per_month'];

/** The costs of one customer share a currency: a new one for the one would give the other a false value. */
function oneCurrency(before: Row, said: Statement): Objection | null {
  if (said.currency === undefined || said.currency === before.currency) return null;
  const kept = COSTS.find((cost) => said[cost] === undefined && before[cost] !== null);
  if (!kept) return null;
  return {
    field: 'currency',
    reason: `currency is ${said.currency}, but the ${kept} that is stored is in ${before.currency}; give both costs, or both in ${before.currency}`,
  };
}

/** `currency` is the report's, for customers without costs. */
export const customersIn = (currency: string): Table => ({
  name: 'clv_customers',
  key: 'customer_id',
  columns: [
    { name: 'customer_id', type: 'text' },
    { name: 'email_hash', type: 'text' },
    { name: 'channel', type: 'text' },
    { name: 'acquired_at', type: 'bigint' },
    { name: 'acquisition_cost', type: 'bigint' },
    { name: 'service_cost_per_month', type: 'bigint' },
    { name: 'currency', type: 'text' },
    { name: 'segment', type: 'text' },
    { name: 'company', type: 'text' },
    { name: 'nps', type: 'integer' },
    { name: 'ces', type: 'double' },
  ],
  blank: {
    customer_id: null,
    email_hash: null,
    channel: null,
    acquired_at: null,
    acquisition_cost: null,
    service_cost_per_month: null,
    currency,
    segment: null,
    company: null,
    nps: null,
    ces: null,
  },
  judge: oneCurrency,
});

/** A customer as the table holds it: the email as its hash, and a currency only beside a cost. */
export function customerStatement(
  { email, currency, ...columns }: Customer,
  hashEmail: (email: string) => string,
  reportCurrency: string,
): Statement {
  const costs = [columns.acquisition_cost, columns.service_cost_per_month];
  return {
    ...columns,
    email_hash: email ? hashEmail(email) : email,
    currency: costs.some((cost) => typeof cost === 'number') ? (currency ?? reportCurrency) : undefined,
  };
}
