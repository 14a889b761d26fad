import { z } from 'zod';
import { may } from '../../../permissions';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import type { Context } from '../../../tracking/http';
import { STREAMS } from '../../connector';
import { answering, parsed } from '../answering';
import type { StreamName } from '../api-types';
import { streamName } from '../connections/input';
import type { ConnectionsService } from '../connections/service';
import { problemPage } from '../pull/problem-page';
import { qualityOf } from '../quality/quality';
import type { SyncService } from '../service';
import { readStream } from './state';

export const runsQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });
export const problemsQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  stream: z.enum(STREAMS).optional(),
});

/** How streams fare, and what somebody wants of them; see `api-types.ts`. */
export function streamsController({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const sync = (): SyncService => strapi.plugin('clv').service('sync');
  const connections = (): ConnectionsService => strapi.plugin('clv').service('connections');

  /** Does what `verb` says with the stream of the route; a job that it starts is the answer. */
  const act =
    (verb: (id: string, stream: StreamName, by: string) => Promise<string | undefined>) => (ctx: Context) =>
      answering(ctx, async () => {
        const { id } = ctx.params;
        const stream = streamName.safeParse(ctx.params.stream);
        if (!stream.success || !(await readStream(knex(), id, stream.data))) {
          return ctx.notFound(`The connection ${id} has no stream ${ctx.params.stream}.`);
        }
        const jobId = await verb(id, stream.data, `admin:${ctx.state.user.id}`);
        ctx.status = 202;
        ctx.body = jobId === undefined ? {} : { jobId };
      });

  return {
    run: act((id, stream, by) => sync().run(id, stream, by)),
    resume: act((id, stream, by) => sync().resume(id, stream, by)),
    restart: act((id, stream, by) => sync().restart(id, stream, by)),
    pause: act(async (id, stream) => {
      await sync().pause(id, stream);
      return undefined;
    }),

    runs: (ctx: Context) =>
      answering(ctx, async () => {
        const { limit } = parsed(runsQuery, ctx.query);
        ctx.body = { runs: await sync().runs(ctx.params.id, limit) };
      }),

    problems: (ctx: Context) =>
      answering(ctx, async () => {
        const query = parsed(problemsQuery, ctx.query);
        const withRows = may(ctx, 'data.import');
        ctx.body = await problemPage(knex(), ctx.params.id, query, withRows);
      }),

    quality: (ctx: Context) =>
      answering(ctx, async () => {
        const connection = await connections().get(ctx.params.id);
        if (!connection) return ctx.notFound(`There is no connection ${ctx.params.id}.`);
        ctx.body = await qualityOf(knex(), connection.id, connection.idPrefix);
      }),
  };
}
