import type { IncomingHttpHeaders } from 'node:http';
import type { Strapi } from '../room';

/**
 * Makes a function that looks at requests and warns once when they seem to come through a proxy that Strapi is not told
 * about: then all readers have the proxy's address, and share the limits of one.
 */
export function proxyHint(strapi: Strapi): (headers: IncomingHttpHeaders) => void {
  let silent = Boolean(strapi.config.get('server.proxy.koa'));
  return (headers) => {
    if (silent || headers['x-forwarded-for'] === undefined) return;
    silent = true;
    strapi.log.warn(
      '[clv] a request came through a proxy (it has an X-Forwarded-For header), but Strapi takes the address of the proxy for that of the reader, so all readers share the limits of one address. If the proxy is yours, set in config/server: proxy: { koa: true, maxIpsCount: 1 }, where maxIpsCount is the number of your proxies.',
    );
  };
}
