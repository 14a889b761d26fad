import type { Knex } from 'knex';
import { type PersonRange, within } from './person-range';

/** What one customer record says about costs; minor units. */
export interface CustomerCosts {
  personId: string;
  customerId: string;
  currency: string;
  acquiredAt: number | null;
  acquisitionCost: number;
  serviceCostPerMonth: number;
  channel: string | null;
  segment: string | null;
}

/** The customer records of persons; somebody may have several, after a merge. */
export async function customerCosts(knex: Knex, range: PersonRange): Promise<CustomerCosts[]> {
  // The order of tables as in order-sums.
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_customers AS c'))
    .whereRaw('c.person_id = p.id')
    .orderBy(['p.canonical_id', 'c.customer_id'])
    .select(
      'p.canonical_id as person_id',
      'c.customer_id',
      'c.currency',
      'c.acquired_at',
      'c.acquisition_cost',
      'c.service_cost_per_month',
      'c.channel',
      'c.segment',
    );
  return (await within(question, range)).map((row: Record<string, string | number | null>) => ({
    personId: String(row.person_id),
    customerId: String(row.customer_id),
    currency: String(row.currency),
    acquiredAt: row.acquired_at === null ? null : Number(row.acquired_at),
    acquisitionCost: Number(row.acquisition_cost ?? 0),
    serviceCostPerMonth: Number(row.service_cost_per_month ?? 0),
    channel: row.channel === null ? null : String(row.channel),
    segment: row.segment === null ? null : String(row.segment),
  }));
}
