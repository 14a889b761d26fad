import type { JobContext } from '../../jobs/run-job';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { insertRows } from '../../storage/insert-rows';
import { taskData } from '../task-data';
import type { ItemStudy, StudyParams, StudyResult } from './api-types';
import type { StudyTaskData } from './study.task';

const COLUMNS = [
  { name: 'content_id', type: 'integer' as const },
  { name: 'landmark', type: 'text' as const },
  { name: 'job_id', type: 'text' as const },
  { name: 'body', type: 'text' as const },
  { name: 'created_at', type: 'bigint' as const },
];

/** The job `study`: looks closely at one item in a thread, and keeps what it found in the place of what was found before. */
export async function runStudy(
  strapi: Strapi,
  { job, params, progress, runInWorker, throwIfCancelled }: JobContext<StudyParams>,
): Promise<StudyResult> {
  const startedAt = Date.now();
  const { contentId, landmark } = params;
  const data: StudyTaskData = { contentId, landmark, settings: taskData(strapi, startedAt) };
  const study = (await runInWorker('study', data)) as ItemStudy;
  throwIfCancelled();
  progress(0.95, 'saving');
  await insertRows(
    knexOf(strapi),
    'clv_item_studies',
    COLUMNS,
    [[contentId, landmark, job.id, JSON.stringify(study), Date.now()]],
    { key: ['content_id', 'landmark'], update: ['job_id', 'body', 'created_at'] },
  );
  return { contentId, landmark, seconds: (Date.now() - startedAt) / 1000 };
}
