// Bundles what `strapi-plugin build` does not: the worker thread, the command line, the browser tracker.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { pruneTypes } from './prune-types.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  logLevel: 'warning',
};
/** CommonJS has no `import.meta.url`; this gives it one. */
const metaUrl = {
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** The worker thread that runs jobs; it lies beside the server's entry. */
export const bundleWorker = (outDir) =>
  build({
    ...node,
    ...metaUrl,
    entryPoints: [path.join(root, 'server/src/jobs/worker.ts')],
    outfile: path.join(outDir, 'server/worker.js'),
  });

export const bundleCli = (outDir) =>
  build({
    ...node,
    ...metaUrl,
    entryPoints: [path.join(root, 'server/src/cli/index.ts')],
    outfile: path.join(outDir, 'cli/index.js'),
  });

/** The script that pages load. Every byte counts: it goes to each visitor of a site. */
export const bundleTracker = (outDir) =>
  build({
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2021',
    legalComments: 'none',
    logLevel: 'warning',
    // Without the compiler's settings, no "use strict" in front.
    tsconfigRaw: {},
    entryPoints: [path.join(root, 'client/src/script.ts')],
    outfile: path.join(outDir, 'client/tracker.js'),
  });

/** Writes the declarations of the module for TypeScript. */
function emitTypes(entryPoint, outDir) {
  const program = ts.createProgram([entryPoint], {
    declaration: true,
    emitDeclarationOnly: true,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    outDir,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => '\n',
      }),
    );
}

/** A module for whoever installs the package, as ES module and as CommonJS, with its declarations. */
async function bundleModule(entryPoint, outDir) {
  emitTypes(entryPoint, outDir);
  for (const [format, file] of [
    ['esm', 'index.mjs'],
    ['cjs', 'index.js'],
  ]) {
    await build({
      bundle: true,
      format,
      target: 'es2021',
      logLevel: 'warning',
      entryPoints: [entryPoint],
      outfile: path.join(outDir, file),
    });
  }
}

/** The same tracker as a module, for sites with a bundler. */
export const bundleClient = (outDir) =>
  bundleModule(path.join(root, 'client/src/index.ts'), path.join(outDir, 'client'));

/** The models of customer value; the declarations keep the folders of the sources. */
export const bundleModels = (outDir) =>
  bundleModule(path.join(root, 'server/src/clv/models/index.ts'), path.join(outDir, 'models'));

/** A plugin folder with everything but the admin, straight from the sources: what the tests load. */
export async function bundleForTests(outDir) {
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    build({
      ...node,
      ...metaUrl,
      entryPoints: [path.join(root, 'server/src/index.ts')],
      outfile: path.join(outDir, 'dist/server/index.js'),
    }),
    bundleWorker(path.join(outDir, 'dist')),
    bundleCli(path.join(outDir, 'dist')),
    bundleTracker(path.join(outDir, 'dist')),
  ]);
  await writeFile(
    path.join(outDir, 'strapi-server.js'),
    "module.exports = require('./dist/server').default ?? require('./dist/server');\n",
  );
  const { strapi } = JSON.parse(
    await (await import('node:fs/promises')).readFile(path.join(root, 'package.json'), 'utf8'),
  );
  await writeFile(
    path.join(outDir, 'package.json'),
    `${JSON.stringify({ name: 'strapi-plugin-clv', version: '0.0.0', strapi })}\n`,
  );
  return outDir;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const dist = path.join(root, 'dist');
  await Promise.all([bundleWorker(dist), bundleCli(dist), bundleTracker(dist), bundleModels(dist)]);
  await Promise.all(['server', 'admin'].map((part) => pruneTypes(dist, part)));
  // Last, so that a build that was cut short is known by its absence.
  await bundleClient(dist);
}
