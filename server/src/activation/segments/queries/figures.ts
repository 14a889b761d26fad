import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { ValueRun } from '../../../clv/api-types';
import { minorDigits } from '../../../clv/convert';
import { EVERYONE, type PersonRange, personRanges } from '../../../clv/queries/person-range';
import { latestRun, latestRunId } from '../../../clv/runs/latest';
import { dialectOf } from '../../../storage/db';
import type { SegmentFigures } from '../api-types';

/** SQLite answers in the app's own thread, which is free for others between two statements: so many persons each. */
export const AT_ONCE = 2_000;

const piecesOf = (knex: Knex, atOnce: number) =>
  atOnce === Number.POSITIVE_INFINITY ? [EVERYONE] : personRanges(knex, atOnce);

/** Rows of `clv_person_values`, called `v`: those of a run that are wanted, of the persons who are asked about. */
export type RowsOf = (run: ValueRun, among: PersonRange) => Knex.QueryBuilder;

/** Counts, and sums in minor units. */
interface Sums {
  members: number;
  customers: number;
  predicted: number;
  predictable: number;
  total: number;
}

/**
 * What persons are worth together by the latest run; null before the first one, and when nobody waits for it any more.
 *
 * @param isWanted is asked between two statements, so before the only one where everyone is counted at once
 * @param atOnce how many persons a statement is about: on SQLite some, else everyone, unless told
 */
export async function latestFigures(
  knex: Knex,
  rowsOf: RowsOf,
  {
    isWanted,
    atOnce = dialectOf(knex) === 'sqlite' ? AT_ONCE : Number.POSITIVE_INFINITY,
  }: { isWanted?: () => boolean; atOnce?: number } = {},
): Promise<SegmentFigures | null> {
  for (;;) {
    const run = await latestRun(knex);
    if (!run) return null;
    const sums: Sums = { members: 0, customers: 0, predicted: 0, predictable: 0, total: 0 };
    for await (const among of piecesOf(knex, atOnce)) {
      if (isWanted?.() === false) return null;
      const [row] = await rowsOf(run, among).select(
        knex.raw('COUNT(*) AS members'),
        knex.raw("SUM(CASE WHEN v.kind = 'customer' THEN 1 ELSE 0 END) AS customers"),
        knex.raw('SUM(v.predicted) AS predicted'),
        knex.raw('COUNT(v.predicted) AS predictable'),
        knex.raw('SUM(v.total) AS total'),
      );
      for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += Number(row[name]);
      await breathe();
    }
    const [{ n }] = await knex('clv_person_values').where({ run_id: run.id }).count({ n: '*' });
    // The rows of the run before go when another one is published.
    if ((await latestRunId(knex)) === run.id) return toFigures(sums, Number(n), run.currency);
  }
}

function toFigures(
  { members, customers, predictable, ...minor }: Sums,
  population: number,
  currency: string,
): SegmentFigures {
  const unit = 10 ** minorDigits(currency);
  const predicted = minor.predicted / unit;
  const total = minor.total / unit;
  return {
    members,
    population,
    customers,
    predicted: predictable > 0 ? { sum: predicted, mean: predicted / predictable, n: predictable } : null,
    total: { sum: total, mean: members > 0 ? total / members : 0 },
    currency,
  };
}
