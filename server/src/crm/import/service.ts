import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { configOf } from '../../config';
import type { Job } from '../../jobs/api-types';
import type { JobContext } from '../../jobs/run-job';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { ImportKind, ImportPreview, ImportResult } from '../api-types';
import type { CrmService } from '../service';
import { errorsCsv } from './errors-csv';
import { forgetOldErrors } from './job-errors';
import { previewFile } from './preview';
import { runImport } from './run-import';
import { templateCsv } from './template-csv';

/** A CSV file to import. */
export interface ImportFile {
  kind: ImportKind;
  /** Where it lies on this machine. */
  path: string;
  /** What its owner calls it. */
  file: string;
  /** An upload, deleted when it was read or could not be. */
  temporary: boolean;
}

export type ImportsService = ReturnType<typeof importsService>;

/** Files of orders and customers: looked at, imported as a job, and what was wrong with them. */
export function importsService({ strapi }: { strapi: Strapi }) {
  const crm = (): CrmService => strapi.plugin('clv').service('crm');
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');

  async function run({ job, params, progress, throwIfCancelled }: JobContext<ImportFile>) {
    try {
      await forgetOldErrors(knexOf(strapi), Date.now());
      const { kind, path, file } = params;
      const knex = knexOf(strapi);
      return await runImport({
        kind,
        path,
        file,
        jobId: job.id,
        knex,
        crm: crm(),
        progress,
        throwIfCancelled,
      });
    } finally {
      if (params.temporary) await rm(params.path, { force: true });
    }
  }

  return {
    /** Teaches the ledger what an import is; called once at boot. */
    open(): void {
      jobs().define('import', (context): Promise<ImportResult> => run(context));
    },

    /** What a file would bring, without storing anything. */
    preview: (kind: ImportKind, path: string): Promise<ImportPreview> =>
      previewFile(path, kind, (cells) => crm().problemOf(kind, cells)),

    /**
     * Starts an import and returns at once. A temporary file is deleted in any case.
     *
     * @throws JobRunning while another import runs
     */
    async start(file: ImportFile, startedBy: string): Promise<Job> {
      try {
        return await jobs().start('import', file, { startedBy, activeKey: 'import' });
      } catch (error) {
        if (file.temporary) await rm(file.path, { force: true });
        throw error;
      }
    },

    /** The rejected rows of an import as CSV. */
    errorsCsv: (jobId: string): Readable => Readable.from(errorsCsv(knexOf(strapi), jobId)),

    template: (kind: ImportKind): string => templateCsv(kind, configOf(strapi).value.currency),
  };
}
