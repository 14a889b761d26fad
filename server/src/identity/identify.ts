import type { Knex } from 'knex';
import type { ClvConfig } from '../config';
import { consentStates, mayStore } from '../tracking/consent';
import { atomically } from './atomically';
import { linkVisitor } from './link-visitor';
import { type Claim, resolvePerson } from './resolve-person';

export interface Identification {
  /** The browser they use; without one the identifiers are recorded alone. */
  visitorKey?: string;
  /** Proven, strongest first. */
  claims: [Claim, ...Claim[]];
  /** How it was proven, such as `token`, `login`, `api`; at most 32 characters. */
  source: string;
  /** Epoch milliseconds; now when it is not said. */
  at?: number;
}

export interface Identified {
  /** As the visitor is linked to, before merges; null when the visitor's consent allows nothing to be stored. */
  personId: string | null;
  visitorLinked: boolean;
  /** The identifiers belong to more than one person, who were not merged; a suggestion waits for an administrator. */
  conflict: boolean;
  /** Why nothing was stored. */
  reason?: 'consent-denied' | 'consent-missing';
}

/** Records who somebody proved to be, and puts their browser in their hands from that moment on. */
export async function identify(
  knex: Knex,
  mode: ClvConfig['consent']['mode'],
  { visitorKey, claims, source, at }: Identification,
): Promise<Identified> {
  if (visitorKey) {
    const consent = (await consentStates(knex, [visitorKey])).get(visitorKey);
    if (!mayStore(mode, consent)) {
      const reason = consent === 'denied' ? 'consent-denied' : 'consent-missing';
      return { personId: null, visitorLinked: false, conflict: false, reason };
    }
  }
  return atomically(knex, async (trx) => {
    const { personId, conflict } = await resolvePerson(trx, claims, source);
    if (visitorKey) {
      const moment = at === undefined ? null : Math.min(at, Date.now());
      await linkVisitor(trx, { visitorKey, personId, at: moment, source });
    }
    return { personId, visitorLinked: visitorKey !== undefined, conflict };
  });
}
