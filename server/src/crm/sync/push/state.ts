import type { Knex } from 'knex';
import type { InsightField } from '../../insight-fields';
import { changeStream, readStream } from '../streams/state';

/** How far the push of a connection is: what `clv_streams.cursor` holds of it, as JSON. */
export interface PushState {
  /** When the push was switched on: what was downloaded before becomes no note. Epoch milliseconds. */
  since: number;
  /** Whether the CRM has the fields. */
  schema: boolean;
  /** Which of the fields that came later it has too; those stay written, if only to be emptied. */
  later?: InsightField[];
  /** By what everybody was last compared. */
  basis: string | null;
  /** Everybody is being marked to be compared by this basis, and has been up to this customer. */
  marking: { basis: string; after: string } | null;
}

/** @returns where it begins when nothing was pushed yet */
export async function readPushState(knex: Knex, connectionId: string, now: number): Promise<PushState> {
  const stream = await readStream(knex, connectionId, 'push');
  return stream?.cursor
    ? JSON.parse(stream.cursor)
    : { since: now, schema: false, basis: null, marking: null };
}

export async function savePushState(knex: Knex, connectionId: string, state: PushState): Promise<void> {
  await changeStream(knex, connectionId, 'push', { cursor: JSON.stringify(state) });
}

/** A connection whose push was switched off begins anew when it is switched on again. */
export async function forgetPushStates(knex: Knex, connectionIds: string[]): Promise<void> {
  if (connectionIds.length === 0) return;
  await knex('clv_streams')
    .where({ stream: 'push' })
    .whereIn('connection_id', connectionIds)
    .whereNotNull('cursor')
    .update({ cursor: null });
}
