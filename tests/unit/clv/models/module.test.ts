import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleModels } from '../../../../scripts/bundle.mjs';

/* A project that has installed the package and nothing else: no Strapi to be found. */

const root = path.resolve(import.meta.dirname, '../../../..');
let project: string;

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'clv-models-'));
  const installed = path.join(project, 'node_modules/strapi-plugin-clv');
  mkdirSync(installed, { recursive: true });
  copyFileSync(path.join(root, 'package.json'), path.join(installed, 'package.json'));
  await bundleModels(path.join(installed, 'dist'));
});
afterAll(() => rm(project, { recursive: true }));

/** Writes a file and runs a program on it. */
function run(file: string, source: string, ...command: string[]): string {
  writeFileSync(path.join(project, file), source);
  const { stdout, stderr } = spawnSync(process.execPath, [...command, file], {
    cwd: project,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** The example that the README gives. */
function example(): string {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const [, section] = readme.split('## The models, on their own\n');
  return /```js\n([\s\S]*?)```/.exec(section!)![1]!;
}

test('the example of the README prints what it says', () => {
  const said = [...example().matchAll(/\/\/ → (.*)/g)].map(([, line]) => line);
  expect(said.length).toBeGreaterThan(2);
  expect(run('example.mjs', example()).trim().split('\n')).toEqual(said);
});

test('it loads by require as well, with the same names', () => {
  const names = (load: string) => `${load} console.log(Object.keys(models).sort().join());`;
  const required = run('names.cjs', names("const models = require('strapi-plugin-clv/models');"));
  const imported = run('names.mjs', names("import * as models from 'strapi-plugin-clv/models';"));
  expect(required).toBe(imported);
  for (const name of ['bgNbd', 'mbgNbd', 'paretoNbd', 'gammaGamma', 'shiftedBetaGeometric', 'bgBb', 'rfm']) {
    expect(required.trim().split(',')).toContain(name);
  }
});

test('a strict TypeScript project can use the declarations, and is told what is wrong', () => {
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: [] };
  writeFileSync(
    path.join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...compilerOptions, skipLibCheck: false },
      files: ['shop.ts', 'wrong.ts'],
    }),
  );
  const asking = (
    p: string,
  ) => `import { type Fit, paretoNbd, type ParetoName } from 'strapi-plugin-clv/models';
    export const fit: Fit<ParetoName> | null = null;
    export const alive: number = paretoNbd.pAlive(${p}, { frequency: 2, recency: 30, age: 39 });`;
  writeFileSync(path.join(project, 'shop.ts'), asking('{ r: 0.5, alpha: 10, s: 0.6, beta: 12 }'));
  writeFileSync(path.join(project, 'wrong.ts'), asking('{ r: 0.5, alpha: 10, s: 0.6 }'));
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  expect(stdout).toMatch(/wrong\.ts\(3,\d+\): error TS2345/);
  expect(stdout).toContain("'beta' is missing");
  expect(stdout).not.toContain('shop.ts');
  expect(stdout).not.toContain('node_modules');
}, 120_000);
