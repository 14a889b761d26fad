import type { Knex } from 'knex';
import { atomically } from '../../../identity/atomically';

const AT_ONCE = 500;

/**
 * Deletes messages with what was to be done with them, little by little.
 *
 * @param which narrows down the rows of `clv_messages`, called `m`
 * @returns how many
 */
export async function deleteMessages(
  knex: Knex,
  which: (messages: Knex.QueryBuilder) => void,
): Promise<number> {
  for (let deleted = 0; ; ) {
    const ids: string[] = await knex('clv_messages as m').where(which).limit(AT_ONCE).pluck('m.id');
    if (ids.length === 0) return deleted;
    await atomically(knex, async (trx) => {
      await trx('clv_deliveries').whereIn('message_id', ids).delete();
      await trx('clv_messages').whereIn('id', ids).delete();
    });
    deleted += ids.length;
  }
}
