import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { atomically } from '../../identity/atomically';
import type { SegmentInput } from './api-types';
import { freeSlug, slugOf } from './rules/slug';
import { haveSameRules, readSegment, toColumns } from './store';
import { usedBy } from './used-by';

/** Members removed by one statement. */
const AT_ONCE = 1_000;

/** Another segment has the slug, or something goes by the one that shall be deleted. */
export class SegmentConflict extends Error {
  override name = 'SegmentConflict';
}

/** Keeps a new segment, without members yet. @returns its id. @throws SegmentConflict when another one has the slug */
export async function insertSegment(knex: Knex, input: SegmentInput): Promise<string> {
  const { slug: asked, description = '', ...given } = input;
  const id = uuidv7();
  await atomically(knex, async (trx) => {
    const taken = new Set<string>(await trx('clv_segments').pluck('slug'));
    if (asked !== undefined && taken.has(asked)) {
      throw new SegmentConflict(`Another segment has the slug "${asked}"; choose another.`);
    }
    const slug = asked ?? freeSlug(slugOf(given.name) || 'segment', taken);
    const now = Date.now();
    await trx('clv_segments').insert({
      id,
      slug,
      ...toColumns({ ...given, description }),
      created_at: now,
      updated_at: now,
    });
  });
  return id;
}

/**
 * Changes a segment, but for its slug.
 *
 * @returns whether everyone must be looked at anew: it has other rules, or became live
 * @throws SegmentConflict when another slug is given
 */
export function changeSegment(
  knex: Knex,
  id: string,
  { slug, ...input }: SegmentInput,
): Promise<{ anew: boolean }> {
  return atomically(knex, async (trx) => {
    const before = await readSegment(trx, { id });
    if (!before) return { anew: false };
    if (slug !== undefined && slug !== before.slug) {
      throw new SegmentConflict(
        `The slug "${before.slug}" cannot be changed: programs go by it. Make a new segment.`,
      );
    }
    const becomesLive = input.membership === 'live' && before.membership === 'static';
    const anew = becomesLive || !haveSameRules(input, before);
    await trx('clv_segments')
      .where({ id })
      .update({ ...toColumns(input), ...(anew && { computed_at: null }), updated_at: Date.now() });
    return { anew };
  });
}

/** @returns false when there is none. @throws SegmentConflict when triggers or experiments go by it */
export async function deleteSegment(knex: Knex, id: string): Promise<boolean> {
  const deleted = await atomically(knex, async (trx) => {
    const users = await usedBy(trx, id);
    if (users.length > 0) {
      const names = users.map(({ kind, name }) => `the ${kind} "${name}"`).join(', ');
      throw new SegmentConflict(`This segment is used by ${names}. Change or delete that first.`);
    }
    return trx('clv_segments').where({ id }).delete();
  });
  await removeMembers(knex, id);
  return deleted > 0;
}

async function removeMembers(knex: Knex, segmentId: string): Promise<void> {
  for (;;) {
    const persons: string[] = await knex('clv_segment_members')
      .where({ segment_id: segmentId })
      .orderBy('person_id')
      .limit(AT_ONCE)
      .pluck('person_id');
    if (persons.length === 0) return;
    await knex('clv_segment_members').where({ segment_id: segmentId }).whereIn('person_id', persons).delete();
    await breathe();
  }
}
