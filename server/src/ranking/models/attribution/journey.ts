export interface Touch {
  /** Number of the item. */
  content: number;
  /** UTC epoch milliseconds, as all times here. */
  at: number;
  kind?: 'view' | 'read' | 'download';
}

/** What one person touched around one order. */
export interface Journey {
  /** In any order; those at or after the order are left out. */
  touches: readonly Touch[];
  order: {
    at: number;
    /** Minor units, a whole number; negative for a refund. */
    amount: number;
  };
  /** What the CRM knows of the way to the order; unknown when absent or null. */
  milestones?: {
    /** When the person became known: a lead. */
    identifiedAt?: number | null;
    dealCreatedAt?: number | null;
  };
}

/**
 * The touches that may have credit for the order, first to last: those before it, and not before the look-back. Touches
 * of the same moment are put in the order of their items and kinds, so that it never matters how they were stored.
 *
 * @param lookBack milliseconds before the order
 */
export function touchesBefore({ touches, order }: Journey, lookBack = Number.POSITIVE_INFINITY): Touch[] {
  return touches.filter(({ at }) => at < order.at && at >= order.at - lookBack).sort(inTime);
}

const inTime = (a: Touch, b: Touch): number =>
  a.at - b.at || a.content - b.content || KINDS.indexOf(a.kind ?? 'view') - KINDS.indexOf(b.kind ?? 'view');

const KINDS = ['view', 'read', 'download'];

/**
 * Refuses journeys that cannot be credited.
 *
 * @throws RangeError that names the touch by its place, from 0, or what else is wrong
 */
export function checkJourney({ touches, order, milestones }: Journey): void {
  if (!Number.isFinite(order.at)) throw new RangeError(`the order's time must be a number, not ${order.at}`);
  if (!Number.isSafeInteger(order.amount)) {
    throw new RangeError(`the order's amount must be a whole number of minor units, not ${order.amount}`);
  }
  touches.forEach(({ content, at }, i) => {
    if (!Number.isInteger(content) || content < 0) {
      throw new RangeError(`touch ${i}: the content must be a whole number of at least 0, not ${content}`);
    }
    if (!Number.isFinite(at)) throw new RangeError(`touch ${i}: its time must be a number, not ${at}`);
  });
  for (const [name, at] of Object.entries(milestones ?? {})) {
    if (at !== null && at !== undefined && !Number.isFinite(at)) {
      throw new RangeError(`the milestone ${name} must be a time, null or absent, not ${at}`);
    }
  }
}
