import { execFile, spawn } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);

/** Hard links where the file system allows it, so that a whole node_modules costs a second and no space. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

/** What lies in this project's node_modules, without the caches of tools; npm's own list is a copy, since npm rewrites it. */
function linkNodeModules(to: string): void {
  const from = path.join(root, 'node_modules');
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name === '.package-lock.json') copyFileSync(path.join(from, name), path.join(to, name));
    else if (name === '.bin' || !name.startsWith('.')) linkTree(path.join(from, name), path.join(to, name));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface NewApp {
  folder: string;
  /** Runs an installed program in the app's folder; rejects with its output when it fails. */
  run(program: string, args: string[]): Promise<{ stdout: string; stderr: string }>;
  /** `strapi start`; gives its address once it answers. */
  start(): Promise<string>;
  /** Asks the server to stop and waits; gives its exit code. */
  stop(): Promise<number | null>;
  remove(): void;
}

const BOOT_SECONDS = 60;

/**
 * A Strapi app of these files in a folder of its own, with the packages of `dependencies` as npm installs them and
 * the packed plugin from `tarball` on top.
 */
export async function newApp(
  files: Record<string, string>,
  dependencies: Record<string, string>,
  tarball: string,
): Promise<NewApp> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-app-'));
  const manifest = { name: 'new-app', version: '0.1.0', private: true, dependencies };
  for (const [name, content] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  copyFileSync(path.join(root, 'playground/favicon.png'), path.join(folder, 'favicon.png'));
  linkNodeModules(path.join(folder, 'node_modules'));

  const { CLV_PLUGIN_PATH, CLV_CONFIG, DATABASE_FILENAME, PUBLIC_DIR, ...inherited } = process.env;
  const env = { ...inherited, NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' };
  const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
  const run: NewApp['run'] = (program, args) =>
    execute(path.join(folder, 'node_modules/.bin', program), args, options);

  await execute('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], {
    ...options,
    env: { ...env, NODE_ENV: 'development' },
  });

  let server: ReturnType<typeof spawn> | undefined;
  let exited: Promise<number | null> | undefined;
  return {
    folder,
    run,
    async start() {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      let output = '';
      const bin = path.join(folder, 'node_modules/.bin/strapi');
      const child = spawn(bin, ['start'], { cwd: folder, env: { ...env, PORT: String(port) } });
      server = child;
      exited = new Promise((resolve) => child.on('exit', resolve));
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      child.stderr.on('data', (chunk) => {
        output += chunk;
      });
      const deadline = Date.now() + BOOT_SECONDS * 1000;
      while (Date.now() < deadline && child.exitCode === null) {
        const health = await fetch(`${url}/_health`).catch(() => null);
        if (health?.status === 204) return url;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      child.kill('SIGKILL');
      throw new Error(`the new app did not start:\n${output}`);
    },
    async stop() {
      server?.kill('SIGTERM');
      return (await exited) ?? null;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
