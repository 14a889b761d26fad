import type { Knex } from 'knex';

/** What one customer record says about costs; minor units. */
export interface CustomerCosts {
  personId: string;
  customerId: string;
  currency: string;
  acquiredAt: number | null;
  acquisitionCost: number;
  serviceCostPerMonth: number;
}

/** The customer records of the canonical persons with `after < id <= upTo` (no end when null). */
export async function costsBetween(knex: Knex, after: string, upTo: string | null): Promise<CustomerCosts[]> {
  const question = knex('clv_persons as p')
    .join('clv_customers as c', 'c.person_id', 'p.id')
    .where('p.canonical_id', '>', after)
    .orderBy(['p.canonical_id', 'c.customer_id'])
    .select(
      'p.canonical_id as person_id',
      'c.customer_id',
      'c.currency',
      'c.acquired_at',
      'c.acquisition_cost',
      'c.service_cost_per_month',
    );
  if (upTo !== null) question.where('p.canonical_id', '<=', upTo);
  return (await question).map((row) => ({
    personId: row.person_id,
    customerId: row.customer_id,
    currency: row.currency,
    acquiredAt: row.acquired_at === null ? null : Number(row.acquired_at),
    acquisitionCost: Number(row.acquisition_cost ?? 0),
    serviceCostPerMonth: Number(row.service_cost_per_month ?? 0),
  }));
}
