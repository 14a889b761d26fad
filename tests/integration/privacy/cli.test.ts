import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { onSqlite, type Place, visitor } from '../identity/world';

// Each call boots a Strapi.
vi.setConfig({ testTimeout: 180_000 });

const PLAYGROUND = path.resolve(import.meta.dirname, '../../../playground');

let place: Place;
let databaseFile: string;
beforeAll(async () => {
  place = await onSqlite();
  databaseFile = path.join(place.app.folder, 'test.db');
  for (const customerId of ['cli-a', 'cli-b']) {
    await place.identity.identify({ customerId, visitorKey: visitor(customerId), source: 'test' });
  }
});
afterAll(() => place.stop());

/** Runs `clv …` in the playground's folder, as a process of its own. */
function clv(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = path.join(process.env.CLV_PLUGIN_PATH!, 'dist/cli/index.js');
  return new Promise((resolve) => {
    const options = { cwd: PLAYGROUND, env: { ...process.env, DATABASE_FILENAME: databaseFile } };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('clv export prints one JSON document about one person', async () => {
  const { code, stdout } = await clv('export', '--customer', 'cli-a');
  expect(code).toBe(0);
  const { sections } = JSON.parse(stdout);
  expect(sections.identifiers).toMatchObject([{ namespace: 'customer', value: 'cli-a' }]);
  expect(sections.browsers).toMatchObject([{ visitor_key: visitor('cli-a') }]);
});

test('clv erase removes that person and nobody else, and says what went', async () => {
  const { code, stdout } = await clv('erase', '--customer', 'cli-a', '--yes', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout).erased).toMatchObject({ persons: 1, identifiers: 1, browsers: 1 });
  expect(await place.knex('clv_identities').pluck('value')).toEqual(['cli-b']);
});

test('clv erase of somebody unknown is no success', async () => {
  const { code, stdout, stderr } = await clv('erase', '--customer', 'cli-typo', '--yes');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('nothing is stored about them');
});

test('clv erase asks before it erases', async () => {
  const { code, stderr } = await clv('erase', '--customer', 'cli-b');
  expect(code).toBe(2);
  expect(stderr).toContain('add --yes');
  expect(await place.knex('clv_identities').pluck('value')).toEqual(['cli-b']);
});

test('wrong usage is told apart, and nothing is done', async () => {
  for (const args of [[], ['--customer', 'a', '--email', 'a@example.com'], ['--visitor', 'short']]) {
    for (const command of ['export', 'erase']) {
      const { code, stdout, stderr } = await clv(command, ...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/exactly one of|is not a visitor key/);
    }
  }
});
