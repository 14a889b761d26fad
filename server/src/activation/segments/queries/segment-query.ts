import type { Knex } from 'knex';
import { within } from '../../../clv/queries/person-range';
import type { SegmentRule, SegmentRules } from '../api-types';
import { conditionOf, type Judging } from './person-condition';

type Narrow = (query: Knex.QueryBuilder) => void;

/** The rows of a run, called `v`, of the persons whom rules fit, among those who are asked about. */
export function fittingRows(
  knex: Knex,
  runId: string,
  { match, rules }: SegmentRules,
  judging: Judging,
): Knex.QueryBuilder {
  const rows = knex('clv_person_values as v').where('v.run_id', runId);
  within(rows, judging.among, 'v.person_id');
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
