import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleClient } from '../../../scripts/bundle.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clv-client-'));
  await bundleClient(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['import', () => import(pathToFileURL(path.join(folder, 'client/index.mjs')).href)],
  ['require', async () => createRequire(import.meta.url)(path.join(folder, 'client/index.js'))],
])('on a server, where there is no page, the module by %s does nothing and never throws', async (_, load) => {
  const { createTracker } = await load();
  const clv = createTracker({ endpoint: 'https://cms.example.com/api/clv' });
  clv.page('api::article.article/a1/en');
  clv.download('api::white-paper.white-paper/w1');
  clv.reset();
  await clv.consent('granted');
  await clv.flush();
  expect(clv.visitor()).toBeUndefined();
  expect(await clv.identify('token')).toBeFalsy();
  clv.stop();
});

test('a TypeScript project with strict settings can use the declarations, and is told what is wrong', async () => {
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: [] };
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: false }, files: ['site.ts'] }),
  );
  const compile = async (source: string) => {
    const imports = "import { createTracker, type Tracker } from './client/index';\n";
    await writeFile(path.join(folder, 'site.ts'), imports + source);
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    return stdout;
  };
  expect(
    await compile(`const clv: Tracker = createTracker({ endpoint: '/api/clv', consent: 'assumed' });
      clv.page('api::article.article/a1/en');
      const key: string | undefined = clv.visitor();
      const told: Promise<boolean | undefined> = clv.identify('token');
      window.clv?.page(null);
      export { key, told };`),
  ).toBe('');
  expect(await compile(`createTracker({ endpoint: '/api/clv', consent: 'maybe' });`)).toContain('"maybe"');
});
