import { z } from 'zod';
import { configOf } from '../../config';
import { JobRunning } from '../../jobs/errors';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { ExperimentError } from './experiment-error';
import { detailOf, listAll, withAbout } from './pages';
import {
  createExperiment,
  removeExperiment,
  startExperiment,
  stopExperiment,
  updateExperiment,
} from './plan';
import type { ExperimentsParams } from './run-experiments';
import { planSampleSize } from './sample-size';
import type { ExperimentsService } from './service';
import { experimentBody, sampleSizeBody } from './validate';

function parsed<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ExperimentError(400, z.prettifyError(result.error));
}

/** Answers an ExperimentError in the form that Strapi's admin expects. */
async function answering(ctx: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    if (error.status === 404) ctx.notFound(error.message);
    else if (error.status === 409) ctx.conflict(error.message);
    else ctx.badRequest(error.message);
  }
}

/** The Experiments pages. */
export function experimentsController({ strapi }: { strapi: Strapi }) {
  const service = (): ExperimentsService => strapi.plugin('clv').service('experiments');
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');
  const knex = () => knexOf(strapi);

  async function startJob(ctx: Context, params: ExperimentsParams): Promise<void> {
    const startedBy = `admin:${ctx.state.user.id}`;
    try {
      const { id } = await jobs().start('experiments', params, { startedBy, activeKey: 'experiments' });
      ctx.status = 202;
      ctx.body = { jobId: id };
    } catch (error) {
      if (!(error instanceof JobRunning)) throw error;
      ctx.status = 409;
      ctx.body = { jobId: error.jobId };
    }
  }

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = await listAll(knex());
    },

    findOne: (ctx: Context) =>
      answering(ctx, async () => {
        ctx.body = await detailOf(knex(), ctx.params.id);
      }),

    create: (ctx: Context) =>
      answering(ctx, async () => {
        const input = parsed(experimentBody, ctx.request.body);
        ctx.created(await withAbout(knex(), await createExperiment(knex(), input)));
      }),

    update: (ctx: Context) =>
      answering(ctx, async () => {
        const input = parsed(experimentBody, ctx.request.body);
        ctx.body = await withAbout(knex(), await updateExperiment(knex(), ctx.params.id, input));
      }),

    remove: (ctx: Context) =>
      answering(ctx, async () => {
        await removeExperiment(knex(), ctx.params.id);
        ctx.status = 204;
      }),

    start: (ctx: Context) =>
      answering(ctx, async () => {
        const experiment = await startExperiment(knex(), ctx.params.id);
        await service().refresh();
        ctx.body = await withAbout(knex(), experiment);
      }),

    stop: (ctx: Context) =>
      answering(ctx, async () => {
        const experiment = await stopExperiment(knex(), ctx.params.id);
        await service().refresh();
        ctx.body = await withAbout(knex(), experiment);
      }),

    /** Counts every experiment whose figures may have changed. */
    run: (ctx: Context) => startJob(ctx, {}),

    /** Counts one. */
    compute: (ctx: Context) =>
      answering(ctx, async () => {
        const { experiment } = await detailOf(knex(), ctx.params.id);
        if (experiment.startedAt === null) {
          throw new ExperimentError(
            409,
            'This experiment has not been started, so there is nothing to count.',
          );
        }
        await startJob(ctx, { experimentId: experiment.id });
      }),

    sampleSize: (ctx: Context) =>
      answering(ctx, async () => {
        const input = parsed(sampleSizeBody, ctx.request.body);
        const { value, ranking } = configOf(strapi);
        const worth = { currency: value.currency, rates: value.rates, value: ranking.value };
        ctx.body = await planSampleSize(knex(), input, worth);
      }),
  };
}
