import type { Exposures } from './exposures';
import type { Persons } from './persons';
import type { People } from './subset';

/** Companies in the place of the persons known of them. */
export interface Accounts extends People {
  /** Persons who belong to an account, and those of whom no company is known, who are left out. */
  rolledUp: number;
  withoutCompany: number;
}

/** The same company however it is written: letters alone count, not their case, form or the spaces around them. */
export function companyKey(company: string): string {
  return company.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** How many persons each person's company has, where it is known; 1 else. */
export function accountSizesOf(companies: (string | undefined)[]): Float64Array {
  const sizes = new Map<string, number>();
  for (const company of companies) {
    if (company !== undefined) sizes.set(company, (sizes.get(company) ?? 0) + 1);
  }
  return Float64Array.from(companies, (company) => (company === undefined ? 1 : sizes.get(company)!));
}

/**
 * Rolls persons up to their companies. An account was exposed when the first of its persons was, and ordered when the first
 * of them did; its value is what all of them are worth, its channel that of whoever was seen first and has one. Prior values
 * are those of the persons too: what each ordered before reading anything, though a colleague may have read by then.
 */
export function accountsOf({ persons, exposures }: People): Accounts {
  const { accountOf, count } = numberAccounts(persons);
  const earliest = (times: Float64Array) =>
    gathered(accountOf, times, count, Number.POSITIVE_INFINITY, Math.min);
  const total = (values: Float64Array) => gathered(accountOf, values, count, 0, (sum, value) => sum + value);
  const accountSizes = total(new Float64Array(persons.count).fill(1));
  const rolledUp = accountSizes.reduce((sum, size) => sum + size, 0);
  return {
    persons: {
      count,
      firstOrderAt: earliest(persons.firstOrderAt),
      firstSeenAt: earliest(persons.firstSeenAt),
      values: total(persons.values),
      valuesFromDate: total(persons.valuesFromDate),
      priorValues: total(persons.priorValues),
      channels: firstChannels(persons, accountOf, count),
      accountSizes,
    },
    exposures: firstExposures(exposures, accountOf, count),
    rolledUp,
    withoutCompany: persons.count - rolledUp,
  };
}

/** The account of each person, −1 for none. */
function numberAccounts({ count: persons, companies = [] }: Persons) {
  const numbers = new Map<string, number>();
  const accountOf = new Int32Array(persons).fill(-1);
  for (let person = 0; person < persons; person++) {
    const company = companies[person];
    if (company === undefined) continue;
    const number = numbers.get(company) ?? numbers.size;
    numbers.set(company, number);
    accountOf[person] = number;
  }
  return { accountOf, count: numbers.size };
}

function gathered(
  accountOf: Int32Array,
  values: Float64Array,
  count: number,
  start: number,
  join: (soFar: number, value: number) => number,
): Float64Array {
  const all = new Float64Array(count).fill(start);
  accountOf.forEach((account, person) => {
    if (account >= 0) all[account] = join(all[account]!, values[person]!);
  });
  return all;
}

function firstChannels(
  { channels, firstSeenAt }: Persons,
  accountOf: Int32Array,
  count: number,
): Persons['channels'] {
  const first: Persons['channels'] = new Array(count).fill(undefined);
  const seenAt = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  accountOf.forEach((account, person) => {
    const channel = channels[person];
    if (account < 0 || channel === undefined) return;
    if (first[account] !== undefined && firstSeenAt[person]! >= seenAt[account]!) return;
    first[account] = channel;
    seenAt[account] = firstSeenAt[person]!;
  });
  return first;
}

/** Each account's first touch of each item. */
function firstExposures(
  { contents, start, person, firstAt }: Exposures,
  accountOf: Int32Array,
  accounts: number,
): Exposures {
  const starts = new Uint32Array(contents + 1);
  const persons = new Int32Array(person.length);
  const times = new Float64Array(person.length);
  // Where an account stands among those of the item at hand.
  const placeOf = new Int32Array(accounts).fill(-1);
  let place = 0;
  for (let item = 0; item < contents; item++) {
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      const account = accountOf[person[i]!]!;
      if (account < 0) continue;
      if (placeOf[account]! < starts[item]!) {
        placeOf[account] = place;
        persons[place] = account;
        times[place++] = firstAt[i]!;
      } else {
        times[placeOf[account]!] = Math.min(times[placeOf[account]!]!, firstAt[i]!);
      }
    }
    starts[item + 1] = place;
  }
  return { contents, start: starts, person: persons.slice(0, place), firstAt: times.slice(0, place) };
}
