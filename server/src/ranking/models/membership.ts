import type { Division } from './landmark';

/** When a person first did what landmarks are about, in epoch milliseconds; Infinity for never. */
export interface Beginnings {
  /** First paid order that is no refund. */
  firstOrderAt: number;
  /** First touch or paid order, refunds too. */
  firstSeenAt: number;
}

/** When a person's exposure ends; Infinity for never. */
export function boundaryOf(division: Division, firstOrderAt: number): number {
  if (division === 'all') return Number.POSITIVE_INFINITY;
  return division === 'first-order' ? firstOrderAt : division.at;
}

/** Whether a landmark is about a person: customers at `first-order`, else whoever was seen before the boundary. */
export function isMember(division: Division, { firstOrderAt, firstSeenAt }: Beginnings): boolean {
  if (division === 'first-order') return firstOrderAt < Number.POSITIVE_INFINITY;
  return firstSeenAt < boundaryOf(division, firstOrderAt);
}
