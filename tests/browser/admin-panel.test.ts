import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { type AdminWorld, computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

const ENTRIES = '/content-manager/collection-types';
const CONTENT_MANAGER = ['read', 'update', 'create'].map(
  (action) => `plugin::content-manager.explorer.${action}`,
);

describe.skipIf(!hasBrowser)('the panel beside an entry', () => {
  let panel: AdminPanel;
  let world: AdminWorld;
  beforeAll(async () => {
    panel = await startAdminPanel();
    world = await seedAdminWorld(panel.strapi);
    await computeRanking(panel.strapi);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const boxOf = (page: Page) =>
    page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: 'Content value' }) });
  const entryOf = (role: Parameters<AdminWorld['of']>[0]) => {
    const { kind, documentId, locale } = world.of(role);
    return `${ENTRIES}/api::${kind}.${kind}/${documentId}?plugins[i18n][locale]=${locale}`;
  };
  /** The form is there and can be filled in: the edit view is whole. */
  const formIsWhole = (page: Page) =>
    page
      .getByRole('textbox', { name: /^title/ })
      .first()
      .waitFor();

  browserTest('says what the ranking says of it, and leads there', async () => {
    const { page, problems } = await panel.open({ at: entryOf('best') });
    const box = boxOf(page);
    await box.waitFor();
    const text = await box.textContent();
    expect(text).toContain('Associated');
    expect(text).toContain(`of ${world.items.length}`);
    expect(text).toContain('Before the first order');
    expect(text).toMatch(/\d+ readers vs\. \d+ others/);
    expect(await box.getByRole('img').getAttribute('aria-label')).toMatch(/95\s% interval/);
    await keepShot(page, 'panel');
    expect(await axeProblems(page, 'aside:has(a[href*="plugins/clv"])')).toEqual([]);
    await box.getByRole('link', { name: 'All about this item' }).click();
    await page.getByRole('heading', { name: await world.titleOf('best'), level: 3 }).waitFor();
    expect(problems).toEqual([]);
  });

  browserTest('says so when there is not enough data, without figures', async () => {
    const { page } = await panel.open({ at: entryOf('few') });
    await boxOf(page).waitFor();
    expect(await boxOf(page).textContent()).toMatch(/Only \d+ people have read it so far/);
    expect(await boxOf(page).getByRole('img').count()).toBe(0);
  });

  browserTest('is about the language that is open', async () => {
    const translated = world.items.find(({ locale }) => locale === 'it')!;
    const knex = panel.strapi.db.connection;
    const positionOf = async (locale: string) => {
      const row = await knex('clv_snapshot_items as i')
        .join('clv_contents as c', 'c.id', 'i.content_id')
        .join('clv_snapshots as s', 's.id', 'i.snapshot_id')
        .where({ 'c.document_id': translated.documentId, 'c.locale': locale })
        .where({ 's.landmark': 'first-order', 's.slice_of': '' })
        .first('i.position');
      return row.position;
    };
    for (const locale of ['en', 'it']) {
      const at = `${ENTRIES}/api::article.article/${translated.documentId}?plugins[i18n][locale]=${locale}`;
      const { page } = await panel.open({ at });
      await boxOf(page).waitFor();
      expect(await boxOf(page).textContent()).toContain(
        `${await positionOf(locale)} of ${world.items.length}`,
      );
    }
  });

  browserTest('stays away from new entries, from types that are not tracked, and from lists', async () => {
    for (const at of [`${ENTRIES}/api::article.article/create`, `${ENTRIES}/api::article.article`]) {
      const { page, problems } = await panel.open({ at });
      await page.getByRole('main').waitFor();
      if (at.endsWith('create')) await formIsWhole(page);
      else await page.getByRole('grid').waitFor();
      expect(await boxOf(page).count()).toBe(0);
      expect(problems).toEqual([]);
    }
    const user = await panel.strapi.documents('plugin::users-permissions.user').create({
      data: { username: 'reader', email: 'reader@example.com', password: 'Reader-1234', provider: 'local' },
    });
    const { page, problems } = await panel.open({
      at: `${ENTRIES}/plugin::users-permissions.user/${user.documentId}`,
    });
    await page.getByRole('textbox', { name: /username/i }).waitFor();
    expect(await boxOf(page).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  browserTest('is not there for a role that may not read rankings, nor does it ask for them', async () => {
    const asked: string[] = [];
    const { page, problems } = await panel.open({ at: entryOf('best'), may: CONTENT_MANAGER });
    page.on('request', (request) => asked.push(request.url()));
    await formIsWhole(page);
    expect(await boxOf(page).count()).toBe(0);
    expect(asked.filter((url) => url.includes('/clv/'))).toEqual([]);
    expect(problems).toEqual([]);
  });

  browserTest('leaves the form alone when the ranking cannot be had', async () => {
    const { page } = await panel.open({ at: '/' });
    await page.route('**/clv/rankings/item**', (route) => route.fulfill({ status: 500, body: 'broken' }));
    await page.goto(`${panel.url}/admin${entryOf('best')}`);
    await formIsWhole(page);
    await page.waitForResponse((response) => response.url().includes('/clv/rankings/item')).catch(() => null);
    expect(await boxOf(page).count()).toBe(0);
  });
});
