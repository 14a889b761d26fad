import type { Knex } from 'knex';
import type { Consent } from '../../../../tracking/consent';

/** Who has a browser now, and what they said there. */
export interface VisitorState {
  consent: Consent | undefined;
  /** Canonical; null while it is nobody's. */
  personId: string | null;
}

/** @param now epoch milliseconds */
export async function visitorState(knex: Knex, visitorKey: string, now: number): Promise<VisitorState> {
  const rows: { consent: Consent | null; person_id: string | null }[] = await knex
    .select('v.consent', 'p.canonical_id as person_id')
    .from(knex.raw('(SELECT 1 AS one) AS o'))
    .leftJoin('clv_visitors as v', (on) => on.onVal('v.visitor_key', visitorKey))
    .leftJoin('clv_visitor_links as l', (on) =>
      on
        .onVal('l.visitor_key', visitorKey)
        .andOnVal('l.valid_from', '<=', now)
        .andOnVal('l.valid_to', '>', now),
    )
    .leftJoin('clv_persons as p', 'p.id', 'l.person_id');
  return { consent: rows[0]?.consent ?? undefined, personId: rows[0]?.person_id ?? null };
}
