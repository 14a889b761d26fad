import type { Knex } from 'knex';
import type { Capabilities } from '../../connector';
import type { ConnectionSummary, StreamName, StreamState } from '../api-types';
import { listStreams, type StreamRow } from '../streams/state';
import type { ConnectionRow } from './rows';

/** The pulls in the order in which they are best begun, then the push. */
const ORDER: StreamName[] = ['customers', 'orders', 'subscriptions', 'push'];

const stateOf = (row: StreamRow, jobId: string | null): StreamState => ({
  stream: row.stream,
  jobId,
  paused: row.paused,
  everyMinutes: row.everyMinutes,
  complete: row.complete,
  done: row.done,
  total: row.total,
  lastStartedAt: row.lastStartedAt,
  lastDoneAt: row.lastDoneAt,
  notBefore: row.notBefore,
  error: row.error,
  errorKind: row.errorKind,
});

export const activeKeyOf = (connectionId: string, stream: StreamName): string =>
  `crm:${connectionId}:${stream}`;

/** By connection. */
async function countOf(rows: Knex.QueryBuilder): Promise<Map<string, number>> {
  const counted: { connection_id: string; n: number | string }[] = await rows
    .groupBy('connection_id')
    .select('connection_id')
    .count({ n: '*' });
  return new Map(counted.map(({ connection_id, n }) => [connection_id, Number(n)]));
}

/** What the list of connections shows. @param titleOf of a kind */
export async function summarise(
  knex: Knex,
  rows: ConnectionRow[],
  titleOf: (kind: string) => string,
): Promise<ConnectionSummary[]> {
  const streams = await listStreams(knex);
  const running = await knex('clv_jobs').where('active_key', 'like', 'crm:%').select('id', 'active_key');
  const jobs = new Map(running.map((job) => [job.active_key, job.id]));
  const problems = await countOf(knex('clv_crm_problems'));
  const dead = await countOf(knex('clv_outbox').where({ state: 'dead' }));
  const waiting = await countOf(knex('clv_outbox').where({ state: 'waiting' }));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: titleOf(row.kind),
    name: row.name,
    idPrefix: row.idPrefix,
    enabled: row.enabled,
    account: row.account,
    budget: row.budget,
    streams: streams
      .filter(({ connectionId }) => connectionId === row.id)
      .map((stream) => stateOf(stream, jobs.get(activeKeyOf(row.id, stream.stream)) ?? null))
      .sort((a, b) => ORDER.indexOf(a.stream) - ORDER.indexOf(b.stream)),
    problems: problems.get(row.id) ?? 0,
    dead: dead.get(row.id) ?? 0,
    waiting: waiting.get(row.id) ?? 0,
    breakerUntil: row.breakerUntil,
  }));
}

/** What is known of a connector that cannot be made at present. */
export function capabilitiesBy(streams: StreamState[]): Capabilities {
  const names = streams.map(({ stream }) => stream);
  return {
    pull: names.filter((name) => name !== 'push'),
    push: names.includes('push'),
    notes: false,
    webhooks: false,
    batch: 0,
    deletions: 'unknown',
  };
}
