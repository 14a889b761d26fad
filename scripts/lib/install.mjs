// Installs the dependencies when they are missing or not those of the lock file.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root, runOrFail } from './run.mjs';

const OLDEST_NODE = 20;

async function packagesIn(lockFile) {
  try {
    return JSON.parse(await readFile(path.join(root, lockFile), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

/** True when every package of the lock file that is not optional lies in node_modules in the same version. */
async function isInstalled() {
  const [wanted, present] = await Promise.all(
    ['package-lock.json', 'node_modules/.package-lock.json'].map(packagesIn),
  );
  return Object.entries(wanted).every(
    ([folder, { version, optional, devOptional }]) =>
      folder === '' || optional || devOptional || present[folder]?.version === version,
  );
}

/** Runs `npm ci` when it is needed; otherwise costs a few milliseconds. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new Error(
      `Node ${OLDEST_NODE} or newer is needed; this is ${process.version}. See https://nodejs.org.`,
    );
  }
  if (await isInstalled()) return;
  console.log('Installing the dependencies (once; a few minutes) …');
  await runOrFail('npm', ['ci', '--no-audit', '--no-fund'], { minutes: 20 });
}
