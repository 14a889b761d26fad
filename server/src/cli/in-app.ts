import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Strapi } from '../room';

type StrapiModule = typeof import('@strapi/strapi');

/** There is no Strapi app in the current folder. */
export class NoApp extends Error {
  override name = 'NoApp';
  constructor(folder: string) {
    super(`There is no Strapi app in ${folder}; run this in your app's folder.`);
  }
}

/** The Strapi of the app in a folder, whatever its version. */
function strapiOf(folder: string): StrapiModule {
  const requireFromApp = createRequire(path.join(folder, 'package.json'));
  try {
    requireFromApp.resolve('@strapi/strapi');
  } catch {
    throw new NoApp(folder);
  }
  if (!existsSync(path.join(folder, 'config'))) throw new NoApp(folder);
  return requireFromApp('@strapi/strapi');
}

/**
 * Boots the Strapi app of the current folder without listening, works with it, and shuts it down. What the app prints
 * goes to stderr meanwhile, so that stdout holds the command's own output and nothing else.
 *
 * @throws NoApp; what the boot or `work` throws
 */
export async function withApp<T>(work: (strapi: Strapi) => Promise<T>): Promise<T> {
  const { compileStrapi, createStrapi } = strapiOf(process.cwd());
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    const strapi = createStrapi({ ...(await compileStrapi()), serveAdminPanel: false });
    strapi.log.level = 'warn';
    await strapi.load();
    try {
      return await work(strapi);
    } finally {
      await strapi.destroy();
    }
  } finally {
    process.stdout.write = write;
  }
}

/** A service of the plugin in a booted app. @throws when the app does not have the plugin enabled */
export function serviceOf<T>(strapi: Strapi, name: string): T {
  const plugin = strapi.plugins.clv;
  if (!plugin) {
    throw new Error('The plugin is not enabled in this app; add clv: { enabled: true } to config/plugins.');
  }
  return plugin.service(name) as T;
}
