import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { type Column, insertRows } from '../storage/insert-rows';
import { atomically } from './atomically';

const AT_ONCE = 2000;

export const IDENTITY_COLUMNS: Column[] = [
  { name: 'id', type: 'text' },
  { name: 'person_id', type: 'text' },
  { name: 'namespace', type: 'text' },
  { name: 'value', type: 'text' },
  { name: 'source', type: 'text' },
  { name: 'linked_at', type: 'bigint' },
];
const PERSON_COLUMNS: Column[] = [
  { name: 'id', type: 'text' },
  { name: 'canonical_id', type: 'text' },
  { name: 'created_at', type: 'bigint' },
];

/** The persons of these customers as they are now. */
async function personsOf(trx: Knex.Transaction, customerIds: string[]): Promise<Map<string, string>> {
  const rows = await trx('clv_identities')
    .where('namespace', 'customer')
    .whereIn('value', customerIds)
    .forUpdate()
    .select('value', 'person_id');
  return new Map(rows.map((row) => [row.value, row.person_id]));
}

/** Persons known by one of these email hashes and by no customer id yet, by hash. */
async function readersOf(trx: Knex.Transaction, hashes: string[]): Promise<Map<string, string>> {
  const rows = await trx('clv_identities as email')
    .join('clv_persons as p', 'p.id', 'email.person_id')
    .where('email.namespace', 'email')
    .whereIn('email.value', hashes)
    .whereNotExists((customer) =>
      customer
        .select(trx.raw('1'))
        .from('clv_persons as same')
        .join('clv_identities as i', 'i.person_id', 'same.id')
        .whereRaw('same.canonical_id = p.canonical_id')
        .where('i.namespace', 'customer'),
    )
    .select('email.value', 'email.person_id');
  return new Map(rows.map((row) => [row.value, row.person_id]));
}

/**
 * The person of each customer, made when there is none yet. A new customer whose email hash belongs to a person
 * without a customer id becomes that person, so that what a newsletter reader read before buying counts.
 *
 * @param emailHashes by customer id
 */
export async function ensureCustomers(
  knex: Knex,
  customerIds: string[],
  source: string,
  emailHashes: ReadonlyMap<string, string> = new Map(),
): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const wanted = [...new Set(customerIds)];
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const chunk = wanted.slice(start, start + AT_ONCE);
    const found = await atomically(knex, (trx) => ensureChunk(trx, chunk, source, emailHashes));
    for (const [customerId, personId] of found) all.set(customerId, personId);
    await breathe();
  }
  return all;
}

async function ensureChunk(
  trx: Knex.Transaction,
  customerIds: string[],
  source: string,
  emailHashes: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const known = await personsOf(trx, customerIds);
  const missing = customerIds.filter((id) => !known.has(id));
  if (missing.length === 0) return known;

  const now = Date.now();
  const readers = await readersOf(
    trx,
    missing.flatMap((id) => emailHashes.get(id) ?? []),
  );
  const fresh = new Set<string>();
  const identities = missing.map((customerId) => {
    const hash = emailHashes.get(customerId) ?? '';
    let personId = readers.get(hash);
    // A second customer with the same address is somebody else until an administrator says otherwise.
    readers.delete(hash);
    if (!personId) {
      personId = uuidv7();
      fresh.add(personId);
    }
    return [uuidv7(), personId, 'customer', customerId, source, now];
  });
  await insertRows(trx, 'clv_identities', IDENTITY_COLUMNS, identities);
  const made = await personsOf(trx, missing);
  // Another node may have made some of them meanwhile; those keep their person.
  const persons = [...made.values()].filter((id) => fresh.has(id)).map((id) => [id, id, now]);
  await insertRows(trx, 'clv_persons', PERSON_COLUMNS, persons);
  return new Map([...known, ...made]);
}
