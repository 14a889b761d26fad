/** Types that the admin shares with the server; types only. Amounts are major units; times are epoch milliseconds. */

/** By what order items are served. */
export type Strategy = 'recommended' | 'popular' | 'newest' | 'plain';

export interface Variant {
  /** How programs and screens name the arm: 1 to 32 of a-z 0-9 -. `holdout` is taken. */
  arm: string;
  /** Of recommendations: how they are ordered. */
  strategy: Strategy;
  /** Shares of those who are not held out; they are divided by their sum. */
  weight: number;
}

/** `fixed`: looked at once, at the planned end. `sequential`: may be looked at any day; wider intervals pay for that. */
export type Horizon = 'fixed' | 'sequential';

export interface ExperimentDesign {
  /** Share that gets what everybody got before: 0 to 0.5. */
  holdout: number;
  /** What the others get; one unless there are several ideas. Of a trigger: one, `treated`. */
  variants: Variant[];
  /** Only persons of this segment take part; null for everyone. */
  segmentId: string | null;
  horizon: Horizon;
  /** Fixed: how many days after the start it ends. */
  days: number | null;
  /** Two-sided, 0.05. */
  alpha: number;
}

/** `POST /clv/experiments`, `PUT /clv/experiments/:id` (while it is a draft; its name always) */
export interface ExperimentInput {
  name: string;
  surface: string;
  design: ExperimentDesign;
}

export interface Experiment extends ExperimentInput {
  id: string;
  state: 'draft' | 'running' | 'stopped';
  /** Of a trigger: its name. */
  about: string | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

export interface ArmReport {
  arm: string;
  /** Units that met it: persons, and browsers of nobody that is known. */
  units: number;
  persons: number;
  /** Who were held to be worth something before, by the covariate. */
  customers: number;
  /** Value per unit from when it was met, and of the whole arm. */
  mean: number;
  sum: number;
  /** Share of units with an order since. */
  buyers: number;
}

export interface EffectReport {
  /** Against the holdout. */
  arm: string;
  /** Incremental value per unit, adjusted by CUPED, with its interval; always valid under a sequential horizon. */
  perUnit: { value: number; low: number; high: number };
  /** The same before adjustment, and by how much adjustment narrowed the variance (0 to 1). */
  unadjusted: { value: number; low: number; high: number };
  varianceSaved: number;
  /** Share of the holdout's mean; null where that is not clear of zero. */
  relative: { value: number; low: number; high: number } | null;
  /** Over all units of the arm. */
  incremental: number;
  pValue: number;
  verdict: 'more' | 'less' | 'no clear difference' | 'not enough data';
}

/** What screens read of an experiment. */
export interface ExperimentReport {
  at: number;
  currency: string;
  /** What is summed: orders paid since a unit met the experiment, net of refunds. */
  value: 'revenue' | 'margin';
  arms: ArmReport[];
  /** Empty while an arm has fewer than 30 units. */
  effects: EffectReport[];
  /** Sample-ratio mismatch: p of the counts under the planned shares. Below 0.001 nothing is told of the effect. */
  ratio: { pValue: number; ok: boolean };
  /** Units that met two arms, such as two browsers that turned out to be one person; they count for the first. */
  crossed: number;
  /** Fixed: whether the planned end has come; before it intervals are shown for orientation only. */
  final: boolean;
}

/** `GET /clv/experiments` */
export interface ExperimentList {
  experiments: { experiment: Experiment; report: ExperimentReport | null }[];
  segments: { id: string; name: string }[];
}

/** `GET /clv/experiments/:id` */
export interface ExperimentDetail {
  experiment: Experiment;
  report: ExperimentReport | null;
  /** How the effect of each arm stood day by day. */
  course: { at: number; arm: string; value: number; low: number; high: number }[];
  segmentName: string | null;
}

/** `POST /clv/experiments/sample-size`; mean and deviation of the site's own value per person unless told. */
export interface SampleSizeInput {
  /** Smallest difference worth finding, as a share of the mean. */
  effect: number;
  /** 0.8 */
  power: number;
  alpha: number;
  holdout: number;
  horizon: Horizon;
  segmentId: string | null;
}

export interface SampleSize {
  /** Units over all arms. */
  units: number;
  inHoldout: number;
  /** By how many persons meet recommendations a day now; null when nobody did. */
  days: number | null;
  basis: { mean: number; deviation: number; n: number; currency: string; varianceSaved: number };
}
