import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SettingsAnswer } from '../../../server/src/settings/api-types';
import { adminToken } from '../../support/admin';
import { adminCalls } from '../../support/admin-calls';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const config = { consent: {}, prediction: { schedule: false }, ranking: { schedule: false } };

let database: TestDatabase;
let here: TestStrapi;
let there: StrapiNode;
let token: string;
beforeAll(async () => {
  database = await startPostgres();
  here = await startStrapi({ env: database.env, config });
  there = await startStrapiNode(database.env, config);
  token = await adminToken(here.strapi, here.url);
});
afterAll(async () => {
  await there?.stop();
  await here?.stop();
  await database?.stop();
});

const { call } = adminCalls(() => token);
const modeAt = async ({ url }: { url: string }) =>
  ((await (await fetch(`${url}/api/clv/consent`)).json()) as { mode: string }).mode;

test('what one node saved counts there at once, and on the others some seconds later', async () => {
  const values = { 'consent.mode': 'assumed' };
  const saved = await call(here, '/settings', 'PUT', { version: 0, values });
  expect(saved.status).toBe(200);
  expect(await modeAt(here)).toBe('assumed');
  await vi.waitFor(async () => expect(await modeAt(there)).toBe('assumed'), { timeout: 30_000 });
  expect((await call(there, '/settings')).body).toEqual(saved.body);
});

test('of two administrators at two nodes one is told that the other was first', async () => {
  const { version }: SettingsAnswer = (await call(here, '/settings')).body;
  const answers = await Promise.all(
    [here, there].map((node, n) =>
      call(node, '/settings', 'PUT', { version, values: { 'targets.ratio': 5 + n } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [late, first] = answers[0]!.status === 409 ? [here, answers[1]!] : [there, answers[0]!];
  // Whoever was late sees at once what was saved instead.
  expect((await call(late, '/settings')).body).toEqual(first.body);
});
