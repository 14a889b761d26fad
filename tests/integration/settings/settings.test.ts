import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { PrivacyService } from '../../../server/src/privacy/service';
import type { RankResult } from '../../../server/src/ranking/api-types';
import type { SettingPath, SettingsAnswer, SettingsDraft } from '../../../server/src/settings/api-types';
import type { SettingsService } from '../../../server/src/settings/service';
import { adminToken, editorToken } from '../../support/admin';
import { adminCalls } from '../../support/admin-calls';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { insertValueWorld } from '../../support/value-world';
import { eventOf, newVisitor, publishArticle, send } from '../tracking/support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const config = {
  consent: { respectDnt: false },
  ranking: { schedule: '15 3 * * *', slices: [], value: 'predicted' },
  prediction: { schedule: '30 2 * * *' },
};
const file = path.join(tmpdir(), `clv-settings-${process.pid}.db`);
const env = { DATABASE_FILENAME: file };

let app: TestStrapi;
let knex: Knex;
let token: string;
const { call } = adminCalls(() => token);

async function boot(): Promise<void> {
  app = await startStrapi({ env, config });
  knex = app.strapi.db.connection as unknown as Knex;
  token = await adminToken(app.strapi, app.url);
}
beforeAll(boot);
afterAll(async () => {
  await app.stop();
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
});

const read = async (): Promise<SettingsAnswer> => (await call(app, '/settings')).body;
const settingOf = ({ settings }: SettingsAnswer, name: SettingPath) =>
  settings.find((setting) => setting.path === name)!;

/** Saves over what is there now. */
async function save(values: SettingsDraft) {
  return call(app, '/settings', 'PUT', { version: (await read()).version, values });
}

async function run(kind: 'value' | 'rank'): Promise<void> {
  const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
  const { id } = await jobs.start(kind, {}, { startedBy: 'test', activeKey: kind });
  await jobs.ended(id);
  expect(await jobs.get(id)).toMatchObject({ status: 'done', error: null });
}

