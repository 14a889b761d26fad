import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import type { ClvConfig } from '../config';
import { insertRows } from '../storage/insert-rows';

export type Consent = 'granted' | 'denied';

/** Whether touches of a visitor with this state of consent may be stored. */
export function mayStore(mode: ClvConfig['consent']['mode'], state: Consent | undefined): boolean {
  return mode === 'required' ? state === 'granted' : state !== 'denied';
}

const MOST_IN_QUERY = 1_000;

/** What visitors said about consent; those who said nothing are missing. */
export async function consentStates(knex: Knex, visitors: string[]): Promise<Map<string, Consent>> {
  const states = new Map<string, Consent>();
  for (let from = 0; from < visitors.length; from += MOST_IN_QUERY) {
    const rows = await knex('clv_visitors')
      .whereIn('visitor_key', visitors.slice(from, from + MOST_IN_QUERY))
      .select('visitor_key', 'consent');
    for (const row of rows) states.set(row.visitor_key, row.consent);
  }
  return states;
}

/** Records what visitors say for the first time; a state that is there already stays. */
export async function recordFirstConsents(
  knex: Knex,
  stated: Map<string, Consent>,
  at: number,
): Promise<void> {
  const source = 'tracker';
  const entries = [...stated];
  await knex.transaction(async (trx) => {
    await insertRows(
      trx,
      'clv_visitors',
      [
        { name: 'visitor_key', type: 'text' },
        { name: 'consent', type: 'text' },
        { name: 'consent_source', type: 'text' },
        { name: 'consent_at', type: 'bigint' },
      ],
      entries.map(([visitor, state]) => [visitor, state, source, at]),
    );
    await insertRows(
      trx,
      'clv_consents',
      [
        { name: 'id', type: 'text' },
        { name: 'visitor_key', type: 'text' },
        { name: 'state', type: 'text' },
        { name: 'source', type: 'text' },
        { name: 'at', type: 'bigint' },
      ],
      entries.map(([visitor, state]) => [uuidv7(), visitor, state, source, at]),
      'ignore',
      // Only of those that were written just now: another node, or the visitor's own choice, may have been first.
      {
        sql: `EXISTS (SELECT 1 FROM clv_visitors v WHERE v.visitor_key = j.visitor_key
            AND v.consent = j.state AND v.consent_source = j.source AND v.consent_at = j.at)
          AND NOT EXISTS (SELECT 1 FROM clv_consents c WHERE c.visitor_key = j.visitor_key AND c.at = j.at)`,
        bindings: [],
      },
    );
  });
}
