// Builds the plugin into dist/ when its sources are newer than what lies there.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { root, runOrFail } from './run.mjs';

const SOURCES = [
  'server/src',
  'admin/src',
  'client/src',
  'scripts/bundle.mjs',
  'package.json',
  'tsconfig.json',
];
/** What the last step of the build writes. */
const LAST = 'dist/client/index.js';

async function modified(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** When the youngest of some files and folders was changed, in epoch milliseconds. */
export async function newest(places) {
  let latest = 0;
  for (const place of places) {
    const full = path.resolve(root, place);
    const isFolder = (await stat(full)).isDirectory();
    const files = isFolder ? await readdir(full, { recursive: true }) : [''];
    for (const file of files) latest = Math.max(latest, await modified(path.join(full, file)));
  }
  return latest;
}

/** Runs `npm run build` when it is needed. */
export async function ensureBuilt() {
  if ((await modified(path.join(root, LAST))) > (await newest(SOURCES))) return;
  console.log('Building the plugin …');
  await runOrFail('npm', ['run', '--silent', 'build'], { quiet: true });
}
