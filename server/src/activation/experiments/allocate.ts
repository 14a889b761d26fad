import { armOf, HOLDOUT } from '../models/experiments/arms';
import type { ExperimentDesign, Strategy } from './api-types';
import type { RunningExperiment, StoredAssignment } from './types';

/** By what the holdout is ordered: what a site shows that recommends nothing. */
export const HOLDOUT_STRATEGY: Strategy = 'newest';

/** How an arm is served; null for an arm that the design does not have (any more). */
export function strategyOf(design: ExperimentDesign, arm: string): Strategy | null {
  if (arm === HOLDOUT) return HOLDOUT_STRATEGY;
  return design.variants.find((variant) => variant.arm === arm)?.strategy ?? null;
}

/** The arm that was met first, whichever browser it was. */
export function firstArm(experimentId: string, known: readonly StoredAssignment[]): string | null {
  let first: StoredAssignment | null = null;
  for (const met of known) {
    if (met.experimentId === experimentId && (!first || met.assignedAt < first.assignedAt)) first = met;
  }
  return first?.arm ?? null;
}

/**
 * The arm of a person or visitor: the one met first; otherwise by the hash, for those who take part. Somebody who left the
 * experiment's segment keeps the arm that they have.
 */
export function armFor(
  experiment: RunningExperiment,
  unitId: string,
  known: readonly StoredAssignment[],
  segmentIds: ReadonlySet<string>,
): string | null {
  const met = firstArm(experiment.id, known);
  if (met !== null) return met;
  const { segmentId } = experiment.design;
  if (segmentId !== null && !segmentIds.has(segmentId)) return null;
  return armOf(experiment, unitId);
}
