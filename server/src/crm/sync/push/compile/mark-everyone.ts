import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { atomically } from '../../../../identity/atomically';
import { noteCustomersChanged, noteForCrms } from '../../../../storage/person-changes';
import type { ConnectionRow } from '../../connections/rows';
import type { ConsentRules } from '../describe/consent';
import { hashOf } from '../describe/payload';
import type { ToldSegment } from '../describe/segments';
import { readPushState, savePushState } from '../state';

/** Customers marked by one transaction. */
const AT_ONCE = 500;

/**
 * All that decides on what everybody's CRM is told, but for themselves; when it is another, everybody is compared.
 *
 * @param segments those that CRMs are told of
 */
export function basisOf(
  runId: string,
  { push }: ConnectionRow,
  { crm, consent }: ConsentRules,
  segments: readonly ToldSegment[],
): string {
  const settings = [runId, [...push.fields].sort(), [...push.noteKinds].sort(), crm.consent, consent.mode];
  const told = push.fields.includes('segments')
    ? segments.map(({ id, name, reading }) => [id, name, reading])
    : [];
  return hashOf(JSON.stringify(told.length > 0 ? [...settings, told] : settings));
}

/**
 * Marks every customer of a connection as changed, unless they were already by this basis. Goes on where it was broken off.
 */
export async function markEveryone(
  knex: Knex,
  connectionId: string,
  basis: string,
  signal: AbortSignal,
): Promise<void> {
  let state = await readPushState(knex, connectionId, Date.now());
  if (state.basis === basis) return;
  if (state.basis === null && state.marking === null) await doubtAll(knex, connectionId);
  if (state.marking?.basis !== basis) state = { ...state, marking: { basis, after: '' } };
  for (;;) {
    signal.throwIfAborted();
    const { after } = state.marking!;
    const customerIds: string[] = await knex('clv_crm_records')
      .where({ connection_id: connectionId, kind: 'customers' })
      .where('row_key', '>', after)
      .whereNull('gone_at')
      .distinct('row_key')
      .orderBy('row_key')
      .limit(AT_ONCE)
      .pluck('row_key');
    const last = customerIds.at(-1);
    state =
      last === undefined ? { ...state, basis, marking: null } : { ...state, marking: { basis, after: last } };
    await atomically(knex, async (trx) => {
      await noteCustomersChanged(trx, customerIds, noteForCrms);
      await savePushState(trx, connectionId, state);
    });
    if (last === undefined) return;
    await breathe();
  }
}

/** A push that begins anew sends everything again: nobody knows what became of it in the CRM meanwhile. */
async function doubtAll(knex: Knex, connectionId: string): Promise<void> {
  await knex('clv_sent').where({ connection_id: connectionId, note_key: '' }).update({ hash: '' });
}
