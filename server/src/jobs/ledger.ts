import type { Knex } from 'knex';
import { insertRows } from '../storage/insert-rows';
import type { Job, JobStatus } from './api-types';

/** Who runs a job, and until when the others may believe it. */
export interface Lease {
  owner: string;
  until: number;
}

export interface NewJob {
  id: string;
  kind: Job['kind'];
  params: unknown;
  startedBy: string;
  subject: string | null;
  activeKey: string | null;
  lease: Lease;
  at: number;
}

export interface Outcome {
  status: Extract<JobStatus, 'done' | 'failed' | 'cancelled'>;
  result?: unknown;
  error?: string;
}

/** How far a running job is; `result` undefined leaves what is there. */
export interface Beat {
  progress: number;
  stage: string | null;
  result: unknown;
}

const ACTIVE: JobStatus[] = ['queued', 'running'];
const COLUMNS = [
  { name: 'id', type: 'text' as const },
  { name: 'kind', type: 'text' as const },
  { name: 'active_key', type: 'text' as const },
  { name: 'status', type: 'text' as const },
  { name: 'params', type: 'text' as const },
  { name: 'lease_owner', type: 'text' as const },
  { name: 'lease_until', type: 'bigint' as const },
  { name: 'started_by', type: 'text' as const },
  { name: 'created_at', type: 'bigint' as const },
  { name: 'started_at', type: 'bigint' as const },
  { name: 'subject', type: 'text' as const },
];

const timeOrNull = (value: unknown) => (value === null ? null : Number(value));

// biome-ignore lint/suspicious/noExplicitAny: a row of the ledger as the database driver gives it
function toJob(row: any): Job {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    status: row.status,
    progress: Math.round(Number(row.progress) * 1e4) / 1e4,
    stage: row.stage,
    startedBy: row.started_by,
    createdAt: Number(row.created_at),
    startedAt: timeOrNull(row.started_at),
    finishedAt: timeOrNull(row.finished_at),
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error,
  };
}

/**
 * Writes a running job into the ledger.
 *
 * @returns false when a job with the same active key is there already: the unique column decides, whatever the node
 */
export async function openJob(knex: Knex, job: NewJob): Promise<boolean> {
  const row = [
    job.id,
    job.kind,
    job.activeKey,
    'running',
    JSON.stringify(job.params ?? null),
    job.lease.owner,
    job.lease.until,
    job.startedBy,
    job.at,
    job.at,
    job.subject,
  ];
  return (await insertRows(knex, 'clv_jobs', COLUMNS, [row])) > 0;
}

/** The job that holds an active key now. */
export async function holderOf(knex: Knex, activeKey: string): Promise<string | null> {
  const row = await knex('clv_jobs').where({ active_key: activeKey }).first('id');
  return row?.id ?? null;
}

/**
 * Says that the job is alive and how far it is, and asks what others want of it.
 *
 * @returns `lost` when the lease is no longer ours (others took the node for dead), `cancel` when somebody asked for the end
 */
export async function renewLease(
  knex: Knex,
  id: string,
  lease: Lease,
  { progress, stage, result }: Beat,
): Promise<'ours' | 'lost' | 'cancel'> {
  const renewed = await knex('clv_jobs')
    .where({ id, lease_owner: lease.owner, status: 'running' })
    .update({
      lease_until: lease.until,
      progress,
      stage,
      ...(result === undefined ? {} : { result: JSON.stringify(result) }),
    });
  if (renewed === 0) return 'lost';
  const row = await knex('clv_jobs').where({ id }).first('cancel_requested');
  return Number(row?.cancel_requested ?? 0) ? 'cancel' : 'ours';
}

/** Ends a job that is still the owner's; does nothing when it is not. */
export async function closeJob(
  knex: Knex,
  id: string,
  owner: string,
  { status, result, error }: Outcome,
  at: number,
): Promise<boolean> {
  const closed = await knex('clv_jobs')
    .where({ id, lease_owner: owner, status: 'running' })
    .update({
      status,
      active_key: null,
      lease_until: null,
      finished_at: at,
      result: result === undefined ? null : JSON.stringify(result),
      error: error ?? null,
      ...(status === 'done' ? { progress: 1 } : {}),
    });
  return closed > 0;
}

/** Marks jobs whose node went silent as failed, which frees their active keys; whoever looks at the ledger does that. */
export async function failExpired(knex: Knex, at: number): Promise<void> {
  const expired = await knex('clv_jobs')
    .whereIn('status', ACTIVE)
    .where('lease_until', '<', at)
    .select('id', 'lease_until');
  for (const { id, lease_until } of expired) {
    await knex('clv_jobs').where({ id, lease_until }).whereIn('status', ACTIVE).update({
      status: 'failed',
      active_key: null,
      lease_until: null,
      finished_at: at,
      error: 'the node that ran it stopped',
    });
  }
}

/** Asks whichever node runs the job to end it. @returns false when it is over already */
export async function requestCancel(knex: Knex, id: string): Promise<boolean> {
  return (
    (await knex('clv_jobs').where({ id }).whereIn('status', ACTIVE).update({ cancel_requested: true })) > 0
  );
}

export async function readJob(knex: Knex, id: string): Promise<Job | null> {
  const row = await knex('clv_jobs').where({ id }).first();
  return row ? toJob(row) : null;
}

/** The latest jobs first; of all subjects when none is named. */
export async function listJobs(
  knex: Knex,
  kinds: Job['kind'][],
  limit: number,
  subject?: string,
): Promise<Job[]> {
  const rows = await knex('clv_jobs')
    .whereIn('kind', kinds)
    .where(subject === undefined ? {} : { subject })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return rows.map(toJob);
}
