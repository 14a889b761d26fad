import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { armOf } from '../models/experiments/arms';
import type { ExperimentDesign } from './api-types';
import { armsMet, recordAssignments } from './store/assignments';
import { plannedEnd, runningExperiments } from './store/experiments';
import type { RunningExperiment } from './types';

/** What an experiment needs to know of a trigger. */
export interface HeldTrigger {
  id: string;
  name: string;
  /** Share of the persons who get no message; 0 for no experiment. */
  holdout: number;
  segmentId: string | null;
}

export const surfaceOfTrigger = (triggerId: string): string => `trigger:${triggerId}`;

/** Stops the experiment of a trigger, if one runs; call it when the trigger goes. */
export async function endTriggerExperiment(trx: Knex, triggerId: string): Promise<void> {
  await trx('clv_experiments')
    .where({ active_surface: surfaceOfTrigger(triggerId) })
    .update({ active_surface: null, state: 'stopped', ended_at: Date.now() });
}

/**
 * Has an experiment run that tells what a trigger brings. The design of a running one is fixed: with another holdout or
 * segment it is stopped and a new one begins, with a new salt, so that its arms had the same past.
 *
 * @returns null with a holdout of 0
 */
export async function ensureTriggerExperiment(
  trx: Knex,
  trigger: HeldTrigger,
): Promise<RunningExperiment | null> {
  const surface = surfaceOfTrigger(trigger.id);
  const [running] = await runningExperiments(trx, surface);
  const { holdout, segmentId } = trigger;
  if (running && running.design.holdout === holdout && running.design.segmentId === segmentId) {
    await trx('clv_experiments').where({ id: running.id }).update({ name: trigger.name });
    return running;
  }
  if (running) await endTriggerExperiment(trx, trigger.id);
  if (holdout === 0) return null;
  const design: ExperimentDesign = {
    holdout,
    variants: [{ arm: 'treated', strategy: 'recommended', weight: 1 }],
    segmentId,
    horizon: 'sequential',
    days: null,
    alpha: 0.05,
  };
  const startedAt = Date.now();
  const experiment = { id: uuidv7(), surface, salt: uuidv7(), design, startedAt };
  await trx('clv_experiments').insert({
    id: experiment.id,
    name: trigger.name,
    active_surface: surface,
    surface,
    state: 'running',
    design: JSON.stringify(design),
    salt: experiment.salt,
    created_at: startedAt,
    started_at: startedAt,
    ended_at: null,
  });
  return { ...experiment, endsAt: plannedEnd(experiment) };
}

/**
 * In which arm each of these persons is, by canonical id; first meetings are recorded with it, in the same transaction.
 */
export async function meetByPerson(
  trx: Knex,
  experiment: RunningExperiment,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, string>> {
  const arms = await armsMet(trx, experiment.id, personIds);
  const fresh = personIds.filter((personId) => !arms.has(personId));
  for (const personId of fresh) arms.set(personId, armOf(experiment, personId));
  await recordAssignments(
    trx,
    fresh.map((unitId) => ({
      experimentId: experiment.id,
      unitKind: 'person',
      unitId,
      arm: arms.get(unitId)!,
      assignedAt: now,
    })),
  );
  return arms;
}
