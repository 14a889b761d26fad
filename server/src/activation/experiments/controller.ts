import { checked } from '../../checked';
import { configOf } from '../../config';
import { answerStarted } from '../../jobs/answer-started';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { answering, Refused } from '../refused';
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

/** The Experiments pages. */
export function experimentsController({ strapi }: { strapi: Strapi }) {
  const service = (): ExperimentsService => strapi.plugin('clv').service('experiments');
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');
  const knex = () => knexOf(strapi);

  const startJob = (ctx: Context, params: ExperimentsParams): Promise<void> => {
    const startedBy = `admin:${ctx.state.user.id}`;
    return answerStarted(ctx, jobs().start('experiments', params, { startedBy, activeKey: 'experiments' }));
  };

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = await listAll(knex());
    },

    findOne: answering(async (ctx: Context) => {
      ctx.body = await detailOf(knex(), ctx.params.id);
    }),

    create: answering(async (ctx: Context) => {
      const input = checked(experimentBody, ctx, ctx.request.body);
      if (!input) return;
      ctx.created(await withAbout(knex(), await createExperiment(knex(), input)));
    }),

    update: answering(async (ctx: Context) => {
      const input = checked(experimentBody, ctx, ctx.request.body);
      if (!input) return;
      ctx.body = await withAbout(knex(), await updateExperiment(knex(), ctx.params.id, input));
    }),

    remove: answering(async (ctx: Context) => {
      await removeExperiment(knex(), ctx.params.id);
      ctx.status = 204;
    }),

    start: answering(async (ctx: Context) => {
      const experiment = await startExperiment(knex(), ctx.params.id);
      await service().refresh();
      ctx.body = await withAbout(knex(), experiment);
    }),

    stop: answering(async (ctx: Context) => {
      const experiment = await stopExperiment(knex(), ctx.params.id);
      await service().refresh();
      ctx.body = await withAbout(knex(), experiment);
    }),

    /** Counts every experiment whose figures may have changed. */
    run: (ctx: Context) => startJob(ctx, {}),

    /** Counts one. */
    compute: answering(async (ctx: Context) => {
      const { experiment } = await detailOf(knex(), ctx.params.id);
      if (experiment.startedAt === null) {
        throw new Refused(409, 'This experiment has not been started, so there is nothing to count.');
      }
      await startJob(ctx, { experimentId: experiment.id });
    }),

    sampleSize: answering(async (ctx: Context) => {
      const input = checked(sampleSizeBody, ctx, ctx.request.body);
      if (!input) return;
      const { value, ranking } = configOf(strapi);
      const worth = { currency: value.currency, rates: value.rates, value: ranking.value };
      ctx.body = await planSampleSize(knex(), input, worth);
    }),
  };
}
