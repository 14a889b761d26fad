import type { Route, Strapi } from '../room';
import type { Context } from '../tracking/http';
import { type Api, documentOf } from './document';

type Router = { routes: Route[] };

/** Serves the documents; each is made when it is first asked for. */
export function openapiController({ strapi }: { strapi: Strapi }) {
  const made = new Map<Api, unknown>();

  function serve(ctx: Context, api: Api): void {
    if (!made.has(api)) {
      const routers = strapi.plugin('clv').routes as unknown as Record<string, Router>;
      const { routes } = routers[api === 'admin' ? 'admin' : 'content-api']!;
      made.set(api, documentOf(api, routes, strapi.config.get('api.rest.prefix', '/api')));
    }
    ctx.body = made.get(api);
  }

  return {
    /** `GET /api/clv/openapi.json` */
    content: (ctx: Context) => serve(ctx, 'content'),
    /** `GET /clv/openapi.json`, for administrators. */
    admin: (ctx: Context) => serve(ctx, 'admin'),
  };
}
