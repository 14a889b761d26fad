import type { Knex } from 'knex';
import type { Rates } from '../clv/convert';
import { type PersonValueOptions, personValues } from '../clv/person-values';
import { engineValues } from '../clv/queries/engine-values';
import { accountSizesOf } from './models/accounts';
import { type Orders, valuesBefore } from './models/orders';
import type { Persons } from './models/persons';
import { loadTraits } from './person-traits';
import type { RankingTaskData } from './rank.task';

/** Gives every canonical person a number, from 0 in the order in which they are met. */
export class PersonNumbers {
  readonly ids: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(personId: string): number {
    let number = this.#numbers.get(personId);
    if (number === undefined) {
      number = this.ids.push(personId) - 1;
      this.#numbers.set(personId, number);
    }
    return number;
  }
}

/**
 * Reads what everyone is worth and where they came from.
 *
 * @param firstTouchAt by number, of those with a browser; Infinity for who never touched anything
 * @param dateLandmark moment at which orders are divided too
 */
export async function loadPersons(
  knex: Knex,
  settings: RankingTaskData,
  numbers: PersonNumbers,
  firstTouchAt: ArrayLike<number>,
  dateLandmark: number | undefined,
  orders: Orders,
): Promise<Persons> {
  const fromEngine = settings.value === 'predicted' || settings.value === 'total' ? settings.value : null;
  const history = { ...settings, value: fromEngine ? 'clv' : settings.value } as PersonValueOptions;
  const never = Number.POSITIVE_INFINITY;
  const values: number[] = [];
  const firstOrders: number[] = [];
  const firstSeen: number[] = [];
  for await (const persons of personValues(knex, history)) {
    for (const { personId, value, firstOrderAt, firstPaidAt } of persons) {
      const person = numbers.of(personId);
      values[person] = value;
      if (firstOrderAt !== null) firstOrders[person] = firstOrderAt;
      if (firstPaidAt !== null) firstSeen[person] = firstPaidAt;
    }
  }
  const fromDate = await valuesFrom(knex, history, numbers, dateLandmark);
  const fromRun = fromEngine && (await valuesOfRun(knex, fromEngine, settings, numbers));
  const traits = await loadTraits(knex, numbers);

  const count = numbers.ids.length;
  const filled = (given: ArrayLike<number>, missing: number) =>
    Float64Array.from({ length: count }, (_, person) => given[person] ?? missing);
  const all = (known: (string | undefined)[]) => Array.from({ length: count }, (_, person) => known[person]);
  const companies = all(traits.companies);
  const beginnings = Float64Array.from({ length: count }, (_, person) =>
    Math.min(dateLandmark ?? Number.NEGATIVE_INFINITY, firstTouchAt[person] ?? never),
  );
  return {
    count,
    values: filled(fromRun ?? values, 0),
    // A prediction looks ahead from the run, which comes after any landmark: it is the same for all of them.
    valuesFromDate: filled(fromRun ?? fromDate, 0),
    priorValues: valuesBefore(orders, beginnings),
    firstOrderAt: filled(firstOrders, never),
    firstSeenAt: Float64Array.from({ length: count }, (_, person) =>
      Math.min(firstSeen[person] ?? never, firstTouchAt[person] ?? never),
    ),
    channels: all(traits.channels),
    segments: all(traits.segments),
    companies,
    tiers: all(traits.tiers),
    accountSizes: accountSizesOf(companies),
  };
}

/** What persons are worth by their orders from a date on; nothing where there is no date. */
async function valuesFrom(
  knex: Knex,
  history: PersonValueOptions,
  numbers: PersonNumbers,
  date: number | undefined,
): Promise<number[]> {
  const values: number[] = [];
  if (date === undefined) return values;
  for await (const persons of personValues(knex, { ...history, ordersFrom: date })) {
    for (const { personId, value } of persons) values[numbers.of(personId)] = value;
  }
  return values;
}

/** What each person is worth by the last run of the value engine. */
async function valuesOfRun(
  knex: Knex,
  value: 'predicted' | 'total',
  rates: Rates,
  numbers: PersonNumbers,
): Promise<number[]> {
  const values: number[] = [];
  for await (const persons of engineValues(knex, value, rates)) {
    for (const { personId, worth } of persons) values[numbers.of(personId)] = worth;
  }
  return values;
}
