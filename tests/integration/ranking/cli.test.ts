import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Each call boots a Strapi.
vi.setConfig({ testTimeout: 180_000 });

const PLAYGROUND = path.resolve(import.meta.dirname, '../../../playground');

let app: TestStrapi;
let jobs: JobsService;
beforeAll(async () => {
  app = await startStrapi({
    config: { ranking: { value: 'revenue', schedule: false, slices: ['channel'] } },
  });
  jobs = app.strapi.plugin('clv').service('jobs');
});
afterAll(() => app.stop());

/** Runs `clv refresh …` in the playground's folder, as a process of its own. */
function refresh(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = path.join(process.env.CLV_PLUGIN_PATH!, 'dist/cli/index.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, 'refresh', ...args], { cwd: PLAYGROUND }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('clv refresh over an empty app says what to do', async () => {
  const { code, stdout } = await refresh();
  expect(code).toBe(0);
  expect(stdout).toContain('0 persons');
  expect(stdout).toContain('nothing to rank yet');
});

test('clv refresh prints the best ten, as a table or as one JSON document', async () => {
  await insertRankingWorld(app.strapi.db.connection as unknown as Knex);
  const table = await refresh();
  expect(table.code).toBe(0);
  expect(table.stdout).toMatch(/landmark first-order; revenue in EUR/);
  expect(table.stdout.match(/Piece \d+/g)).toHaveLength(10);

  const { stdout } = await refresh('--json');
  const { snapshots, items, population, seconds, snapshot, top } = JSON.parse(stdout);
  expect({ snapshots, items }).toEqual({ snapshots: 4, items: 12 });
  expect(population).toBeGreaterThan(300);
  expect(seconds).toBeGreaterThan(0);
  expect(snapshot).toMatchObject({ landmark: 'first-order', currency: 'EUR' });
  expect(top.map(({ position }: { position: number }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const kind of ['rank', 'value'] as const) {
    const [latest] = await jobs.list(kind, 1);
    expect(latest).toMatchObject({ status: 'done', startedBy: 'cli' });
  }
});

test('clv refresh --only value says what everyone is worth, and leaves the ranking as it is', async () => {
  const [before] = await jobs.list('rank', 1);
  const { code, stdout } = await refresh('--only', 'value', '--json');
  expect(code).toBe(0);
  const { value, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({});
  expect(value).toMatchObject({ customers: expect.any(Number), run: { id: value.runId, currency: 'EUR' } });
  expect(await jobs.list('rank', 1)).toEqual([before]);
  expect((await refresh('--only', 'nothing')).code).toBe(2);
});

test('clv refresh stands back when a run is under way, and names it', async () => {
  jobs.define('rank', ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)));
  const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
  const { code, stdout, stderr } = await refresh('--json');
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(id);
  await jobs.cancel(id);
});
