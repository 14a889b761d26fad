import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';

const APP = path.resolve(import.meta.dirname, '../../playground');
// Strapi's ES modules import folders of lodash, which Node refuses; its CommonJS build is whole.
const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');

export interface Options {
  /** Environment of the app: DATABASE_* for another database, CLV_* for the plugin's settings in the playground. */
  env?: Record<string, string>;
  /** Settings of the plugin, each replacing the playground's whole section of that name. */
  config?: Record<string, unknown>;
  appDir?: string;
  /** Serve the admin panel too, as it was last built into the app's `build` folder. */
  admin?: boolean;
}

export interface TestStrapi {
  strapi: Core.Strapi;
  /** Where it listens, such as http://127.0.0.1:41234 */
  url: string;
  /** A folder of its own that goes when it stops. */
  folder: string;
  stop(): Promise<void>;
}

/** Boots the playground as a real Strapi with an own SQLite file (or the database in `env`) on a free port. */
export async function startStrapi({
  env = {},
  config,
  appDir = APP,
  admin = false,
}: Options = {}): Promise<TestStrapi> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-'));
  Object.assign(
    process.env,
    {
      STRAPI_TELEMETRY_DISABLED: 'true',
      NODE_ENV: 'test',
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: path.join(folder, 'test.db'),
      GRAPHQL: 'false',
      CLV_CONFIG: JSON.stringify(config ?? {}),
    },
    env,
  );
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: admin });
  app.log.level = process.env.CLV_TEST_LOG ?? 'error';
  await app.load();
  app.server.mount();
  await new Promise<void>((resolve) => app.server.httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = app.server.httpServer.address() as AddressInfo;
  return {
    strapi: app,
    url: `http://127.0.0.1:${port}`,
    folder,
    async stop() {
      await app.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
