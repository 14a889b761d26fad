import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { noteVisitorChanged } from '../storage/person-changes';
import type { ConsentState } from './api-types';
import { atomically } from './atomically';

export interface ConsentStatement {
  visitorKey: string;
  state: ConsentState;
  /** Who passed it on, such as `visitor` or the name of a consent tool; at most 32 characters. */
  source: string;
  at?: number;
}

/** What a visitor says now; null when they have said nothing, or took it back. */
export interface Consent {
  state: 'granted' | 'denied';
  at: number;
}

/** Stores what a visitor says; the history grows only when it is something else than before. */
export async function setConsent(
  knex: Knex,
  { visitorKey, state, source, at }: ConsentStatement,
): Promise<void> {
  await atomically(knex, async (trx) => {
    const now = at ?? Date.now();
    const current = await trx('clv_visitors')
      .where({ visitor_key: visitorKey })
      .forUpdate()
      .first('consent', 'consent_at');
    // A statement that arrives late does not replace a newer one.
    if ((current?.consent ?? 'unknown') === state || Number(current?.consent_at ?? 0) > now) return;
    const statement = { consent: state, consent_source: source, consent_at: now };
    if (state === 'unknown') await trx('clv_visitors').where({ visitor_key: visitorKey }).delete();
    else if (current) await trx('clv_visitors').where({ visitor_key: visitorKey }).update(statement);
    else await trx('clv_visitors').insert({ visitor_key: visitorKey, ...statement });
    await trx('clv_consents').insert({ id: uuidv7(), visitor_key: visitorKey, state, source, at: now });
    await noteVisitorChanged(trx, visitorKey);
  });
}

/** What a visitor says now. */
export async function readConsent(knex: Knex, visitorKey: string): Promise<Consent | null> {
  const row = await knex('clv_visitors').where({ visitor_key: visitorKey }).first('consent', 'consent_at');
  return row ? { state: row.consent, at: Number(row.consent_at) } : null;
}
