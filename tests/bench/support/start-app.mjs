// Starts the playground, with two more routes to compare with, as a child process in production mode.
import { fork } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const cache = path.join(root, '.cache');
const CORE = `require('@strapi/strapi').factories`;

/** What a Strapi developer does today, and a route that does nothing, both without any permission check. */
const EXTRAS = {
  'page-view/content-types/page-view/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'page_views',
    info: { singularName: 'page-view', pluralName: 'page-views', displayName: 'Page view' },
    options: { draftAndPublish: false },
    attributes: {
      visitor: { type: 'string' },
      content: { type: 'string' },
      kind: { type: 'string' },
      channel: { type: 'string' },
      seenAt: { type: 'datetime' },
    },
  }),
  'page-view/controllers/page-view.js': `module.exports = ${CORE}.createCoreController('api::page-view.page-view');`,
  'page-view/services/page-view.js': `module.exports = ${CORE}.createCoreService('api::page-view.page-view');`,
  'page-view/routes/page-view.js': `module.exports = ${CORE}.createCoreRouter('api::page-view.page-view', { config: { create: { auth: false } } });`,
  'nothing/controllers/nothing.js': `module.exports = { index(ctx) { ctx.body = { ok: true }; } };`,
  'nothing/routes/nothing.js': `module.exports = { routes: [{ method: 'POST', path: '/nothing', handler: 'nothing.index', config: { auth: false } }] };`,
};

/** Bundles the plugin from its sources; returns the folder. */
export async function bundlePlugin() {
  const { bundleForTests } = await import('../../../scripts/bundle.mjs');
  await mkdir(cache, { recursive: true });
  return bundleForTests(await mkdtemp(path.join(cache, 'plugin-')));
}

/** Makes an app's folder inside of the repository, so that its code finds the packages. */
export async function makeApp() {
  await mkdir(cache, { recursive: true });
  const appDir = await mkdtemp(path.join(cache, 'app-'));
  for (const name of ['config', 'src', 'favicon.png', 'package.json'])
    await cp(path.join(root, 'playground', name), path.join(appDir, name), { recursive: true });
  for (const folder of ['public/uploads', 'database/migrations'])
    await mkdir(path.join(appDir, folder), { recursive: true });
  for (const [name, text] of Object.entries(EXTRAS)) {
    const file = path.join(appDir, 'src/api', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return {
    appDir,
    env: { DATABASE_FILENAME: path.join(appDir, 'data.db') },
    remove: () => rm(appDir, { recursive: true }),
  };
}

/** Boots the app in `appDir`; `ask` calls it, `kill` ends it as a power failure would. */
export async function startApp({ appDir, pluginPath, env = {}, config = {}, quiet = false }) {
  const child = fork(path.join(import.meta.dirname, 'app.mjs'), [appDir], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      STRAPI_TELEMETRY_DISABLED: 'true',
      GRAPHQL: 'false',
      CLV_PLUGIN_PATH: pluginPath,
      CLV_CONFIG: JSON.stringify(config),
      ...env,
    },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ready = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the app ended with code ${code}`)));
  });
  let questions = 0;

  return {
    ...ready,
    keys: ready.documentIds.map((documentId) => `api::article.article/${documentId}/en`),
    pid: child.pid,
    ended,
    ask(action) {
      const id = ++questions;
      return new Promise((resolve, reject) => {
        const settle = () => child.off('message', listen).off('exit', fail);
        const listen = (message) => {
          if (message.id !== id) return;
          settle();
          resolve(message.answer);
        };
        const fail = () => {
          settle();
          reject(new Error('the app ended'));
        };
        child.on('message', listen).once('exit', fail);
        child.send({ id, action });
      });
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
