import type { Division } from './landmark';
import { isMember } from './membership';
import type { Persons } from './persons';

/** Where something is known of non-buyers this much less often than of buyers, that it is known says who buys. */
const AS_OFTEN = 0.9;

/**
 * Whether something that a CRM or an order tells of a person was known before the outcome. What is told of customers alone
 * says who will order: to adjust for it would take away what items do, and who is chosen by it is chosen by the outcome. Then
 * it counts only for those who had ordered before. At `first-order` everyone is a customer.
 */
export function knownBefore(
  { count, firstOrderAt, firstSeenAt }: Pick<Persons, 'count' | 'firstOrderAt' | 'firstSeenAt'>,
  division: Division,
  isKnown: (person: number) => boolean,
): (person: number) => boolean {
  if (division === 'first-order') return isKnown;
  const begins = division === 'all' ? Number.NEGATIVE_INFINITY : division.at;
  const buyers = { all: 0, known: 0 };
  const others = { all: 0, known: 0 };
  for (let person = 0; person < count; person++) {
    const beginnings = { firstOrderAt: firstOrderAt[person]!, firstSeenAt: firstSeenAt[person]! };
    if (beginnings.firstOrderAt < begins || !isMember(division, beginnings)) continue;
    const group = beginnings.firstOrderAt < Number.POSITIVE_INFINITY ? buyers : others;
    group.all++;
    if (isKnown(person)) group.known++;
  }
  if (others.known * buyers.all >= AS_OFTEN * buyers.known * others.all) return isKnown;
  return (person) => isKnown(person) && firstOrderAt[person]! < begins;
}
