import type { Strapi } from '../room';
import type { ContentsService } from './contents/service';
import { findFile } from './download/find-file';
import { handOver } from './download/hand-over';
import { mayRead } from './download/may-read';
import { factsOf } from './filters';
import type { Context } from './http';
import type { TrackingService } from './service';

const ID = /^[A-Za-z0-9]{1,64}$/;
const NAME = /^[A-Za-z0-9:._-]{1,130}$/;

/** A query parameter that is one plain name; `null` when it is something else. */
function nameIn(value: unknown): string | undefined | null {
  if (value === undefined) return undefined;
  return typeof value === 'string' && NAME.test(value) ? value : null;
}

export function trackingController({ strapi }: { strapi: Strapi }) {
  const tracking = (): TrackingService => strapi.plugin('clv').service('tracking');
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');

  return {
    /** `GET /clv/tracking/status`, for administrators. */
    async status(ctx: Context): Promise<void> {
      ctx.body = await tracking().status();
    },

    /**
     * `GET /api/clv/download/:documentId?type=&locale=`: hands the file over to whoever may read the entry, and notes the
     * download if a visitor asked.
     */
    async download(ctx: Context): Promise<unknown> {
      const { documentId } = ctx.params;
      const type = nameIn(ctx.query.type);
      const locale = nameIn(ctx.query.locale);
      if (type === null || locale === null) return ctx.badRequest('"type" and "locale" are single names.');
      const types = contents().types().values();
      const found = ID.test(documentId) ? await findFile(strapi, types, { documentId, type, locale }) : null;
      if (!found) return ctx.notFound('There is no such file.');
      if (!(await mayRead(strapi, ctx, found.uid)))
        return ctx.forbidden(
          `This file is not for everyone. Give the role (Public, for readers without a login) or the API token the permission ${found.uid}.findOne.`,
        );

      const begun = await handOver(strapi, ctx, found.file);
      const visitor = begun && tracking().visitorOf(ctx.req.headers);
      if (visitor)
        tracking().push({
          visitor,
          content: found.content,
          kind: 'download',
          source: 'download',
          at: Date.now(),
          request: factsOf(ctx.req.headers),
        });
    },
  };
}
