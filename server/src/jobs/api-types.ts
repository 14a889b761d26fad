/** Types that the admin shares with the server; types only. */

export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** One run or import as `GET /clv/jobs/:id` and `GET /clv/jobs?kind=` give it. Times are epoch milliseconds. */
export interface Job {
  id: string;
  kind: 'rank' | 'import' | 'value' | 'study' | 'sync' | 'experiments';
  /** What it is about, where there are several of its kind: a connection. */
  subject: string | null;
  status: JobStatus;
  /** 0 to 1 */
  progress: number;
  /** A key of the translations, `stage.<stage>`, such as `population`, `exposures`, `saving`. */
  stage: string | null;
  startedBy: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  /** RankResult, ImportResult, ValueResult, StudyResult or SyncResult, by kind. */
  result: unknown;
  error: string | null;
}

/** `GET /clv/jobs?kind=rank&limit=20` */
export interface JobList {
  jobs: Job[];
}
