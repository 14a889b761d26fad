import type { Knex } from 'knex';
import { rawRows } from '../../../../storage/raw-rows';
import type { Consent } from '../../../../tracking/consent';

/** Who has a browser now, and what they said there. */
export interface VisitorState {
  consent: Consent | undefined;
  /** Canonical; null while it is nobody's. */
  personId: string | null;
}

const STATE = `SELECT v.consent, p.canonical_id AS person_id
  FROM (SELECT 1 AS one) o
  LEFT JOIN clv_visitors v ON v.visitor_key = ?
  LEFT JOIN clv_visitor_links l ON l.visitor_key = ? AND l.valid_from <= ? AND l.valid_to > ?
  LEFT JOIN clv_persons p ON p.id = l.person_id`;

/** @param now epoch milliseconds */
export async function visitorState(knex: Knex, visitorKey: string, now: number): Promise<VisitorState> {
  const [row] = rawRows(knex, await knex.raw(STATE, [visitorKey, visitorKey, now, now]));
  return {
    consent: (row?.consent as Consent | null) ?? undefined,
    personId: (row?.person_id as string | null) ?? null,
  };
}
