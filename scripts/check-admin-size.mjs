// Measures what the admin loads of the plugin at first view, from dist/admin: run after `npm run build`.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './lib/run.mjs';

const LIMIT = 150_000;
const admin = path.join(root, 'dist/admin');
/** Loaded with the entry: the page that opens, and texts of English (the fallback) and of another language. */
const AT_FIRST_VIEW = /^(App|en|it)-/;

/** What each built file imports, and how. */
async function importsOf() {
  const { metafile } = await build({
    entryPoints: [path.join(admin, 'index.mjs')],
    absWorkingDir: admin,
    outdir: path.join(admin, 'unused'),
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    packages: 'external',
    logLevel: 'error',
  });
  return metafile.inputs;
}

/**
 * The files of the first view with their sizes, gzipped each by itself as they are served.
 *
 * @returns {Promise<{ files: { name: string, size: number }[], size: number }>}
 */
export async function firstView() {
  const inputs = await importsOf();
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const { path: to, kind, external } of inputs[name].imports) {
      if (external) continue;
      if (kind === 'import-statement' || AT_FIRST_VIEW.test(path.basename(to))) visit(to);
    }
  };
  visit('index.mjs');
  const files = await Promise.all(
    [...seen].map(async (name) => ({
      name,
      size: gzipSync(await readFile(path.join(admin, name)), { level: 9 }).length,
    })),
  );
  for (const wanted of ['App', 'en', 'it'])
    if (!files.some(({ name }) => name.startsWith(`${wanted}-`)))
      throw new Error(`dist/admin has no ${wanted}-*.mjs; build it first with: npm run build`);
  return { files, size: files.reduce((sum, file) => sum + file.size, 0) };
}

/** @throws when the first view is larger than its limit */
export async function adminIsSmallAtFirstView() {
  const { files, size } = await firstView();
  const measured = `the admin's first view is ${(size / 1000).toFixed(1)} kB gzipped in ${files.length} files (limit ${LIMIT / 1000} kB)`;
  if (size > LIMIT) throw new Error(`${measured}; load what is not seen at once by import()`);
  return measured;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files } = await firstView();
  for (const { name, size } of files.sort((a, b) => b.size - a.size))
    console.log(`${(size / 1000).toFixed(1).padStart(6)} kB  ${name}`);
  try {
    console.log(await adminIsSmallAtFirstView());
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
