import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { JobRunning } from '../../jobs/errors';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { answerFile } from '../../tracking/http';
import type { ImportStarted } from '../api-types';
import type { ImportsService } from './service';

// biome-ignore lint/suspicious/noExplicitAny: Strapi's request context
type Context = any;

export const importKind = z.enum(['orders', 'customers', 'costs', 'subscriptions'], {
  error: 'Say what the file holds: ?kind=orders, customers, costs or subscriptions.',
});

interface Upload {
  filepath: string;
  originalFilename: string | null;
}

/** Files that Strapi's body parser stored; it deletes only those of the field `files`, these are ours to delete. */
function uploadsOf(ctx: Context): Upload[] {
  return Object.values(ctx.request.files ?? {}).flat() as Upload[];
}

const remove = (uploads: Upload[]) =>
  Promise.all(uploads.map(({ filepath }) => rm(filepath, { force: true })));

function answerCsv(ctx: Context, name: string, body: string | Readable): void {
  ctx.set('content-type', 'text/csv; charset=utf-8');
  ctx.attachment(name);
  if (typeof body === 'string') ctx.body = body;
  else answerFile(ctx, body);
}

export function importsController({ strapi }: { strapi: Strapi }) {
  const imports = (): ImportsService => strapi.plugin('clv').service('imports');
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');

  /** The kind and the one file of a request; null after the answer was given. */
  async function requested(ctx: Context) {
    const kind = importKind.safeParse(ctx.query.kind);
    const uploads = uploadsOf(ctx);
    const file = ctx.request.files?.file as Upload | Upload[] | undefined;
    if (kind.success && uploads.length === 1 && file && !Array.isArray(file)) {
      return { kind: kind.data, path: file.filepath, name: file.originalFilename ?? 'upload.csv' };
    }
    await remove(uploads);
    const reason = kind.success
      ? 'Send one CSV file as multipart/form-data, in the field "file".'
      : kind.error.issues[0]!.message;
    ctx.badRequest(reason);
    return null;
  }

  return {
    async preview(ctx: Context): Promise<void> {
      const request = await requested(ctx);
      if (!request) return;
      try {
        ctx.body = await imports().preview(request.kind, request.path);
      } catch (error) {
        ctx.badRequest(`The file cannot be read: ${(error as Error).message}.`);
      } finally {
        await rm(request.path, { force: true });
      }
    },

    async start(ctx: Context): Promise<void> {
      const request = await requested(ctx);
      if (!request) return;
      const { kind, path, name } = request;
      try {
        const file = { kind, path, file: name.slice(0, 255), temporary: true };
        const job = await imports().start(file, `admin:${ctx.state.user.id}`);
        ctx.status = 202;
        ctx.body = { jobId: job.id } satisfies ImportStarted;
      } catch (error) {
        if (!(error instanceof JobRunning)) throw error;
        ctx.conflict(
          'Another import is running. Wait until it is done or cancel it, then send the file again.',
        );
      }
    },

    async errors(ctx: Context): Promise<void> {
      const job = await jobs().get(ctx.params.jobId);
      if (job?.kind !== 'import') return ctx.notFound(`There is no import ${ctx.params.jobId}.`);
      answerCsv(ctx, 'errors.csv', imports().errorsCsv(job.id));
    },

    async template(ctx: Context): Promise<void> {
      const kind = importKind.safeParse(ctx.query.kind);
      if (!kind.success) return ctx.badRequest(kind.error.issues[0]!.message);
      answerCsv(ctx, `${kind.data}.csv`, imports().template(kind.data));
    },
  };
}
