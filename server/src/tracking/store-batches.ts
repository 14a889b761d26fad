import type { Knex } from 'knex';
import type { ClvConfig } from '../config';
import { type Consent, consentStates, mayStore, recordFirstConsents } from './consent';
import type { Observer } from './touch-lock';
import { insertTouches, type Touch } from './touches';

/** Touches of one visitor that stand or fall together by consent. */
export interface Batch {
  visitor: string;
  /** What the page says of consent; it fills an absent state, and a denial is always heeded. */
  stated?: Consent;
  touches: Touch[];
}

export interface Stored {
  /** For each batch whether consent let it be stored. */
  consented: boolean[];
  /** How many touches were new. */
  added: number;
}

/** Stores the batches of a group: one question about consent, one statement for all touches. */
export async function storeBatches(
  knex: Knex,
  batches: Batch[],
  observer: Observer,
  config: ClvConfig,
): Promise<Stored> {
  const states = await consentStates(knex, [...new Set(batches.map(({ visitor }) => visitor))]);

  const first = new Map<string, Consent>();
  for (const { visitor, stated } of batches) {
    if (!stated || states.has(visitor)) continue;
    first.set(visitor, stated);
    states.set(visitor, stated);
  }
  if (first.size > 0) await recordFirstConsents(knex, first, Date.now());

  const consented = batches.map(
    ({ visitor, stated }) => stated !== 'denied' && mayStore(config.consent.mode, states.get(visitor)),
  );
  const touches = batches.filter((_, i) => consented[i]).flatMap((batch) => batch.touches);
  const windowMs = config.tracking.duplicateWindowMinutes * 60_000;
  return { consented, added: await insertTouches(knex, touches, observer, windowMs) };
}
