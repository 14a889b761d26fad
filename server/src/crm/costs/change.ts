import type { Knex } from 'knex';
import { atomically } from '../../identity/atomically';
import type { Problem } from '../rows/row-parser';
import type { CrmService } from '../service';
import { costKey } from '../store/costs';
import type { CostKey } from './api-types';

/** Who says so, when an administrator does. */
const SOURCE = 'admin';

/** `taken`: another cost than the one that is replaced has this key; `gone`: the one to replace is there no more. */
export type Saved = { key: string } | { taken: true } | { gone: true } | { problem: Problem };

/**
 * Stores a cost as the importer would, in the place of another where its key was changed too.
 *
 * @param cost a row with the columns of the CSV contract
 * @param replaces the cost that was seen; null of a new one, which takes the place of none that was there when it was saved
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
  const { key } = fate;
  const before = replaces && costKey(replaces);
  return atomically(knex, async (trx): Promise<Saved> => {
    const isThere = async (cost_key: string) =>
      (await trx('clv_costs').where({ cost_key }).first()) !== undefined;
    if (before !== null && !(await isThere(before))) return { gone: true };
    if (before !== key && (await isThere(key))) return { taken: true };
    await prepared.write(trx);
    if (before !== null && before !== key) await trx('clv_costs').where({ cost_key: before }).delete();
    return { key };
  });
}

/** @returns false when there was none */
export async function removeCost(knex: Knex, key: CostKey): Promise<boolean> {
  const removed = await knex('clv_costs')
    .where({ cost_key: costKey(key) })
    .delete();
  return removed > 0;
}
