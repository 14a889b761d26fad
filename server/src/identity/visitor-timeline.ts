/** The end of a link that is still open. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/** From when until when (not included) a visitor's browser was in a person's hands; `linkedAt` is when it was said. */
export interface Link {
  id: string;
  personId: string;
  validFrom: number;
  validTo: number;
  linkedAt: number;
}

export interface TimelineChange {
  updates: Link[];
  insert: Omit<Link, 'id'> | null;
}

/**
 * What changes in a visitor's links when a person is identified at a moment: each link lasts from its identify to the
 * next one of another person, and the first reaches back to 0, so that what was read before counts. An identify that
 * arrives late is put in its place. Where an erased person's link was, the gap stays.
 *
 * @param links in order of `linkedAt`
 * @param at the moment; null is now, which comes after every moment known, whatever the clocks of other nodes say
 * @returns null when the same person had the browser then already
 */
export function placeLink(
  links: Link[],
  personId: string,
  at: number | null,
  now: number,
): TimelineChange | null {
  const last = links.at(-1);
  let moment = at ?? Math.max(now, last?.linkedAt ?? 0);
  const taken = (time: number) => links.some((l) => l.linkedAt === time && l.personId !== personId);
  while (taken(moment)) moment += 1;

  const previous = links.findLast((link) => link.linkedAt <= moment);
  const next = links.find((link) => link.linkedAt > moment);
  if (previous?.personId === personId && moment < previous.validTo) return null;

  const updates: Link[] = [];
  if (previous && previous.validTo > moment) updates.push({ ...previous, validTo: moment });
  const reachesBack = !previous && (!next || next.validFrom === 0);
  const validFrom = reachesBack ? 0 : moment;
  if (next?.personId === personId) {
    updates.push({ ...next, validFrom, linkedAt: moment });
    return { updates, insert: null };
  }
  if (next && next.validFrom < next.linkedAt) updates.push({ ...next, validFrom: next.linkedAt });
  return { updates, insert: { personId, validFrom, validTo: next?.linkedAt ?? OPEN_END, linkedAt: moment } };
}
