import type { ExperimentDesign } from './api-types';

/** What arms are drawn by, kept in memory by every node. */
export interface RunningExperiment {
  id: string;
  /** `recommendations` or `trigger:<id>` */
  surface: string;
  salt: string;
  design: ExperimentDesign;
  startedAt: number;
  /** Fixed: when nobody meets it any more; null under a sequential horizon. */
  endsAt: number | null;
}

/** Somebody's first meeting with an experiment. A unit is a person, or a browser of nobody that is known. */
export interface NewAssignment {
  experimentId: string;
  unitKind: 'person' | 'visitor';
  /** `clv_persons.canonical_id` as it was then, or the visitor key. */
  unitId: string;
  arm: string;
  assignedAt: number;
}

export type StoredAssignment = NewAssignment;
