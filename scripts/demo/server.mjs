// Boots the playground in this process.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { root } from '../lib/run.mjs';

const playground = path.join(root, 'playground');
const TRIES = 20;

function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** The wanted port, or the next one that nobody listens on. */
async function freePort(wanted, host) {
  for (let port = wanted; port < wanted + TRIES; port += 1) if (await isFree(port, host)) return port;
  throw new Error(`The ports ${wanted} to ${wanted + TRIES - 1} are all taken; set PORT to a free one.`);
}

/** Removes the database and the uploaded files of the demonstration. */
export async function forgetEverything() {
  if ((process.env.DATABASE_CLIENT ?? 'sqlite') !== 'sqlite') {
    throw new Error('--fresh empties only the SQLite database; empty the other one by its own tools.');
  }
  const database = process.env.DATABASE_FILENAME ?? path.join(playground, 'data/playground.db');
  for (const suffix of ['', '-wal', '-shm']) await rm(database + suffix, { force: true });
  const uploads = path.join(playground, 'public/uploads');
  for (const name of await readdir(uploads)) {
    if (name !== '.gitkeep') await rm(path.join(uploads, name), { recursive: true });
  }
}

/**
 * Starts Strapi with its admin on PORT, or 1337, or the next free one.
 *
 * @returns the Strapi instance and the address it listens on
 */
export async function boot() {
  const host = process.env.HOST ?? '127.0.0.1';
  const wanted = Number(process.env.PORT ?? 1337);
  const port = await freePort(wanted, host);
  if (port !== wanted) {
    console.log(
      `Port ${wanted} is taken; taking ${port}. If the demonstration runs there already, stop one of the two: they share a database.`,
    );
  }
  Object.assign(process.env, {
    NODE_ENV: 'production',
    STRAPI_TELEMETRY_DISABLED: 'true',
    HOST: host,
    PORT: String(port),
  });
  await mkdir(path.join(playground, 'data'), { recursive: true });
  // Strapi finds the app's packages from the folder it is started in.
  process.chdir(playground);
  const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
  const strapi = createStrapi({ appDir: playground, distDir: playground });
  strapi.log.level = process.env.CLV_LOG ?? 'warn';
  await strapi.start();
  return { strapi, url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}` };
}
