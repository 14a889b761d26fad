import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PASSWORD, signIn, USERNAME } from './api';
import { setUp } from './set-up';

const SERVER = '/usr/bin/trytond';
const ADMIN = '/usr/bin/trytond-admin';
const UP_WITHIN_MS = 60_000;
const MADE_WITHIN_MS = 180_000;

/** Why tests on Tryton cannot run here, or null when they can. */
export const noTryton = existsSync('/usr/lib/python3/dist-packages/trytond/modules/sale_opportunity')
  ? null
  : 'no Tryton on this machine (Debian: tryton-server tryton-modules-party tryton-modules-sale tryton-modules-sale-opportunity)';

/** A real Tryton on loopback, with as many databases as one likes. */
export interface TrytonServer {
  readonly url: string;
  /** Makes a database with the modules, a company in euros and nobody in it. @returns its name */
  addDatabase(): Promise<string>;
  /** Ends the process as a crash does. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with the same databases. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTryton(): Promise<TrytonServer> {
  const template = await templateDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-tryton-'));
  const server = await serverIn(folder);
  let databases = 0;
  return {
    ...server,
    async addDatabase() {
      databases += 1;
      const name = `crm${databases}`;
      copyFileSync(template, path.join(folder, `${name}.sqlite`));
      return name;
    },
    async stop() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serverIn(folder: string): Promise<Pick<TrytonServer, 'url' | 'kill' | 'revive'>> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = configIn(folder, port);
  let child: ChildProcess;

  const isUp = () =>
    fetch(`${url}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 0, method: 'common.server.version', params: [] }),
    }).then(
      (answer) => answer.ok,
      () => false,
    );

  async function revive(): Promise<void> {
    child = spawn(SERVER, ['-c', config], { stdio: 'ignore', env: { ...process.env, TRYTOND_CONFIG: '' } });
    const until = Date.now() + UP_WITHIN_MS;
    while (!(await isUp())) {
      if (child.exitCode !== null || Date.now() > until) throw new Error('trytond did not start');
      await sleep(100);
    }
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  await revive();
  return { url, kill, revive };
}

/** Sales stay confirmed, and can be drafts again, as long as no worker of the queue takes them further: there is none. */
function configIn(folder: string, port: number): string {
  const file = path.join(folder, 'trytond.conf');
  // Nobody guesses these passwords, and hundreds of logins shall not take a minute.
  const hashing = path.join(folder, 'passlib.conf');
  writeFileSync(hashing, '[passlib]\nschemes = pbkdf2_sha512\npbkdf2_sha512__rounds = 1000\n');
  const lines = [
    '[database]',
    'uri = sqlite://',
    `path = ${folder}`,
    '[web]',
    `listen = 127.0.0.1:${port}`,
    '[queue]',
    'worker = True',
    '[password]',
    `passlib = ${hashing}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Made once for each version of Tryton and of what we set up: it takes a quarter of a minute. */
async function templateDatabase(): Promise<string> {
  const { stdout: version } = await promisify(execFile)(SERVER, ['--version'], { timeout: UP_WITHIN_MS });
  const key = createHash('sha256')
    .update(version)
    .update(readFileSync(path.join(import.meta.dirname, 'set-up.ts')))
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 12);
  const cache = path.resolve(import.meta.dirname, '../../../../.cache/tryton');
  const template = path.join(cache, `${key}.sqlite`);
  if (existsSync(template)) return template;

  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'making-'));
  try {
    const database = path.join(folder, 'crm.sqlite');
    writeFileSync(database, '');
    const passwordFile = path.join(folder, 'password');
    writeFileSync(passwordFile, PASSWORD);
    await promisify(execFile)(
      ADMIN,
      [
        ...['-c', configIn(folder, 0), '-d', 'crm', '--all', '--activate-dependencies'],
        ...['-u', 'sale_opportunity', 'party', 'sale', '--email', 'admin@example.com'],
      ],
      { env: { ...process.env, TRYTONPASSFILE: passwordFile }, timeout: MADE_WITHIN_MS },
    );
    const server = await serverIn(folder);
    try {
      await setUp(await signIn(server.url, 'crm', USERNAME, PASSWORD));
    } finally {
      await server.kill();
    }
    renameSync(database, template);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return template;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
