import type { Knex } from 'knex';
import type { SegmentRule, SegmentRules } from '../api-types';
import { conditionOf, type Judging } from './person-condition';

type Narrow = (query: Knex.QueryBuilder) => void;

/** The rows of a run, called `v`, of the persons whom rules fit. */
export function fittingRows(
  knex: Knex,
  runId: string,
  { match, rules }: SegmentRules,
  judging: Judging,
): Knex.QueryBuilder {
  const rows = knex('clv_person_values as v').where('v.run_id', runId);
  if (judging.among) rows.whereIn('v.person_id', judging.among);
  const one = (rule: SegmentRule): Narrow => conditionOf(knex, rule, judging);
  const joined = (conditions: Narrow[], how: 'all' | 'any'): Narrow => {
    return (query) => {
      for (const condition of conditions) {
        if (how === 'all') query.where(condition);
        else query.orWhere(condition);
      }
    };
  };
  const conditions = rules.map((rule) =>
    'match' in rule ? joined(rule.rules.map(one), rule.match) : one(rule),
  );
  return conditions.length > 0 ? rows.where(joined(conditions, match)) : rows;
}

/** The persons of a run whom rules fit at a moment: a question that gives `person_id`. */
export const segmentQuery = (
  knex: Knex,
  runId: string,
  rules: SegmentRules,
  now: number,
  { currency, among }: Omit<Judging, 'now'>,
): Knex.QueryBuilder => fittingRows(knex, runId, rules, { currency, now, among }).select('v.person_id');
