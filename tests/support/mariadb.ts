import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

const SERVER = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/local/sbin/mariadbd'].find((file) =>
  existsSync(file),
);

/** Why tests on MariaDB cannot run here, or null when they can. */
export const noMariaDb = SERVER ? null : 'no MariaDB server on this machine (Debian: mariadb-server)';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A MariaDB of its own with one empty database; `env` goes to `startStrapi`. */
export async function startMariaDb(): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-maria-'));
  const port = await freePort();
  const socketPath = path.join(folder, 'socket');
  const common = ['--no-defaults', `--datadir=${folder}/data`, `--user=${userInfo().username}`];
  await promisify(execFile)('mariadb-install-db', [
    ...common,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const server = spawn(
    SERVER!,
    [
      ...common,
      `--port=${port}`,
      `--socket=${socketPath}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=64M',
    ],
    {
      stdio: 'ignore',
    },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));

  const connect = async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await createConnection({ socketPath, user: 'root' });
      } catch (error) {
        if (attempt === 100) throw error;
        await sleep(100);
      }
    }
  };
  const root = await connect();
  await root.query('CREATE DATABASE clv CHARACTER SET utf8mb4');
  await root.query("CREATE USER clv@'127.0.0.1' IDENTIFIED BY 'clv'");
  await root.query("GRANT ALL ON clv.* TO clv@'127.0.0.1'");
  await root.end();

  return {
    env: {
      DATABASE_CLIENT: 'mysql',
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(port),
      DATABASE_NAME: 'clv',
      DATABASE_USERNAME: 'clv',
      DATABASE_PASSWORD: 'clv',
    },
    async stop() {
      server.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
