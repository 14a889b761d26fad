import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { browserTest, hasBrowser } from '../support/browser';
import { PASSWORD, USERNAME } from '../support/crm/tryton/api';
import { type TrytonDouble, trytonDouble } from '../support/crm/tryton/double';
import { noTryton, startTryton, type TrytonServer } from '../support/crm/tryton/server';

const TIMEOUT = 180_000;
const PARTIES = 40;
const SALES = 90;
const DAY = 86_400_000;
const config = {
  ranking: { schedule: false },
  prediction: { schedule: false },
  crm: { privateHosts: ['127.0.0.1'] },
};

/** A real Tryton, connected by whoever sits at the admin. */
if (!noTryton && hasBrowser) {
  describe('Tryton in the wizard', () => {
    let panel: AdminPanel;
    let tryton: TrytonServer;
    let crm: TrytonDouble;
    beforeAll(async () => {
      tryton = await startTryton();
      crm = await trytonDouble(tryton);
      const createdAt = Date.now() - 400 * DAY;
      const parties = await crm.addCustomers(
        Array.from({ length: PARTIES }, (_, i) => ({
          name: `Party ${i}`,
          email: `party${i}@example.com`,
          createdAt,
        })),
      );
      await crm.addDeals(
        Array.from({ length: SALES }, (_, i) => ({
          customers: [parties[i % PARTIES]!],
          amount: `${100 + i}.50`,
          currency: 'EUR',
          won: i % 3 !== 0,
          wonAt: createdAt + i * DAY,
          createdAt,
        })),
      );
      panel = await startAdminPanel(config);
    }, BUILD_TIMEOUT);
    afterAll(async () => {
      await panel?.stop();
      await crm?.close();
      await tryton?.stop();
    });

    const count = async (table: string) =>
      Number((await panel.strapi.db.connection(table).count({ n: '*' }).first())!.n);

    browserTest('is connected, and its first run ends', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: '/plugins/clv/crm' });
      const options = crm.options() as Record<'url' | 'database', string>;
      await page.getByRole('link', { name: 'Connect a CRM' }).click();
      await page
        .locator('main')
        .getByRole('button', { name: /^Tryton/ })
        .click();
      await page.getByLabel('Address of the server').fill(options.url);
      await page.getByLabel('Database').fill(options.database);
      await page.getByLabel('User').fill(USERNAME);
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.locator('main').getByRole('alert').waitFor();
      await keepShot(page, 'tryton-refused');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText('The test went well').waitFor();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'What is what' }).waitFor();
      await keepShot(page, 'tryton-map');
      expect(await axeProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Connect and start' }).click();

      await page.getByText('The first run is done').waitFor({ timeout: 90_000 });
      await keepShot(page, 'tryton-first-run');
      const orders = page
        .getByRole('region', { name: 'Runs', exact: true })
        .locator('tbody tr')
        .filter({ hasText: 'Orders' });
      await expect.poll(() => orders.first().textContent(), { timeout: 20_000 }).toContain('Done');
      const won = Array.from({ length: SALES }, (_, i) => i).filter((i) => i % 3 !== 0).length;
      expect(await count('clv_orders')).toBe(won);
      expect(await count('clv_customers')).toBeGreaterThanOrEqual(PARTIES);

      await page.getByRole('link', { name: 'Go to the connection' }).click();
      await page.getByRole('link', { name: 'Data quality' }).click();
      await page.getByText('Orders whose customer is unknown').waitFor();
      await keepShot(page, 'tryton-quality');
      await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
      await page.getByText('1 secret, stored encrypted').waitFor();
      await keepShot(page, 'tryton-settings');
      expect(await page.content()).not.toContain(PASSWORD);
      expect(problems.filter((problem) => !problem.startsWith('422'))).toEqual([]);
    });
  });
} else {
  test.skip('Tryton in the wizard: there is no Tryton or no browser here', () => {});
}
