import type { Knex } from 'knex';
import type { Problem } from '../rows/row-parser';
import type { CrmService } from '../service';
import { costKey } from '../store/costs';
import type { CostKey } from './api-types';

/** Who says so, when an administrator does. */
const SOURCE = 'admin';

/** `taken`: another cost than the one that is replaced has this key. */
export type Saved = { key: string } | { taken: true } | { problem: Problem };

/**
 * Stores a cost as the importer would, in the place of another where its key was changed too.
 *
 * @param cost a row with the columns of the CSV contract
 * @param replaces the cost that was seen; null of a new one, which never takes the place of one that is there
 */
export async function saveCost(
  knex: Knex,
  crm: CrmService,
  cost: object,
  replaces: CostKey | null,
): Promise<Saved> {
  const prepared = await crm.prepare('costs', [cost], SOURCE);
  const fate = prepared.fates[0]!;
  if (fate.fate === 'rejected') return { problem: fate.problem };
  const before = replaces && costKey(replaces);
  if (fate.fate !== 'created' && fate.key !== before) return { taken: true };
  await knex.transaction(async (trx) => {
    await prepared.write(trx);
    if (before !== null && before !== fate.key) await trx('clv_costs').where({ cost_key: before }).delete();
  });
  return { key: fate.key };
}

/** @returns false when there was none */
export async function removeCost(knex: Knex, key: CostKey): Promise<boolean> {
  const removed = await knex('clv_costs')
    .where({ cost_key: costKey(key) })
    .delete();
  return removed > 0;
}
