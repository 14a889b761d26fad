import { accountsOf } from './models/accounts';
import { knownBefore } from './models/known-before';
import type { Division } from './models/landmark';
import { isMember } from './models/membership';
import { type PartedBy, partsBy } from './models/parts';
import type { Persons } from './models/persons';
import { type People, subsetOf } from './models/subset';
import { NEEDED } from './models/verdict';
import type { SlicedBy } from './sliced-by';

/** A part of the persons, or all of them in another shape, that is ranked by itself. */
export interface Slice {
  /** '' for everyone. */
  of: '' | SlicedBy;
  value: string;
  people: People;
  /** Of accounts: how many persons they are made of, and how many are of no known company; null for persons. */
  accounts: { persons: number; withoutCompany: number } | null;
}

/** How many parts of each kind are ranked, the largest; of cohorts the last. A part of 10,000 takes a third of a second with 1,000 items. */
const MOST_PARTS = 6;
const MOST_COHORTS = 4;
/** With fewer persons no item has enough of them on both sides. */
const SMALLEST = 2 * NEEDED;

/**
 * The slices of a landmark, one at a time, so that no more than one stands in memory. `all` has none: it is there for
 * comparison, because it does not divide reading from what came of it, and no part of it would say more.
 *
 * @param by what is asked for
 * @param timezone IANA zone in which quarters begin
 */
export function* slicesOf(
  everyone: People,
  division: Division,
  by: readonly SlicedBy[],
  timezone: string,
): Generator<Slice> {
  if (division === 'all') return;
  for (const kind of by) {
    if (kind === 'accounts') yield* accountSlices(everyone, division);
    else yield* parts(everyone, division, kind, timezone);
  }
}

function* parts(everyone: People, division: Division, by: PartedBy, timezone: string): Generator<Slice> {
  const { persons } = everyone;
  const partOf = partsBy(by, persons, division, timezone);
  const sizes = new Map<string, number>();
  let all = 0;
  for (let person = 0; person < persons.count; person++) {
    if (!belongsTo(division, persons, person)) continue;
    all++;
    const part = partOf(person);
    if (part !== undefined) sizes.set(part, (sizes.get(part) ?? 0) + 1);
  }
  const enough = [...sizes].filter(([, size]) => size >= SMALLEST && size < all);
  const largest = (a: [string, number], b: [string, number]) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const latest = (a: [string, number], b: [string, number]) => (a[0] < b[0] ? 1 : -1);
  enough.sort(by === 'cohort' ? latest : largest);
  for (const [value] of enough.slice(0, by === 'cohort' ? MOST_COHORTS : MOST_PARTS)) {
    const people = subsetOf(everyone, (person) => partOf(person) === value);
    yield { of: by, value, people, accounts: null };
  }
}

function* accountSlices({ persons, exposures }: People, division: Division): Generator<Slice> {
  const { companies = [] } = persons;
  const isTold = knownBefore(persons, division, (person) => companies[person] !== undefined);
  const told = companies.map((company, person) => (isTold(person) ? company : undefined));
  const { rolledUp, withoutCompany, ...people } = accountsOf({
    persons: { ...persons, companies: told },
    exposures,
  });
  let size = 0;
  for (let account = 0; account < people.persons.count; account++) {
    if (belongsTo(division, people.persons, account)) size++;
  }
  if (size < SMALLEST) return;
  yield { of: 'accounts', value: 'company', people, accounts: { persons: rolledUp, withoutCompany } };
}

const belongsTo = (division: Division, { firstOrderAt, firstSeenAt }: Persons, person: number): boolean =>
  isMember(division, { firstOrderAt: firstOrderAt[person]!, firstSeenAt: firstSeenAt[person]! });
