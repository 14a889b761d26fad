// Checks what would be published: run after `npm run build`. One line for each check; exit 1 when one fails.
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { adminIsSmallAtFirstView } from './check-admin-size.mjs';
import { root } from './lib/run.mjs';

const dist = path.join(root, 'dist');
const TRACKER_LIMIT = 2_200;
const TARBALL_LIMIT = 1_700_000;

const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

async function filesIn(folder, pattern) {
  const names = await readdir(path.join(dist, folder), { recursive: true });
  return names.filter((name) => pattern.test(name)).map((name) => path.join(dist, folder, name));
}

/** The package of an import: `@strapi/strapi` of `@strapi/strapi/admin`. */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Everything that the built files import is there where the plugin is installed. */
async function declaredDependencies() {
  const known = new Set([
    ...builtinModules,
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
  ]);
  const entryPoints = await filesIn('', /\.m?js$/);
  const { metafile } = await build({
    entryPoints: entryPoints.map((file, i) => ({ in: file, out: `${i}` })),
    outdir: path.join(dist, 'unused'),
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    logLevel: 'error',
  });
  const imported = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const missing = imported
    .filter(({ external }) => external)
    .map(({ path: specifier }) => packageOf(specifier))
    .filter((name) => !name.startsWith('node:') && !known.has(name));
  if (missing.length > 0)
    throw new Error(`not declared in package.json: ${[...new Set(missing)].join(', ')}`);
  return `${entryPoints.length} built files import only what package.json declares`;
}

/** An ES module has no `require`, `module`, `__dirname` or `__filename`; esbuild tells them from words in texts. */
async function noCommonJsInModules() {
  const define = Object.fromEntries(
    ['require', 'module', '__dirname', '__filename'].map((name) => [name, `commonJs_${name}`]),
  );
  const files = await filesIn('', /\.mjs$/);
  for (const file of files) {
    const { code } = await transform(await readFile(file, 'utf8'), { define });
    const found = code.match(/(?<=commonJs_)\w+/);
    if (found) throw new Error(`${path.relative(root, file)} uses ${found[0]}`);
  }
  return `${files.length} ES modules use nothing of CommonJS`;
}

async function trackerIsSmall() {
  const size = gzipSync(await readFile(path.join(dist, 'client/tracker.js')), { level: 9 }).length;
  if (size > TRACKER_LIMIT)
    throw new Error(`the tracker is ${size} bytes gzipped; the limit is ${TRACKER_LIMIT}`);
  return `the tracker is ${size} bytes gzipped (limit ${TRACKER_LIMIT})`;
}

/** The tarball holds what runs, its types and the guides; no sources, tests or demonstration. */
async function tarballHoldsWhatRuns() {
  const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files, size, unpackedSize }] = JSON.parse(answer);
  const names = files.map((file) => file.path);
  const allowed =
    /^(dist\/|docs\/[a-z-]+\.md$|bin\/clv\.js$|strapi-(admin|server)\.js$|package\.json$|[A-Z]+(\.md)?$)/;
  const strange = names.filter(
    (name) => !allowed.test(name) || (/\.tsx?$/.test(name) && !/\.d\.ts$/.test(name)),
  );
  if (strange.length > 0) throw new Error(`the tarball should not hold ${strange.join(', ')}`);
  const wanted = [
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'dist/server/worker.js',
    'dist/cli/index.js',
    'dist/client/tracker.js',
    'dist/models/index.js',
    'dist/models/index.mjs',
    'dist/models/clv/models/index.d.ts',
  ];
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`the tarball lacks ${missing.join(', ')}`);
  if (size > TARBALL_LIMIT) throw new Error(`the tarball is ${size} bytes; the limit is ${TARBALL_LIMIT}`);
  return `the tarball is ${(size / 1000).toFixed(0)} kB (${(unpackedSize / 1000).toFixed(0)} kB unpacked), ${names.length} files`;
}

let failed = 0;
for (const check of [
  declaredDependencies,
  noCommonJsInModules,
  trackerIsSmall,
  adminIsSmallAtFirstView,
  tarballHoldsWhatRuns,
]) {
  try {
    console.log(`✓ ${await check()}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ ${check.name}: ${error.message}`);
  }
}
process.exit(failed > 0 ? 1 : 0);
