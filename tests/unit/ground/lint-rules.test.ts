import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'clv-lint-'));

beforeAll(() => {
  for (const name of ['biome.json', '.gitignore'])
    copyFileSync(path.join(root, name), path.join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the project's linter says about a file of this name and content. */
function lint(file: string, content: string): string {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const answer = spawnSync(process.execPath, [biome, 'lint', '--colors=off', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  const output = answer.stdout + answer.stderr;
  expect(output).toContain('Checked 1 file');
  return answer.status === 0 ? 'ok' : output;
}

const modules = ['@strapi/utils', 'node:fs', 'knex', 'axios', '../../storage/db', '../../jobs/service'];

test.each(modules)('a file of pure numerics may not import %s', (module) => {
  expect(lint('server/src/stats/x.ts', `export * from '${module}';`)).toContain('This room is pure');
});

test.each([
  'server/src/stats/deep/x.ts',
  'server/src/clv/models/x.ts',
  'server/src/clv/kpis/x.ts',
  'server/src/ranking/models/x.ts',
])('the rule holds in %s', (file) => {
  expect(lint(file, "export * from 'node:fs';")).toContain('This room is pure');
});

test('a pure room may import its own files, and other rooms may import what they need', () => {
  expect(lint('server/src/stats/x.ts', "export * from './ranks';")).toBe('ok');
  expect(lint('server/src/crm/x.ts', "export * from 'node:fs';")).toBe('ok');
});

test.each(['@strapi/utils', 'node:http', 'knex', 'axios', '../../../storage/db', '../../../room'])(
  'a connector may not import %s',
  (module) => {
    expect(lint('server/src/crm/connectors/x/x.ts', `export * from '${module}';`)).toContain(
      'A connector knows its CRM',
    );
  },
);

test('a connector may sign, and knows the contract', () => {
  expect(lint('server/src/crm/connectors/x/x.ts', "export * from 'node:crypto';")).toBe('ok');
  expect(lint('server/src/crm/connectors/x/x.ts', "export * from '../../connector';")).toBe('ok');
});

test('the admin may import shared types of the server, but no code', () => {
  const refused = lint('admin/src/x.ts', "export * from '../../server/src/storage/db';");
  expect(refused).toContain('The admin imports only types from the server');
  expect(lint('admin/src/x.ts', "export type { Job } from '../../server/src/jobs/api-types';")).toBe('ok');
});
