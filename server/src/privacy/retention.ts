import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { keepFirst } from '../storage/settings';

const AT_ONCE = 1_000;
const DAY_SETTING = 'privacy.retentionDay';

/**
 * Deletes touches that happened before a time. It walks the table by its key, a thousand rows at a time with a breath
 * in between, so that no statement takes long and no index on the time is needed, which every new touch would pay for.
 *
 * @returns how many were deleted
 */
export async function forgetTouches(knex: Knex, before: number): Promise<number> {
  let deleted = 0;
  let after = '';
  for (;;) {
    const last = await knex('clv_touches')
      .where('message_id', '>', after)
      .orderBy('message_id')
      .offset(AT_ONCE - 1)
      .first('message_id');
    const chunk = knex('clv_touches').where('message_id', '>', after).where('occurred_at', '<', before);
    if (last) chunk.where('message_id', '<=', last.message_id);
    deleted += await chunk.delete();
    if (!last) return deleted;
    after = last.message_id;
    await breathe();
  }
}

/** Whether this node is the one to do today's work: the first of all that asks. */
export async function claimDay(knex: Knex, day: string): Promise<boolean> {
  await keepFirst(knex, DAY_SETTING, '');
  const claimed = await knex('clv_settings')
    .where({ key: DAY_SETTING })
    .whereNot({ value: day })
    .update({ value: day });
  return claimed === 1;
}
