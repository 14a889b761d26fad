import type { Strapi } from '../../../room';

/** The address of one of the plugin's public routes, as the world knows it. */
export function addressOf(strapi: Strapi, path: string): string {
  const server: string = strapi.config.get('server.absoluteUrl');
  const prefix: string = strapi.config.get('api.rest.prefix') ?? '/api';
  return `${server.replace(/\/$/, '')}${prefix}/clv${path}`;
}
