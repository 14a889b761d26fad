import type { Core } from '@strapi/strapi';

/** One route of Strapi's router; `handler` is `<controller>.<action>` of the same room. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  handler: string;
  config?: Record<string, unknown>;
}

export type Strapi = Core.Strapi;

type Lifecycle = (context: { strapi: Strapi }) => void | Promise<void>;
// biome-ignore lint/suspicious/noExplicitAny: Strapi hands factories an untyped container
type Factory = (context: { strapi: Strapi }) => any;

/**
 * A room holds one capability whole: its routes, controllers, services and what it does at boot.
 * `index.ts` puts the rooms together; the order there is the order of boot, and reversed for shutdown.
 */
export interface Room {
  name: string;
  services?: Record<string, Factory>;
  controllers?: Record<string, Factory>;
  routes?: { admin?: Route[]; contentApi?: Route[] };
  register?: Lifecycle;
  bootstrap?: Lifecycle;
  destroy?: Lifecycle;
}
