import type {
  Experiment,
  ExperimentInput,
  Horizon,
  Strategy,
} from '../../../../../server/src/activation/experiments/api-types';
import type { Text } from '../../../text';
import { HOLDOUT } from '../words';

export interface DraftVariant {
  /** Tells rows of the form apart while their names change. */
  key: string;
  arm: string;
  strategy: Strategy;
  weight: number;
}

/** What the form holds; shares in percent. */
export interface Draft {
  name: string;
  holdout: number;
  variants: DraftVariant[];
  segmentId: string | null;
  horizon: Horizon;
  days: number;
}

const ALPHA = 0.05;
const USUAL_DAYS = 28;
const MOST_DAYS = 365;
export const MOST_HOLDOUT = 50;

export const newDraft = (): Draft => ({
  name: '',
  holdout: 10,
  variants: [{ key: 'first', arm: 'recommended', strategy: 'recommended', weight: 1 }],
  segmentId: null,
  horizon: 'sequential',
  days: USUAL_DAYS,
});

export function draftOf({ name, design }: Experiment): Draft {
  return {
    name,
    holdout: Math.round(design.holdout * 1000) / 10,
    variants: design.variants.map((variant) => ({ ...variant, key: variant.arm })),
    segmentId: design.segmentId,
    horizon: design.horizon,
    days: design.days ?? USUAL_DAYS,
  };
}

/** @param before the experiment that is changed: what the form does not ask stays as it was */
export function inputOf(draft: Draft, before?: Experiment): ExperimentInput {
  const { name, holdout, variants, segmentId, horizon, days } = draft;
  return {
    name: name.trim(),
    surface: before?.surface ?? 'recommendations',
    design: {
      holdout: holdout / 100,
      variants: variants.map(({ arm, strategy, weight }) => ({ arm, strategy, weight })),
      segmentId,
      horizon,
      days: horizon === 'fixed' ? days : null,
      alpha: before?.design.alpha ?? ALPHA,
    },
  };
}

const ARM = /^[a-z0-9-]{1,32}$/;

/** What is wrong, by the name of the field; of a variant `arm-<key>` and `weight-<key>`. */
export function wrongIn(
  { name, holdout, variants, horizon, days }: Draft,
  text: Text,
): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!name.trim()) wrong.name = text('clv.experiments.wrong.name');
  if (!(holdout >= 0 && holdout <= MOST_HOLDOUT))
    wrong.holdout = text('clv.experiments.wrong.holdout', { most: MOST_HOLDOUT });
  if (horizon === 'fixed' && !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS))
    wrong.days = text('clv.experiments.wrong.days', { most: MOST_DAYS });
  for (const { key, arm, weight } of variants) {
    if (!ARM.test(arm)) wrong[`arm-${key}`] = text('clv.experiments.wrong.arm');
    else if (arm === HOLDOUT) wrong[`arm-${key}`] = text('clv.experiments.wrong.taken', { arm });
    else if (variants.some((other) => other.key !== key && other.arm === arm))
      wrong[`arm-${key}`] = text('clv.experiments.wrong.twice');
    if (!(weight > 0 && weight <= 1000)) wrong[`weight-${key}`] = text('clv.experiments.wrong.weight');
  }
  return wrong;
}
