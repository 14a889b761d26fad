import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { atomically } from '../../../identity/atomically';
import { endTriggerExperiment, ensureTriggerExperiment } from '../../experiments/trigger-experiments';
import { Refused } from '../../refused';
import type { TriggerInput } from '../api-types';
import { cursorOf } from '../evaluate/baseline';
import { deleteMessages } from './delete-messages';
import { forgetSkipped } from './skipped';
import { columnsOf, lockTrigger } from './triggers';

const AT_ONCE = 1_000;

const missing = (id: string) => new Refused(404, `There is no trigger ${id}; it may have been deleted.`);

/** @throws Refused 400 when it names what is not there */
async function judge(trx: Knex, { segmentId, actions }: TriggerInput): Promise<void> {
  const named: [string, string, string[]][] = [
    ['clv_segments', 'segment', segmentId === null ? [] : [segmentId]],
    ['clv_endpoints', 'webhook', actions.endpoints],
    ['clv_connections', 'connection', actions.connections],
  ];
  for (const [table, word, ids] of named) {
    const there: string[] = await trx(table).whereIn('id', ids).pluck('id');
    const lost = ids.find((id) => !there.includes(id));
    if (lost !== undefined) {
      throw new Refused(400, `There is no ${word} ${lost}; it may have been deleted. Choose another one.`);
    }
  }
}

/** @returns its id */
export function createTrigger(knex: Knex, input: TriggerInput, now: number): Promise<string> {
  return atomically(knex, async (trx) => {
    await judge(trx, input);
    const id = uuidv7();
    await trx('clv_triggers').insert({
      id,
      ...columnsOf(input),
      baseline_at: null,
      created_at: now,
      updated_at: now,
    });
    await ensureTriggerExperiment(trx, { id, ...input });
    return id;
  });
}

/** One that goes by something else than before, or was off, looks at everyone anew, without a message. */
export function changeTrigger(knex: Knex, id: string, input: TriggerInput, now: number): Promise<void> {
  return atomically(knex, async (trx) => {
    const before = await lockTrigger(trx, id);
    if (!before) throw missing(id);
    await judge(trx, input);
    const same = before.kind === input.kind && isDeepStrictEqual(before.settings, input.settings);
    const anew = !same || (input.enabled && !before.enabled);
    if (anew)
      await trx('clv_settings')
        .where({ key: cursorOf(id) })
        .delete();
    await trx('clv_triggers')
      .where({ id })
      .update({ ...columnsOf(input), ...(anew ? { baseline_at: null } : {}), updated_at: now });
    await ensureTriggerExperiment(trx, { id, ...input });
  });
}

/** Deletes a trigger with all that it sent; its experiment is stopped, and stays. @throws Refused 404 */
export async function deleteTrigger(knex: Knex, id: string): Promise<void> {
  await atomically(knex, async (trx) => {
    if (!(await lockTrigger(trx, id))) throw missing(id);
    await endTriggerExperiment(trx, id);
    await trx('clv_settings')
      .where({ key: cursorOf(id) })
      .delete();
    await forgetSkipped(trx, id);
    await trx('clv_triggers').where({ id }).delete();
  });
  // Nobody looks at these any more; chunk by chunk, so that no statement runs long.
  await deleteChunks(knex, 'clv_trigger_states', 'person_id', { trigger_id: id });
  await deleteMessages(knex, (messages) => messages.where('m.trigger_id', id));
}

async function deleteChunks(knex: Knex, table: string, key: string, where: object): Promise<void> {
  for (;;) {
    const last = await knex(table).where(where).orderBy(key).offset(AT_ONCE).first(key);
    const chunk = knex(table).where(where);
    if (last) chunk.where(key, '<=', last[key]);
    await chunk.delete();
    if (!last) return;
  }
}
