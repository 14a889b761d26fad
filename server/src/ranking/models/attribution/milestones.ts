import type { Journey, Touch } from './journey';
import type { Weights } from './place-weights';

/** The touch that led to a milestone, and its share. */
interface Milestone {
  /** Place in the touches; undefined when the milestone is unknown or nothing was touched before it. */
  touch: number | undefined;
  share: number;
}

const MIDDLE = 0.1;

/**
 * W-shape: 30 % each to the first touch, the last one when the person became known and the last one when the deal was
 * created, 10 % spread over the other touches (HubSpot; Marketo Measure).
 *
 * @param touches before the order, first to last, at least one
 */
export function wShapeWeights(touches: readonly Touch[], journey: Journey): Weights {
  const { first, lead, deal } = milestonesOf(touches, journey);
  return spread(touches.length, [
    { touch: first, share: 0.3 },
    { touch: lead, share: 0.3 },
    { touch: deal, share: 0.3 },
  ]);
}

/**
 * Full path: 22.5 % each to the three touches of the W-shape and to the last one before the order was won, 10 % spread
 * over the others (HubSpot; Marketo Measure).
 *
 * @param touches before the order, first to last, at least one
 */
export function fullPathWeights(touches: readonly Touch[], journey: Journey): Weights {
  const { first, lead, deal, won } = milestonesOf(touches, journey);
  return spread(touches.length, [
    { touch: first, share: 0.225 },
    { touch: lead, share: 0.225 },
    { touch: deal, share: 0.225 },
    { touch: won, share: 0.225 },
  ]);
}

/**
 * A milestone after the order is as unknown as one that never came: it was not on the way to the order, and what happens
 * after an order must not move its credit. One that came before every touch has no touch to credit.
 */
function milestonesOf(touches: readonly Touch[], { order, milestones }: Journey) {
  const lastUntil = (at: number | null | undefined): number | undefined => {
    if (at === null || at === undefined || at > order.at) return undefined;
    const last = touches.findLastIndex((touch) => touch.at <= at);
    return last < 0 ? undefined : last;
  };
  return {
    first: 0,
    lead: lastUntil(milestones?.identifiedAt),
    deal: lastUntil(milestones?.dealCreatedAt),
    won: touches.length - 1,
  };
}

/**
 * Vendors do not say what happens to shares that nobody can have, so this is a choice: the shares of missing milestones,
 * and the middle's when no touch is in the middle, are spread over the others in proportion to theirs. A touch that led
 * to several milestones has the shares of all.
 */
function spread(touches: number, milestones: Milestone[]): Weights {
  const weights = new Float64Array(touches);
  for (const { touch, share } of milestones) if (touch !== undefined) weights[touch]! += share;
  const between = weights.filter((weight) => weight === 0).length;
  let sum = 0;
  for (let i = 0; i < touches; i++) {
    if (weights[i] === 0) weights[i] = MIDDLE / between;
    sum += weights[i]!;
  }
  return weights.map((weight) => weight / sum);
}
