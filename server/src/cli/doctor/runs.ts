import type { Knex } from 'knex';
import { listJobs } from '../../jobs/ledger';
import { type Finding, noted, ok, problem } from './finding';

/** How the last ranking and the last import ended. */
export async function examineRuns(knex: Knex): Promise<Finding[]> {
  const [run] = await listJobs(knex, ['rank'], 1);
  const [load] = await listJobs(knex, ['import'], 1);
  const findings: Finding[] = [];
  if (!run) {
    findings.push(
      noted('last run', 'none yet', 'choose "Recompute now" on the Rankings page, or wait for the night'),
    );
  } else if (run.status === 'failed') {
    const todo = 'put that right, then choose "Recompute now" on the Rankings page';
    findings.push(problem('last run', `failed ${timeOf(run.finishedAt)}: ${run.error}`, todo));
  } else {
    findings.push(ok('last run', `${run.status} ${timeOf(run.finishedAt ?? run.startedAt)}`));
  }
  if (load?.status === 'failed') {
    const todo = 'put that right and import the file again; what was stored stays and is not counted twice';
    findings.push(problem('last import', `failed ${timeOf(load.finishedAt)}: ${load.error}`, todo));
  } else if (load) {
    findings.push(ok('last import', `${load.status} ${timeOf(load.finishedAt ?? load.startedAt)}`));
  }
  return findings;
}

const timeOf = (time: number | null) => (time === null ? '' : new Date(time).toISOString());
