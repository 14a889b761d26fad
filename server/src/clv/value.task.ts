import { deserialize, serialize } from 'node:v8';
import type { Knex } from 'knex';
import type { ClvConfig } from '../config';
import type { Task } from '../jobs/task';
import type { Value } from '../storage/insert-rows';
import type { ModelReport, ValueRun } from './api-types';
import { type Contents, loadContents } from './engine/contents';
import type { Engine } from './engine/engine';
import { tierOfPerson, type Valued, valuer } from './engine/value-people';
import { consistently } from './fit/consistently';
import { fitEngine } from './fit/fit-engine';
import { PERSONS_AT_ONCE } from './fit/read-world';
import { tierLimits } from './kpis/tiers';
import { readFacts } from './people/facts';
import { personRanges } from './queries/person-range';
import { latestRunId } from './runs/latest';
import { packed } from './runs/person-rows';

/** Settings of one run. */
export interface ValueTaskData extends Pick<ClvConfig, 'prediction' | 'tiers' | 'targets'> {
  runId: string;
  now: number;
  currency: string;
  rates: Record<string, number>;
  timezone: string;
}

/** One message to the main thread. */
export type ValueMessage =
  | { kind: 'persons'; rows: Value[][] }
  | { kind: 'section'; name: string; body: unknown };

/** What the thread knows of the run in the end. */
export interface ValueTaskResult {
  run: Omit<ValueRun, 'id' | 'jobId' | 'createdAt' | 'simulated'>;
  /** JSON. */
  engine: string;
}

/** Persons written by one statement of the main thread: on SQLite it is busy for as long as that takes. */
const PERSONS_A_MESSAGE = 100;

/** The values of everyone, packed outside of the heap until the tiers are known. */
class Everyone {
  readonly #chunks: Buffer[] = [];
  readonly #values: { total: number[]; historical: number[]; predicted: number[] } = {
    total: [],
    historical: [],
    predicted: [],
  };
  customers = 0;
  prospects = 0;

  add(people: Valued[]): void {
    for (let from = 0; from < people.length; from += PERSONS_A_MESSAGE) {
      this.#chunks.push(serialize(people.slice(from, from + PERSONS_A_MESSAGE)));
    }
    for (const { kind, total, historical, predicted } of people) {
      if (kind === 'customer') this.customers += 1;
      else this.prospects += 1;
      this.#values.total.push(total);
      this.#values.historical.push(historical);
      if (predicted !== null) this.#values.predicted.push(predicted);
    }
  }

  valuesOf(what: Engine['tiers']['of']): Float64Array {
    return Float64Array.from(this.#values[what]);
  }

  get count(): number {
    return this.customers + this.prospects;
  }

  *batches(): Generator<Valued[]> {
    for (const chunk of this.#chunks) yield deserialize(chunk);
  }
}

/** Values everyone by the engine, chunk by chunk. */
async function valueEveryone(
  knex: Knex,
  engine: Engine,
  contents: Contents,
  report: (done: number) => void,
): Promise<Everyone> {
  const value = valuer(engine, contents, engine.at);
  const everyone = new Everyone();
  for await (const range of personRanges(knex, PERSONS_AT_ONCE)) {
    everyone.add(value(await readFacts(knex, range, engine.at)));
    report(everyone.count);
  }
  return everyone;
}

/** The tiers of the run before, of these persons. */
async function tiersBefore(
  knex: Knex,
  runId: string | null,
  people: Valued[],
): Promise<Map<string, string | null>> {
  if (!runId) return new Map();
  const ids = people.map(({ personId }) => personId);
  const rows = await knex('clv_person_values')
    .where({ run_id: runId })
    .whereIn('person_id', ids)
    .select('person_id', 'tier');
  return new Map(rows.map((row) => [row.person_id, row.tier]));
}

/**
 * Fits all models, values everyone and computes what screens show; sends rows and sections to the main thread.
 */
export const valueTask: Task = async ({ knex, data, progress, send }) => {
  const settings = data as ValueTaskData;
  const post = (message: ValueMessage) => send(message);
  await consistently(knex);
  const contents = await loadContents(knex);
  const { engine, report, facts } = await fitEngine(knex, settings, contents, progress);
  await post({ kind: 'section', name: 'model', body: report satisfies ModelReport });

  const persons = Number((await knex('clv_persons').count({ n: '*' }).first())?.n ?? 0);
  const everyone = await valueEveryone(knex, engine, contents, (done) =>
    progress(0.55 + 0.2 * Math.min(1, done / Math.max(1, persons)), 'valuing'),
  );
  engine.tiers.limits = tierLimits(everyone.valuesOf(engine.tiers.of), engine.tiers).limits;

  const before = await latestRunId(knex);
  let sent = 0;
  for (const batch of everyone.batches()) {
    const previous = await tiersBefore(knex, before, batch);
    const rows = batch.map((person) =>
      packed({
        ...person,
        tier: tierOfPerson(person, engine),
        previousTier: previous.get(person.personId) ?? null,
      }),
    );
    await post({ kind: 'persons', rows });
    sent += batch.length;
    progress(0.8 + 0.2 * (sent / Math.max(1, everyone.count)), 'saving');
  }

  const { prediction, currency, timezone } = settings;
  const result: ValueTaskResult = {
    run: {
      currency,
      timezone,
      customers: everyone.customers,
      prospects: everyone.prospects,
      ...facts,
      unit: prediction.unit,
      horizonDays: prediction.horizonDays,
      discountRate: prediction.discountRate,
      model: engine.buying && ('model' in engine.buying ? engine.buying.model : engine.buying.rule),
      content: {
        customers: engine.content.customers?.model.used ?? false,
        prospects: engine.content.prospects?.model.buys.used ?? false,
      },
    },
    engine: JSON.stringify(engine),
  };
  return result;
};
