import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { insertRows } from '../../storage/insert-rows';

/** The id of a suggestion is made from its pair, so that no two nodes can suggest the same pair twice. */
export const suggestionId = (one: string, other: string): string =>
  createHash('sha256').update([one, other].sort().join()).digest('hex').slice(0, 36);

/** Proposes that two persons are one human, unless somebody has proposed or decided that before. */
export async function suggestMerge(
  trx: Knex.Transaction,
  from: string,
  into: string,
  reason: string,
): Promise<void> {
  const decided = await trx('clv_merges')
    .where({ from_person: from, into_person: into })
    .orWhere({ from_person: into, into_person: from })
    .first('id');
  if (decided) return;
  await insertRows(
    trx,
    'clv_merges',
    [
      { name: 'id', type: 'text' },
      { name: 'from_person', type: 'text' },
      { name: 'into_person', type: 'text' },
      { name: 'state', type: 'text' },
      { name: 'reason', type: 'text' },
      { name: 'created_at', type: 'bigint' },
    ],
    [[suggestionId(from, into), from, into, 'suggested', reason, Date.now()]],
  );
}
