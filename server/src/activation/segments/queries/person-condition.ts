import type { Knex } from 'knex';
import { minorDigits } from '../../../clv/convert';
import type { PersonRange } from '../../../clv/queries/person-range';
import { columnOf } from '../../../clv/runs/person-rows';
import { dialectOf } from '../../../storage/db';
import type { SegmentField, SegmentRule } from '../api-types';
import { readersOf } from './content-condition';
import { customersWith, ordersOf } from './customer-condition';

/** What rules are judged by. */
export interface Judging {
  /** Of the report; bounds of money are in its major units. */
  currency: string;
  now: number;
  /** Who is asked about: it makes the question about a few as cheap as they are few. */
  among: PersonRange;
}

const DAY = 86_400_000;

/** Fields of the row itself. */
const COLUMNS = {
  kind: 'kind',
  tier: 'tier',
  stage: 'stage',
  channel: 'channel',
  predicted: 'predicted',
  total: 'total',
  historical: 'historical',
  revenue: 'revenue',
  orders: 'orders',
  pAlive: 'pAlive',
  buyProbability: 'buyProbability',
  lastOrder: 'lastOrderAt',
  firstOrder: 'firstOrderAt',
  lastTouch: 'lastTouchAt',
} as const;

const column = (field: SegmentField) => `v.${columnOf(COLUMNS[field as keyof typeof COLUMNS])}`;

type Narrow = (query: Knex.QueryBuilder) => void;

function between(name: string, low: number | undefined, high: number | undefined): Narrow {
  return (query) => {
    if (low !== undefined) query.where(name, '>=', low);
    if (high !== undefined) query.where(name, '<=', high);
  };
}

/** Bounds of money in minor units; 10.1 is 1010, whatever the processor makes of 10.1 times 100. */
function moneyBetween(
  name: string,
  min: number | undefined,
  max: number | undefined,
  currency: string,
): Narrow {
  const unit = 10 ** minorDigits(currency);
  const nearly = 1e-6;
  return between(
    name,
    min === undefined ? undefined : Math.ceil(min * unit - nearly),
    max === undefined ? undefined : Math.floor(max * unit + nearly),
  );
}

/**
 * Those in an answer to another question. Of several such, MySQL would weigh every order of all their tables: with a dozen of
 * them that takes minutes, and none where it is no plain IN.
 */
const isAmong = (knex: Knex, persons: Knex.QueryBuilder): Narrow => {
  if (dialectOf(knex) !== 'mysql') return (query) => void query.whereIn('v.person_id', persons);
  return (query) => void query.whereRaw('(v.person_id IN ?) IS TRUE', [persons]);
};

/** Narrows a question about rows of `clv_person_values`, called `v`, to the persons whom a rule fits. */
export function conditionOf(knex: Knex, rule: SegmentRule, { currency, now, among }: Judging): Narrow {
  switch (rule.field) {
    case 'kind':
    case 'tier':
    case 'stage':
    case 'channel':
      return (query) => void query.whereIn(column(rule.field), rule.is);
    case 'crmSegment':
    case 'company': {
      const name = rule.field === 'company' ? 'c.company' : 'c.segment';
      const theirs = customersWith(knex, among).whereIn(name, rule.is);
      return isAmong(knex, theirs);
    }
    case 'productLine':
      return isAmong(knex, ordersOf(knex, rule.is, among));
    case 'nps': {
      // Answers are whole numbers, and PostgreSQL compares such a column with nothing else.
      const [min, max] = [rule.min && Math.ceil(rule.min), rule.max && Math.floor(rule.max)];
      const theirs = customersWith(knex, among).where(between('c.nps', min, max));
      return isAmong(knex, theirs.whereNotNull('c.nps'));
    }
    case 'predicted':
    case 'total':
    case 'historical':
    case 'revenue':
      return moneyBetween(column(rule.field), rule.min, rule.max, currency);
    case 'orders':
      return between(column('orders'), rule.min, rule.max);
    case 'pAlive':
    case 'buyProbability': {
      const kind = rule.field === 'pAlive' ? 'customer' : 'prospect';
      const bounds = between(column(rule.field), rule.min, rule.max);
      return (query) => void query.where(column('kind'), kind).where(bounds);
    }
    case 'lastOrder':
    case 'firstOrder':
    case 'lastTouch': {
      const daysAgo = (days: number | undefined) => (days === undefined ? undefined : now - days * DAY);
      return between(column(rule.field), daysAgo(rule.atMostDays), daysAgo(rule.atLeastDays));
    }
    case 'content': {
      const readers = readersOf(knex, rule, { now, among });
      return rule.did ? isAmong(knex, readers) : (query) => void query.whereNotIn('v.person_id', readers);
    }
  }
}
