import type { Knex } from 'knex';
import { tierNames } from '../../clv/kpis/tiers';
import { latestRun } from '../../clv/runs/latest';
import type { ClvConfig } from '../../config';
import { runningExperiments } from '../experiments/store/experiments';
import { surfaceOfTrigger } from '../experiments/trigger-experiments';
import { HOLDOUT } from '../models/experiments/arms';
import type { Endpoint, Trigger, TriggerList } from './api-types';
import { endpointDestination } from './evaluate/destinations';
import { allEndpoints, type StoredEndpoint } from './store/endpoints';
import { skippedOf } from './store/skipped';
import { allTriggers, type StoredTrigger } from './store/triggers';

const RECENT_MS = 30 * 86_400_000;

/** Triggers as screens show them. */
export async function describeTriggers(
  knex: Knex,
  triggers: readonly StoredTrigger[],
  now: number,
): Promise<Trigger[]> {
  const ids = triggers.map(({ id }) => id);
  const since = now - RECENT_MS;
  const made = await knex('clv_messages')
    .whereIn('trigger_id', ids)
    .where('created_at', '>=', since)
    .groupBy('trigger_id', 'arm')
    .select('trigger_id', 'arm')
    .count('* as n');
  const open = await knex('clv_messages as m')
    .join('clv_deliveries as d', 'd.message_id', 'm.id')
    .whereIn('m.trigger_id', ids)
    .where('m.created_at', '>=', since)
    .whereIn('d.state', ['waiting', 'dead'])
    .groupBy('m.trigger_id', 'd.state')
    .select('m.trigger_id', 'd.state')
    .countDistinct('m.id as n');
  const last = await knex('clv_messages')
    .whereIn('trigger_id', ids)
    .groupBy('trigger_id')
    .select('trigger_id')
    .max('created_at as at');
  const experiments = new Map((await runningExperiments(knex)).map((running) => [running.surface, running]));
  const skipped = await skippedOf(knex, ids);
  const lastAt = new Map(last.map((row) => [row.trigger_id, Number(row.at)]));
  const sum = (rows: Record<string, unknown>[], which: (row: Record<string, unknown>) => boolean) =>
    rows.filter(which).reduce((total, row) => total + Number(row.n), 0);

  return triggers.map((trigger) => {
    const experiment = experiments.get(surfaceOfTrigger(trigger.id));
    const own = (row: Record<string, unknown>) => row.trigger_id === trigger.id;
    return {
      ...trigger,
      holdout: experiment?.design.holdout ?? 0,
      experimentId: experiment?.id ?? null,
      recent: {
        treated: sum(made, (row) => own(row) && row.arm !== HOLDOUT),
        holdout: sum(made, (row) => own(row) && row.arm === HOLDOUT),
        waiting: sum(open, (row) => own(row) && row.state === 'waiting'),
        dead: sum(open, (row) => own(row) && row.state === 'dead'),
      },
      skipped: skipped.get(trigger.id)!,
      lastAt: lastAt.get(trigger.id) ?? null,
    };
  });
}

/** Endpoints as screens show them, without their secrets. */
export async function describeEndpoints(
  knex: Knex,
  endpoints: readonly StoredEndpoint[],
  now: number,
): Promise<Endpoint[]> {
  const destinations = endpoints.map(({ id }) => endpointDestination(id));
  const counts = await knex('clv_deliveries')
    .whereIn('destination', destinations)
    .whereIn('state', ['waiting', 'dead'])
    .groupBy('destination', 'state')
    .select('destination', 'state')
    .count('* as n');
  const described: Endpoint[] = [];
  for (const { id, name, url, enabled, breaker, createdAt, updatedAt } of endpoints) {
    const destination = endpointDestination(id);
    const count = (state: string) =>
      Number(counts.find((row) => row.destination === destination && row.state === state)?.n ?? 0);
    const failed = await knex('clv_deliveries')
      .where({ destination })
      .whereIn('state', ['waiting', 'dead'])
      .whereNotNull('reason')
      .orderBy('updated_at', 'desc')
      .first('reason');
    const rests = breaker.until !== null && breaker.until > now;
    described.push({
      id,
      name,
      url,
      enabled,
      waiting: count('waiting'),
      dead: count('dead'),
      restsUntil: rests ? breaker.until : null,
      lastError: failed?.reason ?? null,
      createdAt,
      updatedAt,
    });
  }
  return described;
}

/** All that the page of triggers offers. */
export async function triggerList(
  knex: Knex,
  config: ClvConfig,
  connections: TriggerList['connections'],
  now: number,
): Promise<TriggerList> {
  const segments = await knex('clv_segments').orderBy('name').select('id', 'name');
  return {
    triggers: await describeTriggers(knex, await allTriggers(knex), now),
    endpoints: await describeEndpoints(knex, await allEndpoints(knex), now),
    connections,
    segments: segments.map(({ id, name }) => ({ id, name })),
    tiers: tierNames(config.tiers),
    valued: (await latestRun(knex)) !== null,
  };
}
