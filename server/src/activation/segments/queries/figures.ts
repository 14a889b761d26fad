import type { Knex } from 'knex';
import type { ValueRun } from '../../../clv/api-types';
import { minorDigits } from '../../../clv/convert';
import type { SegmentFigures } from '../api-types';

/** What persons of a run are worth together. @param rows of `clv_person_values`, called `v` */
export async function figuresOf(
  knex: Knex,
  { id, currency }: Pick<ValueRun, 'id' | 'currency'>,
  rows: Knex.QueryBuilder,
): Promise<SegmentFigures> {
  const [sums] = await rows.select(
    knex.raw('COUNT(*) AS members'),
    knex.raw("SUM(CASE WHEN v.kind = 'customer' THEN 1 ELSE 0 END) AS customers"),
    knex.raw('SUM(v.predicted) AS predicted'),
    knex.raw('COUNT(v.predicted) AS predictable'),
    knex.raw('SUM(v.total) AS total'),
  );
  const [{ n }] = await knex('clv_person_values').where({ run_id: id }).count({ n: '*' });
  const unit = 10 ** minorDigits(currency);
  const members = Number(sums.members);
  const predictable = Number(sums.predictable);
  const predicted = Number(sums.predicted) / unit;
  const total = Number(sums.total) / unit;
  return {
    members,
    population: Number(n),
    customers: Number(sums.customers ?? 0),
    predicted: predictable > 0 ? { sum: predicted, mean: predicted / predictable, n: predictable } : null,
    total: { sum: total, mean: members > 0 ? total / members : 0 },
    currency,
  };
}
