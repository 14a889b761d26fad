import type { Knex } from 'knex';

/** A customer in a CRM, and the person it is of. */
export interface CrmCustomer {
  connectionId: string;
  /** Our key, with the prefix. */
  customerId: string;
  /** The canonical person. */
  personId: string;
}

/** The customers of persons that these CRMs have; several where one CRM has a person more than once. */
export async function crmCustomersOf(
  knex: Knex,
  connectionIds: string[],
  personIds: string[],
): Promise<CrmCustomer[]> {
  const rows = await knex('clv_persons as p')
    .join('clv_identities as i', 'i.person_id', 'p.id')
    .join('clv_crm_records as r', 'r.row_key', 'i.value')
    .whereIn('p.canonical_id', personIds)
    .where({ 'i.namespace': 'customer', 'r.kind': 'customers' })
    .whereIn('r.connection_id', connectionIds)
    .whereNull('r.gone_at')
    .distinct('r.connection_id', 'r.row_key', 'p.canonical_id');
  return rows.map((row) => ({
    connectionId: row.connection_id,
    customerId: row.row_key,
    personId: row.canonical_id,
  }));
}
