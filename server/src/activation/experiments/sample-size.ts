import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { paidOrders } from '../../clv/people/paid-orders';
import { latestRunId } from '../../clv/runs/latest';
import { adjustedMeans } from '../models/experiments/adjust';
import { covariatesOf } from '../models/experiments/covariates';
import { sampleSize } from '../models/experiments/sample-size';
import { Refused } from '../refused';
import type { SampleSize, SampleSizeInput } from './api-types';
import { RECOMMENDATIONS } from './plan';
import { type Worth, worthOf } from './report/worths';
import { DAY_MS } from './store/experiments';

/** Value is looked at over so many days, as if an experiment had begun then. */
const WINDOW_DAYS = 28;
/** Persons who are looked at; of more, every second, third, … */
const MOST = 5_000;
const LEAST = 30;
/** Persons whose orders are read by one statement of the main thread. */
const AT_ONCE = 250;

/** Persons who were seen in the window, or everyone when hardly anybody was; at most `MOST`, evenly over all. */
async function personsOf(knex: Knex, segmentId: string | null, since: number): Promise<string[]> {
  const runId = await latestRunId(knex);
  if (runId === null) return [];
  const everyone = knex('clv_person_values as v').where('v.run_id', runId);
  if (segmentId !== null) {
    const members = knex('clv_segment_members').where({ segment_id: segmentId }).select('person_id');
    everyone.whereIn('v.person_id', members);
  }
  const seen = everyone.clone().where('v.last_touch_at', '>=', since);
  const countOf = async (query: Knex.QueryBuilder) =>
    Number((await query.clone().count({ n: '*' }).first())?.n ?? 0);
  const seenCount = await countOf(seen);
  const [chosen, n] = seenCount >= LEAST ? [seen, seenCount] : [everyone, await countOf(everyone)];
  const stride = Math.ceil(n / MOST);
  const numbered = chosen
    .clone()
    .select('v.person_id', knex.raw('ROW_NUMBER() OVER (ORDER BY v.person_id) AS place'))
    .as('n');
  return knex
    .from(numbered)
    .whereRaw(`n.place % ${Math.max(1, stride)} = 0`)
    .pluck('n.person_id');
}

/** What these persons brought since, and what was known of them before: as units that met an experiment then. */
async function basisOf(knex: Knex, persons: readonly string[], since: number, worth: Worth) {
  const n = persons.length;
  const worthIn = worthOf(worth);
  const place = new Map(persons.map((personId, i) => [personId, i]));
  const value = new Float64Array(n);
  const before = new Float64Array(n);
  const ordersBefore = new Float64Array(n);
  const sinceLast = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  for (let from = 0; from < n; from += AT_ONCE) {
    for (const order of await paidOrders(knex, { persons: persons.slice(from, from + AT_ONCE) })) {
      const i = place.get(order.personId)!;
      if (order.at >= since) value[i]! += worthIn(order);
      else if (order.at >= since - 365 * DAY_MS) {
        before[i]! += worthIn(order);
        ordersBefore[i]! += 1;
        sinceLast[i] = Math.min(sinceLast[i]!, (since - order.at) / DAY_MS);
      }
    }
    await breathe();
  }
  const daysIn = new Float64Array(n).fill(WINDOW_DAYS);
  const units = { arm: new Uint8Array(n), arms: 1, value };
  const plain = adjustedMeans({ ...units, covariates: [] }).arms[0]!;
  const covariates = covariatesOf({ before, ordersBefore, sinceLast, daysIn });
  const adjusted = adjustedMeans({ ...units, covariates }).arms[0]!;
  const saved = plain.squaredError > 0 ? 1 - adjusted.squaredError / plain.squaredError : 0;
  return {
    mean: plain.mean,
    deviation: Math.sqrt(plain.squaredError * n),
    n,
    currency: worth.currency,
    varianceSaved: Math.max(0, saved),
  };
}

/** How many meet the experiment on recommendations a day, over the latest four weeks in which one ran; null for nobody. */
async function metADay(knex: Knex, now: number): Promise<number | null> {
  const window = now - WINDOW_DAYS * DAY_MS;
  const row = await knex('clv_assignments as a')
    .join('clv_experiments as e', 'e.id', 'a.experiment_id')
    .where('e.surface', RECOMMENDATIONS)
    .where('a.assigned_at', '>=', window)
    .count({ n: '*' })
    .min({ first: 'a.assigned_at' })
    .first();
  const met = Number(row?.n ?? 0);
  if (met === 0) return null;
  return met / Math.max(1, (now - Number(row?.first)) / DAY_MS);
}

/**
 * How many units it takes to find an effect, by what persons brought in the last four weeks and how much of that their past
 * tells.
 *
 * @throws Refused 409 while too little is known
 */
export async function planSampleSize(knex: Knex, input: SampleSizeInput, worth: Worth): Promise<SampleSize> {
  const now = Date.now();
  const since = now - WINDOW_DAYS * DAY_MS;
  const persons = await personsOf(knex, input.segmentId, since);
  if (persons.length < LEAST) {
    throw new Refused(
      409,
      `Not enough data: ${persons.length} of ${LEAST} persons are known by the value engine. Import orders and fit the models first.`,
    );
  }
  const basis = await basisOf(knex, persons, since, worth);
  if (!(basis.mean > 0 && basis.deviation > 0)) {
    throw new Refused(409, 'Not enough data: nobody ordered anything in the last 28 days.');
  }
  const perDay = await metADay(knex, now);
  const units = sampleSize({
    ...input,
    ...basis,
    difference: input.effect * basis.mean,
    growth: 1 + input.effect,
    // Nobody met anything yet: as if they all would in the window.
    perDay: perDay ?? persons.length / WINDOW_DAYS,
  });
  return {
    units,
    inHoldout: Math.round(units * input.holdout),
    days: perDay === null ? null : Math.ceil(units / perDay),
    basis,
  };
}
