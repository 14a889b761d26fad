import { uniformOf } from './hash';

/** Name of the arm that gets what everybody got before. */
export const HOLDOUT = 'holdout';

/** What arms are drawn by. */
export interface Allocation {
  /** Makes arms of one experiment independent of those of another. */
  salt: string;
  design: {
    /** Share that is held out, 0 to 0.5. */
    holdout: number;
    variants: readonly { arm: string; weight: number }[];
  };
}

/**
 * The arm of a unit: of the salt and the unit's id alone, so that every node says the same without asking. A larger
 * holdout keeps everyone who was held out; among variants it is weighted rendezvous hashing (−ln u / weight, the least
 * wins; D. Thaler and C. Ravishankar, IEEE/ACM ToN 1998), so that another weight moves units to or from its own arm only.
 *
 * @param unitId canonical person id, or the visitor key of nobody known
 */
export function armOf({ salt, design }: Allocation, unitId: string): string {
  if (uniformOf(`${salt}\u001f${unitId}`) < design.holdout) return HOLDOUT;
  let best = HOLDOUT;
  let least = Number.POSITIVE_INFINITY;
  for (const { arm, weight } of design.variants) {
    if (!(weight > 0)) continue;
    const score = -Math.log(uniformOf(`${salt}\u001f${arm}\u001f${unitId}`)) / weight;
    if (score < least) {
      least = score;
      best = arm;
    }
  }
  return best;
}

/** Share of the units that each arm is planned to have, the holdout first; they sum to 1. */
export function plannedShares({ holdout, variants }: Allocation['design']): { arm: string; share: number }[] {
  const weights = variants.reduce((sum, variant) => sum + Math.max(0, variant.weight), 0);
  return [
    { arm: HOLDOUT, share: holdout },
    ...variants.map(({ arm, weight }) => ({
      arm,
      share: weights > 0 ? ((1 - holdout) * Math.max(0, weight)) / weights : 0,
    })),
  ];
}
