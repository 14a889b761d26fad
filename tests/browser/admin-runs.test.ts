import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { JobsService } from '../../server/src/jobs/service';
import { type AdminPanel, BUILD_TIMEOUT, keepShot, startAdminPanel } from '../support/admin/panel';
import { type AdminWorld, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

describe.skipIf(!hasBrowser)('runs from the Rankings page', () => {
  let panel: AdminPanel;
  let world: AdminWorld;
  beforeAll(async () => {
    panel = await startAdminPanel();
    world = await seedAdminWorld(panel.strapi);
    const jobs: JobsService = panel.strapi.plugin('clv').service('jobs');
    const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
    await jobs.ended(id);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 15_000 });

  browserTest('leads from the last step of the set-up to the first ranking, with progress', async () => {
    const { page, problems } = await panel.open({ at: '/plugins/clv' });
    const steps = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
    await steps.first().waitFor();
    expect(await steps.first().textContent()).toContain(`${world.items.length} entries are tracked`);
    expect(await steps.nth(1).textContent()).toContain('1,000+ reads and downloads');
    expect(await page.locator('li[aria-current=step]').textContent()).toContain('Compute the ranking');
    await keepShot(page, 'rankings-setup');

    const progress = page.getByRole('progressbar', { name: 'Computing the ranking' });
    await Promise.all([
      progress.waitFor(),
      page.locator('main li').getByRole('button', { name: 'Recompute now' }).click(),
    ]);
    await page.getByText(/^Ranking computed: \d+ items, 420 people/).waitFor();
    await page.locator('tbody tr').first().waitFor();
    expect(await progress.count()).toBe(0);
    expect(await page.getByText(/Last computed (now|this minute)/).count()).toBe(1);
    expect(problems).toEqual([]);
  });

  browserTest('follows and cancels a run that was started elsewhere', async () => {
    const knex = panel.strapi.db.connection;
    const at = Date.now();
    await knex('clv_jobs').insert({
      id: '019a0000-0000-7000-8000-000000000001',
      kind: 'rank',
      active_key: 'rank',
      status: 'running',
      params: 'null',
      progress: 0.4,
      stage: 'exposures',
      lease_owner: 'another-node',
      lease_until: at + 600_000,
      cancel_requested: false,
      started_by: 'schedule',
      created_at: at,
      started_at: at,
    });
    const job = () => knex('clv_jobs').where({ active_key: 'rank' });
    const { page } = await panel.open({ at: '/plugins/clv' });
    const bar = page.getByRole('progressbar', { name: 'Computing the ranking' });
    await bar.waitFor();
    await page.getByText('Comparing readers with others').waitFor();
    expect(await bar.getAttribute('aria-valuenow')).toBe('40');
    expect(await page.getByRole('button', { name: 'Computing…' }).isDisabled()).toBe(true);
    await keepShot(page, 'rankings-running');

    await page.getByRole('button', { name: 'Cancel' }).click();
    await eventually(async () => Boolean((await job().first()).cancel_requested)).toBe(true);
    await job().update({ status: 'cancelled', finished_at: Date.now(), active_key: null });
    await page.getByText('The run was cancelled').waitFor();
    await eventually(() => bar.count()).toBe(0);
  });
});
