import type { Knex } from 'knex';
import { latestRun } from '../../clv/runs/latest';
import { reasonOf } from '../../jobs/errors';
import { seldom } from '../../jobs/seldom';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { every } from '../../tracking/every';
import { readEveryone } from '../changes/everyone';
import type { ChangesService } from '../changes/service';
import type {
  Segment,
  SegmentDetail,
  SegmentFigures,
  SegmentInput,
  SegmentList,
  SegmentRules,
} from './api-types';
import { changeSegment, deleteSegment, insertSegment } from './manage';
import { computeMembers } from './members/compute';
import { followPersons } from './members/follow';
import { memberRows } from './members/memberships';
import { AT_ONCE, latestFigures, type RowsOf } from './queries/figures';
import { fittingRows } from './queries/segment-query';
import { listSegments, readSegment, type StoredSegment } from './store';
import { usedBy } from './used-by';

export type SegmentsService = ReturnType<typeof segmentsService>;

const LOOK_MS = 5_000;
/** Who fits which rules: groups of persons that screens, front ends, mail tools and CRMs go by. */
export function segmentsService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const computing = new Map<string, Promise<boolean>>();
  let end = () => {};

  const report = seldom((error: unknown) =>
    strapi.log.error(`[clv] members of segments could not be brought up to date: ${reasonOf(error)}`),
  );

  /** Looks at everyone; whoever asks meanwhile for the same waits, and has it done once more. */
  function compute(id: string): Promise<boolean> {
    const before = computing.get(id) ?? Promise.resolve(false);
    const result = before.catch(() => false).then(() => computeMembers(knex(), id));
    computing.set(id, result);
    const forget = () => {
      if (computing.get(id) === result) computing.delete(id);
    };
    result.then(forget, forget);
    return result;
  }

  /** Those of which not everyone was looked at: there was no run yet, or a node ended in the middle. */
  async function look(): Promise<void> {
    const waiting: string[] = await knex()('clv_segments').whereNull('computed_at').pluck('id');
    // One that cannot be computed does not keep the others from it.
    for (const id of waiting) if (!computing.has(id)) await compute(id).catch(report);
  }

  /** Whom a change may concern, in the transaction that takes the mark away. */
  async function follow(trx: Knex.Transaction, personIds: string[], now: number): Promise<void> {
    const run = await latestRun(trx);
    if (run) await followPersons(trx, await listSegments(trx, { membership: 'live' }), personIds, run, now);
  }

  async function withMembers(stored: StoredSegment[]): Promise<Segment[]> {
    const rows: { segment_id: string; n: number | string }[] = await knex()('clv_segment_members')
      .whereIn(
        'segment_id',
        stored.map(({ id }) => id),
      )
      .groupBy('segment_id')
      .select('segment_id', knex().raw('COUNT(*) AS n'));
    const members = new Map(rows.map(({ segment_id, n }) => [segment_id, Number(n)]));
    const { at, after } = await readEveryone(knex());
    const everyoneAt = after === null ? at : 0;
    return stored.map((segment) => {
      const { computedAt, membership } = segment;
      const lookedAt =
        membership === 'live' && computedAt !== null ? Math.max(computedAt, everyoneAt) : computedAt;
      return { ...segment, members: members.get(segment.id) ?? 0, computedAt: lookedAt };
    });
  }

  async function detail(id: string): Promise<SegmentDetail | null> {
    const stored = await readSegment(knex(), { id });
    if (!stored) return null;
    const [segment] = await withMembers([stored]);
    // Few members are found by themselves, however many persons there are.
    const atOnce = segment!.members <= AT_ONCE ? Number.POSITIVE_INFINITY : undefined;
    const rowsOf: RowsOf = (run, among) => memberRows(knex(), run.id, id, among);
    const figures = await latestFigures(knex(), rowsOf, { atOnce });
    return { segment: segment!, figures, usedBy: await usedBy(knex(), id) };
  }

  return {
    /** Begins to hear of changed persons, and to look for what was left undone. */
    start(): void {
      const changes: ChangesService = strapi.plugin('clv').service('changes');
      changes.handle('segments', follow);
      end = every(LOOK_MS, look, report);
    },
    async stop(): Promise<void> {
      end();
      await Promise.allSettled(computing.values());
    },

    /** Every segment, by name. */
    async list(): Promise<SegmentList> {
      const segments = await withMembers(await listSegments(knex()));
      return { segments, valued: (await latestRun(knex())) !== null };
    },

    detail,

    /** By its slug; null when none has it. */
    bySlug: (slug: string): Promise<StoredSegment | null> => readSegment(knex(), { slug }),

    /** What those whom rules fit now are worth; null before the first run, and when it is not wanted any more. */
    count(rules: SegmentRules, isWanted?: () => boolean): Promise<SegmentFigures | null> {
      const now = Date.now();
      const rowsOf: RowsOf = ({ id, currency }, among) =>
        fittingRows(knex(), id, rules, { now, currency, among });
      return latestFigures(knex(), rowsOf, { isWanted });
    },

    /**
     * Makes a segment, and its members at once.
     *
     * @throws SegmentConflict when another one has the slug
     */
    async create(input: SegmentInput): Promise<SegmentDetail> {
      const id = await insertSegment(knex(), input);
      await compute(id);
      return (await detail(id))!;
    },

    /**
     * Changes a segment, but for its slug. With other rules everyone is looked at anew, and too when it becomes live; one that
     * becomes static keeps the members it has.
     *
     * @throws SegmentConflict when another slug is given
     */
    async update(id: string, input: SegmentInput): Promise<SegmentDetail | null> {
      if ((await changeSegment(knex(), id, input)).anew) await compute(id);
      return detail(id);
    },

    /** Looks at everyone anew, also for a static segment. */
    async renew(id: string): Promise<SegmentDetail | null> {
      const found = await knex()('clv_segments').where({ id }).update({ computed_at: null });
      if (found > 0) await compute(id);
      return detail(id);
    },

    /**
     * Deletes a segment. @returns false when there is none
     *
     * @throws SegmentConflict when triggers or experiments go by it
     */
    remove: (id: string): Promise<boolean> => deleteSegment(knex(), id),
  };
}
