import type { Knex } from 'knex';
import type { ClvConfig } from '../../../../config';

/** What a person says of consent in all the browsers that are theirs. */
export type PersonConsent = 'granted' | 'denied' | 'unknown';

/** What may go out of a person. */
export interface Allowed {
  value: boolean;
  reading: boolean;
}

export type ConsentRules = Pick<ClvConfig, 'crm' | 'consent'>;

/** Value by `crm.consent`, reading by `consent.mode` as well; of those who denied it, nothing. */
export function allowedBy(consent: PersonConsent, { crm, consent: { mode } }: ConsentRules): Allowed {
  const given = consent === 'granted';
  const value = consent !== 'denied' && (given || crm.consent === 'not-denied');
  return { value, reading: value && (given || mode === 'assumed') };
}

/**
 * What persons say: a denial in one browser counts for all of them. A browser that changed hands says what it does for whoever
 * has it now, and for whoever had it when it was said.
 *
 * @returns those who said something
 */
export async function consentsOf(
  knex: Knex,
  personIds: string[],
  now: number,
): Promise<Map<string, PersonConsent>> {
  const rows = await knex('clv_visitor_links as l')
    .join('clv_persons as p', 'p.id', 'l.person_id')
    .join('clv_visitors as v', 'v.visitor_key', 'l.visitor_key')
    .whereIn('p.canonical_id', personIds)
    .whereRaw('(l.valid_to > ? OR (v.consent_at >= l.valid_from AND v.consent_at < l.valid_to))', [now])
    .select('p.canonical_id', 'v.consent');
  const consents = new Map<string, PersonConsent>();
  for (const { canonical_id, consent } of rows) {
    if (consents.get(canonical_id) !== 'denied') consents.set(canonical_id, consent);
  }
  return consents;
}
