import { dayName, localDaysIn } from '../../clv/models/local-days';
import { knownBefore } from './known-before';
import type { Division } from './landmark';
import type { Persons } from './persons';

/** What divides the persons. */
export const PARTED_BY = ['channel', 'segment', 'tier', 'cohort', 'customers'] as const;
export type PartedBy = (typeof PARTED_BY)[number];

/** The part that a person belongs to, undefined for none. */
export type PartOf = (person: number) => string | undefined;

const YEAR = 365 * 86_400_000;

/**
 * How persons are divided at a landmark. No part may be told by what came after the exposure, or its persons would be chosen
 * by their outcome: at a date, cohorts and customers go by the orders before it, and a channel or segment that is known of
 * buyers alone tells apart only who had ordered by then (`knownBefore`). The tier alone is known only now and goes
 * by value: within one, values are alike, and differences smaller than among everyone.
 *
 * @param timezone IANA zone in which quarters begin
 */
export function partsBy(by: PartedBy, persons: Persons, division: Division, timezone: string): PartOf {
  const { channels, segments = [], tiers = [], firstOrderAt } = persons;
  const told = (names: (string | undefined)[]): PartOf => {
    const isTold = knownBefore(persons, division, (person) => names[person] !== undefined);
    return (person) => (isTold(person) ? names[person] : undefined);
  };
  switch (by) {
    case 'channel':
      return told(channels);
    case 'segment':
      return told(segments);
    case 'tier':
      return (person) => tiers[person];
    case 'cohort':
      return cohorts(firstOrderAt, division, timezone);
    case 'customers':
      return typeof division === 'object'
        ? (person) => (firstOrderAt[person]! < division.at ? 'existing' : 'new')
        : sinceAYear(firstOrderAt);
  }
}

/** The quarter of the first order, such as `2026-Q1`. */
function cohorts(firstOrderAt: Float64Array, division: Division, timezone: string): PartOf {
  const end = typeof division === 'object' ? division.at : Number.POSITIVE_INFINITY;
  const dayOf = localDaysIn(timezone);
  return (person) => {
    const at = firstOrderAt[person]!;
    if (!(at < end)) return undefined;
    const [year, month] = dayName(dayOf(at)).split('-') as [string, string];
    return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  };
}

/** Where everyone is ranked by their own first order, or by all they did: whose first order is of the last year of the data. */
function sinceAYear(firstOrderAt: Float64Array): PartOf {
  let last = Number.NEGATIVE_INFINITY;
  for (const at of firstOrderAt) if (at < Number.POSITIVE_INFINITY && at > last) last = at;
  return (person) => {
    const at = firstOrderAt[person]!;
    if (at === Number.POSITIVE_INFINITY) return undefined;
    return at > last - YEAR ? 'new' : 'existing';
  };
}
