import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { keepFirst } from '../../storage/settings';
import { atomically } from '../atomically';
import { IdentityError } from '../identity-error';
import { recomputeCanonical } from './recompute-canonical';
import { suggestionId } from './suggest-merge';

export type MergeState = 'suggested' | 'merged' | 'undone' | 'dismissed';

interface MergeRow {
  id: string;
  from_person: string;
  into_person: string;
  state: MergeState;
}

const LOCK = 'identity.merges';

/** One decision at a time on all nodes: each reads the whole group that the others change. */
async function lockMerges(trx: Knex.Transaction): Promise<void> {
  await keepFirst(trx, LOCK, '');
  await trx('clv_settings').where({ key: LOCK }).forUpdate().first('key');
}

const decisionOf = (state: MergeState, by: string) => ({
  state,
  decided_by: by,
  decided_at: Date.now(),
});

async function mergeInState(trx: Knex.Transaction, id: string, state: MergeState): Promise<MergeRow> {
  const merge: MergeRow | undefined = await trx('clv_merges').where({ id }).first();
  if (!merge) throw new IdentityError(404, `There is no merge ${id}; reload the list.`);
  if (merge.state !== state) {
    throw new IdentityError(409, `This merge is ${merge.state}, not ${state} any more; reload the list.`);
  }
  return merge;
}

/** @throws IdentityError when one is missing, or both are one human already */
async function requireTwo(trx: Knex.Transaction, from: string, into: string): Promise<void> {
  const rows = await trx('clv_persons').whereIn('id', [from, into]).select('id', 'canonical_id');
  for (const id of [from, into]) {
    if (!rows.some((row) => row.id === id)) throw new IdentityError(404, `There is no person ${id}.`);
  }
  if (new Set(rows.map((row) => row.canonical_id)).size < 2) {
    throw new IdentityError(409, 'These two are one person already.');
  }
}

/**
 * Records that two persons are one human. Nothing is moved: `canonical_id` follows, and `undoMerge` gives back exactly
 * what was. A suggestion of the same pair becomes this merge.
 *
 * @returns the id of the merge
 */
export function mergePersons(knex: Knex, from: string, into: string, by: string, reason: string) {
  return atomically(knex, async (trx) => {
    await lockMerges(trx);
    await requireTwo(trx, from, into);
    const merge = { from_person: from, into_person: into, reason, ...decisionOf('merged', by) };
    const suggested = { id: suggestionId(from, into), state: 'suggested' };
    let { id } = suggested;
    if ((await trx('clv_merges').where(suggested).update(merge)) === 0) {
      id = uuidv7();
      await trx('clv_merges').insert({ id, created_at: merge.decided_at, ...merge });
    }
    await recomputeCanonical(trx, [from, into]);
    return id;
  });
}

/** Takes a suggestion. */
export function acceptMerge(knex: Knex, id: string, by: string): Promise<void> {
  return atomically(knex, async (trx) => {
    await lockMerges(trx);
    const merge = await mergeInState(trx, id, 'suggested');
    await requireTwo(trx, merge.from_person, merge.into_person);
    await trx('clv_merges').where({ id }).update(decisionOf('merged', by));
    await recomputeCanonical(trx, [merge.from_person, merge.into_person]);
  });
}

/** Turns a suggestion down; the pair is not suggested again. */
export function dismissMerge(knex: Knex, id: string, by: string): Promise<void> {
  return atomically(knex, async (trx) => {
    await lockMerges(trx);
    await mergeInState(trx, id, 'suggested');
    await trx('clv_merges').where({ id }).update(decisionOf('dismissed', by));
  });
}

/** Takes a merge back. */
export function undoMerge(knex: Knex, id: string, by: string): Promise<void> {
  return atomically(knex, async (trx) => {
    await lockMerges(trx);
    const merge = await mergeInState(trx, id, 'merged');
    await trx('clv_merges').where({ id }).update({ state: 'undone', undone_by: by, undone_at: Date.now() });
    await recomputeCanonical(trx, [merge.from_person, merge.into_person]);
  });
}
