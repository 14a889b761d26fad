import type { Knex } from 'knex';
import type { Subject } from './subject';

/** By what the rows about a subject are found. */
export interface Scope {
  /** Everyone who is the same human by merges in force. */
  personIds: string[];
  customerIds: string[];
  /** Only when the subject is a browser. */
  visitorKey: string | null;
  /** Browsers that nobody else uses. */
  browsers: string[];
}

/** The persons that a subject names, before merges. */
async function namedPersons(knex: Knex, subject: Subject, hashEmail: (email: string) => string) {
  const identities = (namespace: string, value: string) =>
    knex('clv_identities').where({ namespace, value }).pluck('person_id');
  if ('personId' in subject) return [subject.personId];
  if ('customerId' in subject) {
    const records = knex('clv_customers').where({ customer_id: subject.customerId }).pluck('person_id');
    return [...(await identities('customer', subject.customerId)), ...(await records)];
  }
  if ('email' in subject) {
    const hash = hashEmail(subject.email);
    const records = knex('clv_customers').where({ email_hash: hash }).pluck('person_id');
    return [...(await identities('email', hash)), ...(await records)];
  }
  return [];
}

/**
 * Finds everything by which rows about a subject are found. In a transaction the identities stay locked, so that nobody
 * identifies as the person meanwhile.
 *
 * @param hashEmail throws when there is no key to hash with
 */
export async function scopeOf(
  knex: Knex,
  subject: Subject,
  hashEmail: (email: string) => string,
): Promise<Scope> {
  const named = await namedPersons(knex, subject, hashEmail);
  const canonical = knex('clv_persons').whereIn('id', named).select('canonical_id');
  const personIds: string[] = await knex('clv_persons').whereIn('canonical_id', canonical).pluck('id');
  await knex('clv_identities').whereIn('person_id', personIds).forUpdate().select('id');

  const customers = new Set<string>([
    ...(await knex('clv_identities')
      .whereIn('person_id', personIds)
      .where('namespace', 'customer')
      .pluck('value')),
    ...(await knex('clv_customers').whereIn('person_id', personIds).pluck('customer_id')),
  ]);
  // Orders may name a customer of whom nothing else is known.
  if ('customerId' in subject) customers.add(subject.customerId);

  const visitorKey = 'visitor' in subject ? subject.visitor : null;
  const shared = knex('clv_visitor_links as other')
    .whereRaw('other.visitor_key = l.visitor_key')
    .whereNotIn('other.person_id', personIds)
    .select('other.id');
  const browsers: string[] = await knex('clv_visitor_links as l')
    .whereIn('l.person_id', personIds)
    .whereNotExists(shared)
    .distinct()
    .pluck('l.visitor_key');
  if (visitorKey) browsers.push(visitorKey);
  return { personIds, customerIds: [...customers], visitorKey, browsers };
}
