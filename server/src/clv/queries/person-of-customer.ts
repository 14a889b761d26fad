import type { Knex } from 'knex';
import { customerIds } from './customer-ids';

/** The canonical person of a customer id with every customer id they have, or null when nobody has it. */
export async function personOfCustomer(
  knex: Knex,
  customerId: string,
): Promise<{ personId: string; customerIds: string[] } | null> {
  const own = await knex('clv_identities as i')
    .join('clv_persons as p', 'p.id', 'i.person_id')
    .where({ 'i.namespace': 'customer', 'i.value': customerId })
    .first('p.canonical_id');
  if (!own) return null;
  const rows = await customerIds(knex)
    .where('p.canonical_id', own.canonical_id)
    .orderBy('i.value')
    .select('i.value');
  return { personId: own.canonical_id, customerIds: rows.map((row: { value: string }) => row.value) };
}
