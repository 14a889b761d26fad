import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { suggestMerge } from './merges/suggest-merge';

/** Strongest first. */
export const NAMESPACES = ['customer', 'user', 'email'] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** One proven identifier; an email as its keyed hash. */
export interface Claim {
  namespace: Namespace;
  value: string;
}

interface Owned extends Claim {
  personId: string | null;
}

/** Who each claim belongs to so far; the rows stay locked, so that nobody is erased under our hands. */
async function ownersOf(trx: Knex.Transaction, claims: Claim[]): Promise<Owned[]> {
  const rows = await trx('clv_identities')
    .whereIn(
      ['namespace', 'value'],
      claims.map((claim) => [claim.namespace, claim.value]),
    )
    .forUpdate()
    .select('namespace', 'value', 'person_id');
  return claims.map((claim) => {
    const row = rows.find((r) => r.namespace === claim.namespace && r.value === claim.value);
    return { ...claim, personId: row?.person_id ?? null };
  });
}

/** Whether the person, or one merged with them, has an identifier of one of these kinds. */
async function has(trx: Knex.Transaction, personId: string, namespaces: Namespace[]): Promise<boolean> {
  const row = await trx('clv_persons as p')
    .join('clv_persons as same', 'same.canonical_id', 'p.canonical_id')
    .join('clv_identities as i', 'i.person_id', 'same.id')
    .where('p.id', personId)
    .whereIn('i.namespace', namespaces)
    .first('i.id');
  return row !== undefined;
}

/**
 * The known person these claims are about. A stronger identifier that is new joins the person of a weaker one only
 * when that person has none of its kind: two customers who share an email address stay two.
 */
async function knownPerson(trx: Knex.Transaction, claims: Owned[]): Promise<string | null> {
  const stronger: Namespace[] = [];
  for (const claim of claims) {
    if (claim.personId && !(stronger.length > 0 && (await has(trx, claim.personId, stronger)))) {
      return claim.personId;
    }
    stronger.push(claim.namespace);
  }
  return null;
}

async function canonicalOf(trx: Knex.Transaction, personIds: string[]): Promise<Map<string, string>> {
  const rows = await trx('clv_persons').whereIn('id', personIds).select('id', 'canonical_id');
  return new Map(rows.map((row) => [row.id, row.canonical_id]));
}

/**
 * Finds or makes the person of some claims, strongest first, and gives them the identifiers that are new. Identifiers
 * of other persons stay where they are; the pair is suggested for a merge instead, once.
 */
export async function resolvePerson(
  trx: Knex.Transaction,
  claims: Claim[],
  source: string,
): Promise<{ personId: string; conflict: boolean }> {
  const owned = await ownersOf(trx, claims);
  const now = Date.now();
  let personId = await knownPerson(trx, owned);
  if (!personId) {
    personId = uuidv7();
    await trx('clv_persons').insert({ id: personId, canonical_id: personId, created_at: now });
  }
  for (const { namespace, value } of owned.filter((claim) => !claim.personId)) {
    await trx('clv_identities').insert({
      id: uuidv7(),
      person_id: personId,
      namespace,
      value,
      source,
      linked_at: now,
    });
  }
  const others = [...new Set(owned.flatMap((claim) => claim.personId ?? []))].filter((id) => id !== personId);
  const canonical = await canonicalOf(trx, [personId, ...others]);
  const strangers = others.filter((id) => canonical.get(id) !== canonical.get(personId));
  for (const stranger of strangers) await suggestMerge(trx, stranger, personId, `named together (${source})`);
  return { personId, conflict: strangers.length > 0 };
}
