import type { Strapi } from '../../room';

/** Where a connection's webhook is, below the plugin's public routes. */
export const webhookPath = (connectionId: string): string => `/crm/${connectionId}/webhook`;

/**
 * The address of a request as its sender knows it, which some sign. Behind a proxy only `url` in config/server tells;
 * without it what the request says of itself counts, and of proxies what Strapi is told to trust (`proxy.koa`).
 */
export function publicAddressOf(strapi: Strapi, request: { originalUrl: string; href: string }): string {
  const configured: unknown = strapi.config.get('server.url');
  if (typeof configured !== 'string' || !/^https?:\/\//i.test(configured)) return request.href;
  return configured.replace(/\/+$/, '') + request.originalUrl;
}
