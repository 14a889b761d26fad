import type { Knex } from 'knex';
import { reasonOf } from '../../jobs/errors';
import { seldom } from '../../jobs/seldom';
import type { Strapi } from '../../room';
import { addToCounters } from '../../storage/counters';
import { knexOf } from '../../storage/db';
import { every } from '../../tracking/every';
import { armFor, strategyOf } from './allocate';
import type { Strategy } from './api-types';
import { meetings } from './meetings';
import { assignmentsOf, recordAssignments } from './store/assignments';
import { runningExperiments } from './store/experiments';
import { endTriggerExperiment, ensureTriggerExperiment, meetByPerson } from './trigger-experiments';
import type { NewAssignment, RunningExperiment, StoredAssignment } from './types';

export type ExperimentsService = ReturnType<typeof experimentsService>;

/** Whom a request is for: at least one of both is known. */
export interface Unit {
  personId: string | null;
  visitorKey: string | null;
}

const REFRESH_MS = 3_000;
const FLUSH_MS = 500;
/** Meetings that may wait, about 10 MB. */
const CAPACITY = 50_000;
/** Rows written by one statement: on SQLite the thread is busy for as long as that takes. */
const AT_ONCE = 1_000;

/** Which experiments run, who is in which arm, and who met it first when. */
export function experimentsService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const met = meetings(CAPACITY);
  let current = new Map<string, RunningExperiment>();
  let endings: (() => void)[] = [];
  let turn: Promise<void> = Promise.resolve();

  const report = seldom((error: unknown) =>
    strapi.log.error(`[clv] experiments could not be kept up to date: ${reasonOf(error)}`),
  );

  async function refresh(): Promise<void> {
    const experiments = await runningExperiments(knex());
    current = new Map(experiments.map((experiment) => [experiment.surface, experiment]));
  }

  async function write(): Promise<void> {
    const dropped = met.takeDropped();
    const rows = met.take();
    try {
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        await recordAssignments(knex(), rows.slice(from, from + AT_ONCE));
      }
      met.written();
    } catch (error) {
      met.putBack();
      throw error;
    }
    await addToCounters(knex(), { 'experiments.dropped': dropped });
  }

  /** One at a time. */
  function flush(): Promise<void> {
    const result = turn.then(write);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    /** Begins to keep what runs in memory, and to write who met it. */
    async start(): Promise<void> {
      await refresh();
      endings = [every(REFRESH_MS, refresh, report), every(FLUSH_MS, flush, report)];
    },

    /** Ends both, and writes what waits. */
    async stop(): Promise<void> {
      for (const end of endings) end();
      endings = [];
      await flush().catch(report);
    },

    /** Call it after a change of experiments; other nodes hear of it within seconds. */
    refresh,

    /** Waits until every meeting so far is in the table. */
    flush,

    /** How many meetings wait. */
    waiting: () => met.size(),

    /** The experiment of a surface that runs now, or null; from memory. */
    running(surface: string): RunningExperiment | null {
      const experiment = current.get(surface);
      if (!experiment || (experiment.endsAt !== null && Date.now() >= experiment.endsAt)) return null;
      return experiment;
    },

    /**
     * In which arm somebody is, from memory; a first meeting is remembered and written soon. Only for those of whom something
     * may be kept.
     *
     * @param known what `assignmentsOf` says of them
     * @returns null for those who take no part: they get what everybody gets, and are not counted
     */
    assign(
      experiment: RunningExperiment,
      { personId, visitorKey }: Unit,
      known: readonly StoredAssignment[],
      segmentIds: ReadonlySet<string>,
    ): { arm: string; strategy: Strategy } | null {
      const unitId = personId ?? visitorKey;
      if (unitId === null) return null;
      const waiting: NewAssignment[] = [];
      for (const [kind, id] of [
        ['person', personId],
        ['visitor', visitorKey],
      ] as const) {
        const meeting = id === null ? undefined : met.find(experiment.id, kind, id);
        if (meeting) waiting.push(meeting);
      }
      const arm = armFor(experiment, unitId, waiting.length > 0 ? [...known, ...waiting] : known, segmentIds);
      const strategy = arm === null ? null : strategyOf(experiment.design, arm);
      if (arm === null || strategy === null) return null;
      const unitKind = personId === null ? 'visitor' : 'person';
      const stored = known.some(
        (row) => row.experimentId === experiment.id && row.unitKind === unitKind && row.unitId === unitId,
      );
      if (!stored) {
        met.add({ experimentId: experiment.id, unitKind, unitId, arm, assignedAt: Date.now() });
      }
      return { arm, strategy };
    },

    assignmentsOf: (
      connection: Knex,
      personId: string | null,
      visitorKeys: readonly string[],
    ): Promise<StoredAssignment[]> => assignmentsOf(connection, personId, visitorKeys),

    ensureTriggerExperiment,
    endTriggerExperiment,
    meetByPerson,
    recordAssignments,
  };
}
