import type { Balance } from '../api-types';
import type { DoseCurve } from '../models/causal/dose-curve';
import type { StudyRefusal } from '../models/causal/doubly-robust';
import type { EValue } from '../models/causal/e-value';

/** Types that the admin shares with the server; types only. Differences are of log(1 + value). */

export type Dose = 'touches' | 'seconds' | 'depth';

/** A closer look at one item: its difference by a second method, how strong a hidden cause would have to be, and value by dose. */
export interface ItemStudy {
  /** Persons compared, and how many of them read it. */
  n: number;
  exposed: number;
  /** Null when refused. */
  difference: number | null;
  low: number | null;
  high: number | null;
  standardError: number | null;
  /** Standard deviation of log(1 + value) within readers and others. */
  spread: number | null;
  /** Persons of equal weight who would tell as much, and the share of persons whom their traits all but tell apart. */
  effective: { exposed: number; unexposed: number };
  clipped: number;
  refused: StudyRefusal | null;
  balance: Balance[];
  eValue: EValue | null;
  /** Of what was measured: visits, seconds, and how far down in per cent; null where nobody's was. */
  doses: Record<Dose, DoseCurve | null>;
}

/** What the latest study of an item found, and when. */
export interface KeptStudy {
  jobId: string;
  createdAt: number;
  study: ItemStudy;
}

/** `Job.params` of a `study` job. */
export interface StudyParams {
  contentId: number;
  landmark: string;
}

/** `Job.result` of a `study` job. */
export interface StudyResult extends StudyParams {
  seconds: number;
}