describe('what can be set', () => {
  test('is told with where it comes from, and only to those who may', async () => {
    const answer = await read();
    expect(answer).toMatchObject({ version: 0, ignored: [], changes: [], tiers: null });
    expect(settingOf(answer, 'consent.respectDnt')).toMatchObject({ value: false, source: 'file' });
    expect(settingOf(answer, 'consent.mode')).toEqual({
      path: 'consent.mode',
      value: 'required',
      default: 'required',
      source: 'default',
      takesEffect: ['at once'],
      runs: [],
    });
    const editor = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
    const headers = { authorization: `Bearer ${editor}`, 'content-type': 'application/json' };
    for (const [method, at] of [
      ['GET', ''],
      ['PUT', ''],
      ['POST', '/preview'],
      ['DELETE', '/consent.mode'],
    ]) {
      const { status } = await fetch(`${app.url}/clv/settings${at}`, {
        method,
        headers,
        ...(method !== 'GET' && { body: '{}' }),
      });
      expect(status).toBe(403);
    }
  });

  test('is checked, with what is wrong at its field', async () => {
    const wrong = await save({ 'activation.holdout': 2, 'tiers.cuts': [0.1, 0.2] });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.details.errors).toMatchObject([{ path: 'activation.holdout', code: 'value' }]);
    const together = await save({ 'tiers.names': ['a', 'b', 'c'], 'tiers.cuts': [0.1] });
    expect(together.body.error.details.errors).toMatchObject([{ path: 'tiers.cuts', code: 'value' }]);
    const fixed = await save({ 'consent.respectDnt': true });
    expect(fixed.body.error.details.errors).toMatchObject([{ path: 'consent.respectDnt', code: 'fixed' }]);
    for (const unknown of ['identity.secret', 'tiers', 'value.rates.USD'])
      expect((await save({ [unknown]: 'x' })).status).toBe(400);
    expect((await call(app, '/settings', 'PUT', { version: 0, values: {}, more: 1 })).status).toBe(400);
    expect((await call(app, '/settings/identity.secret?version=0', 'DELETE')).status).toBe(404);
    expect((await call(app, '/settings/preview', 'POST', { values: { 'tiers.of': 'x' } })).status).toBe(400);
    expect((await read()).version).toBe(0);
    expect((await knex('clv_settings').where('key', 'like', 'settings.%')).length).toBe(0);
  });

  test('is kept with who changed it, and goes back to the default', async () => {
    const saved = await save({ 'targets.ratio': 4, 'value.rates': { USD: 0.9 } });
    expect(saved.status).toBe(200);
    expect(saved.body.version).toBe(1);
    expect(settingOf(saved.body, 'targets.ratio')).toMatchObject({ value: 4, default: 3, source: 'saved' });
    expect(saved.body.changes).toMatchObject([
      { by: 'Ada Admin', path: 'targets.ratio', from: null, to: 4 },
      { by: 'Ada Admin', path: 'value.rates', from: null, to: { USD: 0.9 } },
    ]);
    const back = await call(app, '/settings/targets.ratio?version=1', 'DELETE');
    expect(settingOf(back.body, 'targets.ratio')).toMatchObject({ value: 3, source: 'default' });
    expect(back.body.changes[0]).toMatchObject({ path: 'targets.ratio', from: 4, to: null });
    expect((await save({ 'value.rates': null })).body.version).toBe(3);
    // Saying the same again changes nothing.
    expect((await save({ 'value.rates': null })).body.version).toBe(3);
  });

  test('never overwrites what somebody else saved meanwhile', async () => {
    const { version } = await read();
    const values = (ratio: number) => ({ version, values: { 'targets.ratio': ratio } });
    const answers = await Promise.all([5, 6, 7].map((n) => call(app, '/settings', 'PUT', values(n))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const won = answers.findIndex(({ status }) => status === 200);
    const after = await read();
    expect(settingOf(after, 'targets.ratio').value).toBe([5, 6, 7][won]);
    expect(after.version).toBe(version + 1);
    await save({ 'targets.ratio': null });
  });

  test('keeps the last fifty changes', async () => {
    const paths: SettingPath[] = ['targets.ratio', 'prediction.horizonDays', 'attribution.windowDays'];
    const all = (value: number | null) => Object.fromEntries(paths.map((path) => [path, value]));
    for (let n = 11; n <= 28; n++) await save(all(n));
    const { changes } = await read();
    expect(changes).toHaveLength(50);
    expect(changes[0]).toMatchObject({ path: 'targets.ratio', from: 27, to: 28 });
    await save(all(null));
  });
});

describe('counts at once:', () => {
  let key: string;
  beforeAll(async () => {
    ({ key } = await publishArticle(app));
  });

  test('consent, and which signals of browsers are respected', async () => {
    const view = async (headers = {}) =>
      (await send(app, newVisitor(), [eventOf(key)], headers)).body.accepted;
    expect(await view()).toBe(0);
    await save({ 'consent.mode': 'assumed' });
    expect(await view()).toBe(1);
    expect(await view({ 'sec-gpc': '1' })).toBe(0);
    await save({ 'consent.respectGpc': false });
    expect(await view({ 'sec-gpc': '1' })).toBe(1);
    expect((await (await fetch(`${app.url}/api/clv/consent`)).json()).mode).toBe('assumed');
    const { body } = await call(app, '/tracking/status');
    expect(body).toMatchObject({ consentMode: 'assumed', respectGpc: false, respectDnt: false });
    expect(body.snippet).toContain('data-consent="assumed"');
  });

  test('origins that may send', async () => {
    const headers = { origin: 'https://shop.example.com' };
    const sent = async () => (await send(app, newVisitor(), [eventOf(key)], headers)).status;
    const consent = async () => (await fetch(`${app.url}/api/clv/consent`, { headers })).status;
    expect([await sent(), await consent()]).toEqual([403, 403]);
    await save({ 'tracking.origins': ['https://shop.example.com'] });
    expect([await sent(), await consent()]).toEqual([202, 200]);
    await save({ 'tracking.origins': null });
    expect([await sent(), await consent()]).toEqual([403, 403]);
  });

  test('in what a cost can be', async () => {
    const cost = { month: '2026-01', channel: 'search', amount: '1', product_line: null, segment: null };
    const costIn = (currency: string) =>
      call(app, '/costs', 'PUT', { cost: { ...cost, currency }, replaces: null });
    const refused = await costIn('USD');
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('no rate is set');
    await save({ 'value.rates': { USD: 0.9 } });
    expect((await call(app, '/costs')).body.currencies).toContain('USD');
    expect((await costIn('USD')).status).toBe(200);
    await save({ 'value.rates': null });
    await knex('clv_costs').delete();
  });

  test('how long touches are kept', async () => {
    const old = Date.now() - 400 * DAY;
    await knex('clv_touches').insert({
      message_id: 'an-old-touch',
      visitor_key: newVisitor(),
      content_id: 1,
      kind: 'view',
      occurred_at: old,
      received_at: old,
      source: 'tracker',
    });
    const kept = async () => (await knex('clv_touches').where({ message_id: 'an-old-touch' })).length;
    const privacy: PrivacyService = app.strapi.plugin('clv').service('privacy');
    await privacy.forgetOld(Date.now());
    expect(await kept()).toBe(1);
    const { body } = await call(app, '/settings/preview', 'POST', {
      values: { 'privacy.retentionDays': 365 },
    });
    expect(body.retention).toMatchObject({ now: 0, draft: 1 });
    await save({ 'privacy.retentionDays': 365 });
    await privacy.forgetOld(Date.now() + DAY);
    expect(await kept()).toBe(0);
  });
});

describe('counts with the next run:', () => {
  beforeAll(async () => {
    await insertValueWorld(knex, { persons: 400, subscriptions: false });
    await run('value');
    await run('rank');
  });
  const tiersOf = async () =>
    new Set(await knex('clv_person_values').whereNotNull('tier').distinct('tier').pluck('tier'));

  test('tiers, of which the preview says who moves', async () => {
    const values = { 'tiers.names': ['first', 'second', 'third'], 'tiers.cuts': [0.25, 0.5] };
    const { body } = await call(app, '/settings/preview', 'POST', { values });
    expect((await save(values)).status).toBe(200);
    expect(await tiersOf()).toEqual(new Set(['platinum', 'gold', 'silver', 'bronze']));
    await run('value');
    expect(await tiersOf()).toEqual(new Set(['first', 'second', 'third']));
    for (const { tier, customers } of body.tiers.draft)
      expect(await knex('clv_person_values').where({ tier })).toHaveLength(customers);
  });

  test('the currency: until then everything says the one that it was computed in', async () => {
    const seen = async () => {
      const value = (await call(app, '/value')).body;
      const rankings = (await call(app, '/rankings?landmark=all')).body;
      const customers = (await call(app, '/value/customers?sort=total')).body;
      return {
        currencies: [value.run.currency, rankings.snapshot.currency, customers.run.currency],
        revenue: value.report.total.revenue,
        best: rankings.items.map((item: { meanExposed: number }) => item.meanExposed),
      };
    };
    const before = await seen();
    expect(before.currencies).toEqual(['EUR', 'EUR', 'EUR']);
    expect((await save({ 'value.currency': 'JPY', 'value.rates': { EUR: 160 } })).status).toBe(200);
    expect(await seen()).toEqual(before);
    // What is added between two runs goes by the settings of the run.
    await newTouch();
    await refresh();
    expect((await seen()).currencies).toEqual(['EUR', 'EUR', 'EUR']);
    expect((await seen()).best.map(Math.round)).toEqual(before.best.map(Math.round));

    // Rankings by predictions that were made in euro: converted, not read as if they were yen.
    await run('rank');
    const between = await seen();
    expect(between.currencies).toEqual(['EUR', 'JPY', 'EUR']);
    expect(between.best[0] / before.best[0]).toBeCloseTo(160, 0);
    await run('value');
    const after = await seen();
    expect(after.currencies).toEqual(['JPY', 'JPY', 'JPY']);
    expect(after.revenue / before.revenue).toBeCloseTo(160, 0);
  });

  async function newTouch(): Promise<void> {
    const touch = await knex('clv_touches').where({ source: 'api' }).first();
    const now = Date.now();
    await knex('clv_touches').insert({
      ...touch,
      message_id: 'a-new-touch',
      occurred_at: now - 1,
      received_at: now,
    });
  }

  async function refresh(): Promise<void> {
    const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
    const { id } = await jobs.start('rank', { refresh: true }, { startedBy: 'test', activeKey: 'rank' });
    await jobs.ended(id);
    const job = await jobs.get(id);
    expect(job).toMatchObject({ status: 'done', error: null });
    expect((job!.result as RankResult).refresh).toBeDefined();
  }
});

describe('counts after a restart:', () => {
  const nights = () =>
    app.strapi.cron.jobs
      .filter(({ name }) => name?.startsWith('clv.'))
      .flatMap(({ options }) => (options as { tz?: string }).tz ?? []);

  test('the hours of nightly work, by the time zone; and what was saved is there again', async () => {
    await save({ 'value.timezone': 'Europe/Rome' });
    expect(settingOf(await read(), 'value.timezone')).toMatchObject({
      value: 'Europe/Rome',
      source: 'saved',
    });
    expect(new Set(nights())).toEqual(new Set(['UTC']));
    await app.stop();
    await boot();
    expect(new Set(nights())).toEqual(new Set(['Europe/Rome']));
    const answer = await read();
    expect(settingOf(answer, 'value.currency')).toMatchObject({ value: 'JPY', source: 'saved' });
    expect(settingOf(answer, 'value.timezone').takesEffect).toContain('restart');
  });
});

test('a saved value that no longer fits is left out, told, and gone when the section is saved anew', async () => {
  const row = await knex('clv_settings').where({ key: 'settings.saved' }).first();
  const stored = JSON.parse(row.value);
  Object.assign(stored, {
    version: stored.version + 1,
    values: { ...stored.values, 'tiers.cuts': [0.9, 0.1] },
  });
  await knex('clv_settings')
    .where({ key: 'settings.saved' })
    .update({ value: JSON.stringify(stored) });
  const warnings: string[] = [];
  app.strapi.log.warn = ((text: string) => warnings.push(text)) as never;
  const settings: SettingsService = app.strapi.plugin('clv').service('settings');
  await settings.load();
  const answer = await read();
  expect(answer.ignored.map(({ path: name }) => name)).toEqual(['tiers.names', 'tiers.cuts']);
  expect(warnings.join()).toContain('tiers.cuts does not count');
  expect(settingOf(answer, 'tiers.names')).toMatchObject({ value: null, source: 'default' });
  const saved = await save({ 'tiers.of': 'historical' });
  expect(saved.body.ignored).toEqual([]);
  expect(settingOf(saved.body, 'tiers.of')).toMatchObject({ value: 'historical', source: 'saved' });
});
