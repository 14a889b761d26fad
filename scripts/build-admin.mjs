// Builds the playground's admin with this plugin in it, when what it is made of has changed since.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const playground = path.join(root, 'playground');
const stamp = path.join(playground, 'build', '.clv-sources');
const lock = path.join(playground, '.strapi', 'admin-build.lock');

const INGREDIENTS = [
  'admin/src',
  'package.json',
  'package-lock.json',
  'playground/package.json',
  'playground/src/admin',
];

async function filesUnder(file) {
  const entries = await readdir(file, { withFileTypes: true, recursive: true }).catch(() => null);
  if (!entries) return [file];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** One hash over the names and contents of everything the admin is built from. */
async function fingerprint() {
  const files = (await Promise.all(INGREDIENTS.map((name) => filesUnder(path.join(root, name))))).flat();
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(path.relative(root, file)).update(await readFile(file));
  return hash.digest('hex');
}

/** Runs one of the installed commands to its end; rejects with everything it said when it fails. */
function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, command), ...args], {
      cwd,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        STRAPI_TELEMETRY_DISABLED: 'true',
        // Tests point it at a plugin without an admin.
        CLV_PLUGIN_PATH: root,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} failed with exit code ${code}:\n${output}`));
    });
  });
}

/** The process that builds now, or null; one that was killed left its number behind. */
async function builder() {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  try {
    return pid > 0 && process.kill(pid, 0) ? pid : null;
  } catch (error) {
    return error.code === 'EPERM' ? pid : null;
  }
}

/** Runs `work` alone on this machine: two builds at once would mix their files. */
async function alone(work) {
  await mkdir(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (await builder()) await wait(500);
      else await rm(lock, { recursive: true, force: true });
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function build(wanted, log) {
  log('Building the plugin');
  await run('node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js', ['build', '--silent'], root);
  await run('scripts/bundle.mjs', [], root);
  log('Building the admin panel (about half a minute)');
  await run('node_modules/@strapi/strapi/bin/strapi.js', ['build', '--silent'], playground);
  await writeFile(stamp, wanted);
}

/**
 * Makes sure that `playground/build` is the admin of these sources. A first build takes about half a minute and 2 GB
 * of memory; without a change it returns at once.
 * @param {(line: string) => void} [log] told what is going on, a line at a time
 * @returns {Promise<boolean>} whether it had to build
 */
export async function ensureAdminBuild(log = () => {}) {
  const wanted = await fingerprint();
  const isFresh = async () =>
    (await readFile(stamp, 'utf8').catch(() => '')) === wanted &&
    existsSync(path.join(playground, 'build', 'index.html'));
  if (await isFresh()) return false;
  return alone(async () => {
    // Somebody else may have built it meanwhile.
    if (await isFresh()) return false;
    await build(wanted, log);
    return true;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await ensureAdminBuild(console.error);
  if (!built) console.error('The admin panel is up to date');
}
