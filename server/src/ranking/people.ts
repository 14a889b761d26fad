import type { Knex } from 'knex';
import { type PersonValueOptions, personValues } from '../clv/person-values';
import { engineValues } from '../clv/queries/engine-values';
import { customerChannels } from './queries/customer-channels';
import { firstTouches } from './queries/first-touches';
import { analyze, fillLinks, LINKS } from './queries/temporary-tables';
import { visitorLinks } from './queries/visitor-links';
import type { RankingTaskData } from './rank.task';

/** Persons whose touches are read by one statement: so each is short, and a cancelled run ends soon. */
export const PERSONS_AT_ONCE = 2_500;

/** Everyone identified, numbered from 0; those with a browser come first. Money in minor units, times in epoch ms. */
export interface People {
  count: number;
  /** How many have a browser of theirs, and so may have touches. */
  linked: number;
  /** Value of all orders, and of those from the landmark date on. */
  values: Float64Array;
  valuesFromDate: Float64Array;
  /** First order that is no refund, and first touch or order of any kind; Infinity when there was none. */
  firstOrderAt: Float64Array;
  firstSeenAt: Float64Array;
  channels: (string | undefined)[];
}

type Report = (fraction: number) => void;

/** What each person is worth by the last run of the value engine, for rankings by predicted or total CLV. */
async function fillFromEngine(
  knex: Knex,
  value: 'predicted' | 'total',
  numberOf: (personId: string) => number,
  values: number[],
): Promise<void> {
  values.length = 0;
  for await (const persons of engineValues(knex, value)) {
    for (const { personId, worth } of persons) values[numberOf(personId)] = worth;
  }
}

/** Reads everyone and, into the temporary table, whose browser is whose. */
export async function loadPeople(
  knex: Knex,
  options: Pick<RankingTaskData, 'currency' | 'rates' | 'timezone' | 'now' | 'value'>,
  dateLandmark: number | undefined,
  report: Report,
): Promise<People> {
  const numbers = new Map<string, number>();
  const numberOf = (personId: string): number => {
    let number = numbers.get(personId);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(personId, number);
    }
    return number;
  };

  for await (const links of visitorLinks(knex)) {
    await fillLinks(
      knex,
      links.map((link) => [numberOf(link.personId), link.visitorKey, link.validFrom, link.validTo]),
    );
  }
  await analyze(knex, LINKS);
  const linked = numbers.size;
  report(0.2);

  const values: number[] = [];
  const firstOrders: number[] = [];
  const firstPayments: number[] = [];
  const fromEngine = options.value === 'predicted' || options.value === 'total' ? options.value : null;
  const history = { ...options, value: fromEngine ? 'clv' : options.value } as PersonValueOptions;
  for await (const persons of personValues(knex, history)) {
    for (const { personId, value, firstOrderAt, firstPaidAt } of persons) {
      const person = numberOf(personId);
      values[person] = value;
      if (firstOrderAt !== null) firstOrders[person] = firstOrderAt;
      if (firstPaidAt !== null) firstPayments[person] = firstPaidAt;
    }
  }
  report(0.5);
  const valuesFromDate: number[] = [];
  if (fromEngine) await fillFromEngine(knex, fromEngine, numberOf, values);
  else if (dateLandmark !== undefined) {
    for await (const persons of personValues(knex, { ...history, ordersFrom: dateLandmark })) {
      for (const { personId, value } of persons) valuesFromDate[numberOf(personId)] = value;
    }
  }
  const channels: (string | undefined)[] = [];
  for await (const customers of customerChannels(knex)) {
    for (const { personId, channel } of customers) channels[numberOf(personId)] = channel;
  }
  report(0.7);

  const count = numbers.size;
  const filled = (given: number[], missing: number) =>
    Float64Array.from({ length: count }, (_, person) => given[person] ?? missing);
  const firstSeenAt = filled(firstPayments, Number.POSITIVE_INFINITY);
  for (let from = 0; from < linked; from += PERSONS_AT_ONCE) {
    const chunk = { from, to: from + PERSONS_AT_ONCE, until: options.now };
    for (const { person, firstAt } of await firstTouches(knex, chunk)) {
      firstSeenAt[person] = Math.min(firstSeenAt[person]!, firstAt);
    }
    report(0.7 + (0.3 * Math.min(linked, from + PERSONS_AT_ONCE)) / linked);
  }
  return {
    count,
    linked,
    values: filled(values, 0),
    // A prediction looks ahead from the run, which comes after any landmark: it is the same for all of them.
    valuesFromDate: filled(fromEngine ? values : valuesFromDate, 0),
    firstOrderAt: filled(firstOrders, Number.POSITIVE_INFINITY),
    firstSeenAt,
    channels,
  };
}
