import { IdentityError } from '../../../identity/identity-error';
import type { IdentityService } from '../../../identity/service';
import type { PrivacyService } from '../../../privacy/service';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';

/** The connection that says so. */
export interface Teller {
  id: string;
  kind: string;
  title: string;
  name: string;
  idPrefix: string;
}

async function personsOf(strapi: Strapi, customerIds: string[]): Promise<Map<string, string>> {
  const rows = await knexOf(strapi)('clv_identities')
    .where({ namespace: 'customer' })
    .whereIn('value', customerIds)
    .select('value', 'person_id');
  return new Map(rows.map((row) => [row.value, row.person_id]));
}

/** Erases customers who asked the CRM to be forgotten. @returns how many were known here */
export async function eraseCustomers(strapi: Strapi, customerIds: string[]): Promise<number> {
  const privacy: PrivacyService = strapi.plugin('clv').service('privacy');
  const known = [...(await personsOf(strapi, customerIds)).keys()];
  for (const customerId of known) await privacy.erasePerson({ customerId });
  return known.length;
}

/** Whether somebody decided about this pair already; who took a merge back is not overruled. */
async function isDecided(strapi: Strapi, one: string, other: string): Promise<boolean> {
  const decided = await knexOf(strapi)('clv_merges')
    .whereNot({ state: 'suggested' })
    .whereIn('from_person', [one, other])
    .whereIn('into_person', [one, other])
    .first('id');
  return decided !== undefined;
}

/**
 * Follows merges of customers in the CRM. Each is a logged merge that an administrator can undo, and stays undone then.
 *
 * @param merges our customer ids
 * @returns how many persons were merged
 */
export async function mergeCustomers(
  strapi: Strapi,
  teller: Teller,
  merges: { from: string; into: string }[],
): Promise<number> {
  const identity: IdentityService = strapi.plugin('clv').service('identity');
  let merged = 0;
  for (const { from, into } of merges) {
    const fromPerson = (await personsOf(strapi, [from])).get(from);
    // Nobody here knows whom the CRM speaks of.
    if (!fromPerson) continue;
    const intoPerson = (await identity.ensureCustomers([into], teller.kind)).get(into)!;
    if (fromPerson === intoPerson || (await isDecided(strapi, fromPerson, intoPerson))) continue;
    const reason = `merged in ${teller.title} (connection "${teller.name}")`.slice(0, 255);
    try {
      await identity.merge(fromPerson, intoPerson, `crm:${teller.id}`, reason);
      merged += 1;
    } catch (error) {
      // They are one person already, by way of others.
      if (!(error instanceof IdentityError && error.status === 409)) throw error;
    }
  }
  return merged;
}
