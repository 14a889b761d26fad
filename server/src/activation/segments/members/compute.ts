import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { latestRun } from '../../../clv/runs/latest';
import { atomically } from '../../../identity/atomically';
import { dialectOf } from '../../../storage/db';
import { haveSameRules, readSegment } from '../store';
import { followPersons } from './follow';

/** Persons looked at by one transaction; on SQLite nobody else reads or writes meanwhile. */
const AT_ONCE = { sqlite: 1_000, postgres: 2_000, mysql: 2_000 };

/**
 * Looks at everyone for one segment, little by little. One that was changed or deleted meanwhile is left to whoever did that.
 *
 * @returns whether all of them were looked at; false too before the first run of the value engine
 */
export async function computeMembers(
  knex: Knex,
  segmentId: string,
  atOnce = AT_ONCE[dialectOf(knex)],
): Promise<boolean> {
  const begin = await readSegment(knex, { id: segmentId });
  for (let after = ''; begin; ) {
    const rows: { id: string; canonical_id: string }[] = await knex('clv_persons')
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .select('id', 'canonical_id');
    const persons = rows.filter((row) => row.id === row.canonical_id).map(({ id }) => id);
    const last = rows.at(-1);
    const done = await atomically(knex, async (trx) => {
      const [segment, run] = [await readSegment(trx, { id: segmentId }), await latestRun(trx)];
      if (!run || !segment || !haveSameRules(segment, begin)) return 'given up';
      const now = Date.now();
      if (last) {
        await followPersons(trx, [segment], persons, run, now, { after, upTo: last.id });
        return 'more';
      }
      await trx('clv_segments').where({ id: segmentId }).update({ computed_at: now });
      return 'all';
    });
    if (done !== 'more') return done === 'all';
    after = last!.id;
    await breathe();
  }
  return false;
}
