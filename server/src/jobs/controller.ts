import { z } from 'zod';
import { checked } from '../checked';
import { may, type Permission } from '../permissions';
import type { Strapi } from '../room';
import type { Context } from '../tracking/http';
import type { Job, JobList } from './api-types';
import type { JobsService } from './service';

/** Who may see and who may cancel jobs of a kind. */
const RIGHTS: Record<Job['kind'], { see: Permission; cancel: Permission }> = {
  rank: { see: 'rankings.read', cancel: 'rankings.run' },
  import: { see: 'data.import', cancel: 'data.import' },
  value: { see: 'value.read', cancel: 'value.run' },
  study: { see: 'rankings.read', cancel: 'rankings.run' },
  sync: { see: 'crm.read', cancel: 'crm.manage' },
  experiments: { see: 'activation.read', cancel: 'experiments.manage' },
};
const KINDS = Object.keys(RIGHTS) as Job['kind'][];

export const jobsQuery = z.object({
  kind: z.enum(KINDS).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export function jobsController({ strapi }: { strapi: Strapi }) {
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');

  /** The job of the route, or null after the answer was given. */
  async function jobOf(ctx: Context): Promise<Job | null> {
    const job = await jobs().get(ctx.params.id);
    if (!job) ctx.notFound(`There is no job ${ctx.params.id}.`);
    else if (!may(ctx, RIGHTS[job.kind].see)) ctx.forbidden();
    else return job;
    return null;
  }

  return {
    /** The kinds that the administrator may see; 403 for one who may see none. */
    async list(ctx: Context): Promise<void> {
      const visible = KINDS.filter((kind) => may(ctx, RIGHTS[kind].see));
      if (visible.length === 0) return ctx.forbidden();
      const query = checked(jobsQuery, ctx, ctx.query);
      if (!query) return;
      const { kind, limit } = query;
      const kinds = kind ? visible.filter((name) => name === kind) : visible;
      const body: JobList = { jobs: await jobs().list(kinds, limit) };
      ctx.body = body;
    },

    async get(ctx: Context): Promise<void> {
      const job = await jobOf(ctx);
      if (job) ctx.body = job;
    },

    /** Answers with the job as it stands; it ends within two seconds, on whatever node it runs. */
    async cancel(ctx: Context): Promise<void> {
      const job = await jobOf(ctx);
      if (!job) return;
      if (!may(ctx, RIGHTS[job.kind].cancel)) return ctx.forbidden();
      await jobs().cancel(job.id);
      ctx.status = 202;
      ctx.body = await jobs().get(job.id);
    },
  };
}
