import { deserialize, serialize } from 'node:v8';
import type { Knex } from 'knex';
import type { ClvConfig } from '../config';
import type { Task } from '../jobs/task';
import type { Value } from '../storage/insert-rows';
import type { ValueRun } from './api-types';
import { type Contents, loadContents } from './engine/contents';
import type { Engine } from './engine/engine';
import { tierOfPerson, type Valued, valuer } from './engine/value-people';
import { consistently } from './fit/consistently';
import { fitEngine } from './fit/fit-engine';
import { withTitles } from './fit/model-report';
import { PERSONS_AT_ONCE } from './fit/read-world';
import { subscriptionModel } from './fit/subscription-model';
import { beginReport } from './kpi-report';
import { readFacts } from './people/facts';
import { contentTitles } from './queries/content-titles';
import { personRanges } from './queries/person-range';
import { previousTiers } from './queries/previous-tiers';
import { buildReport } from './report/build';
import type { KpiCollector } from './report/collector';
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
  /** `body` is JSON. */
  | { kind: 'section'; name: SectionName; body: string };

/** What a run keeps: for the Value page, the Model page, and what-if. */
export type SectionName = 'report' | 'model' | 'what-if';

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
  customers = 0;
  prospects = 0;

  add(people: Valued[]): void {
    for (let from = 0; from < people.length; from += PERSONS_A_MESSAGE) {
      this.#chunks.push(serialize(people.slice(from, from + PERSONS_A_MESSAGE)));
    }
    for (const { kind } of people) {
      if (kind === 'customer') this.customers += 1;
      else this.prospects += 1;
    }
  }

  get count(): number {
    return this.customers + this.prospects;
  }

  *batches(): Generator<Valued[]> {
    for (const chunk of this.#chunks) yield deserialize(chunk);
  }
}

/** Values everyone by the engine, chunk by chunk, and counts them for the report. */
async function valueEveryone(
  knex: Knex,
  engine: Engine,
  contents: Contents,
  collector: KpiCollector,
  report: (done: number) => void,
): Promise<Everyone> {
  const value = valuer(engine, contents, engine.at);
  const everyone = new Everyone();
  for await (const range of personRanges(knex, PERSONS_AT_ONCE)) {
    const facts = await readFacts(knex, range, engine.at);
    const people = value(facts);
    people.forEach(({ predicted, pAlive, stage }, i) => {
      collector.add(facts[i]!, { predicted, pAlive, gap: null, stage });
    });
    everyone.add(people);
    report(everyone.count);
  }
  return everyone;
}

/** Fits all models, values everyone and computes what screens show; sends rows and sections to the main thread. */
export const valueTask: Task = async ({ knex, data, progress, send }) => {
  const settings = data as ValueTaskData;
  const { prediction, currency, rates, timezone, now, targets } = settings;
  const post = (message: ValueMessage) => send(message);
  const section = (name: SectionName, body: unknown) =>
    post({ kind: 'section', name, body: JSON.stringify(body) });

  const endOfReading = await consistently(knex);
  const contents = await loadContents(knex);
  const { engine, model, subscription, facts } = await fitEngine(knex, settings, contents, progress);
  const titles = await contentTitles(knex);
  await section('model', withTitles(model, titles));

  const { discountRate, horizonDays } = prediction;
  const { tiers, inactivityDays } = engine;
  const previous = await previousTiers(knex);
  const options = { currency, rates, timezone, now, discountRate, targets, tiers, inactivityDays, previous };
  const collector = await beginReport(knex, options);
  const persons = Number((await knex('clv_persons').count({ n: '*' }).first())?.n ?? 0);
  const everyone = await valueEveryone(knex, engine, contents, collector, (done) =>
    progress(0.55 + 0.2 * Math.min(1, done / Math.max(1, persons)), 'valuing'),
  );
  progress(0.75, 'report');
  await endOfReading();
  const { report, whatIf, limits } = buildReport(collector, titles, horizonDays);
  engine.tiers.limits = limits.limits;
  Object.assign(report.subscriptions, subscriptionModel(subscription, report.subscriptions));
  await section('report', report);
  await section('what-if', whatIf);

  let sent = 0;
  for (const batch of everyone.batches()) {
    const rows = batch.map((person) => {
      const previousTier = previous?.tiers.get(person.personId) ?? null;
      return packed({ ...person, tier: tierOfPerson(person, engine), previousTier });
    });
    await post({ kind: 'persons', rows });
    sent += batch.length;
    progress(0.8 + 0.2 * (sent / everyone.count), 'saving');
  }

  const { buying, content } = engine;
  const result: ValueTaskResult = {
    run: {
      currency,
      timezone,
      customers: everyone.customers,
      prospects: everyone.prospects,
      ...facts,
      unit: prediction.unit,
      horizonDays,
      discountRate,
      model: buying && ('model' in buying ? buying.model : buying.rule),
      content: {
        customers: content.customers?.model.used ?? false,
        prospects: content.prospects?.model.buys.used ?? false,
      },
    },
    engine: JSON.stringify(engine),
  };
  return result;
};
