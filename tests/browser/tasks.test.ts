import { readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { recordAssignments } from '../../server/src/activation/experiments/store/assignments';
import { armOf } from '../../server/src/activation/models/experiments/arms';
import type { Job } from '../../server/src/jobs/api-types';
import type { JobsService } from '../../server/src/jobs/service';
import type { RankingPage } from '../../server/src/ranking/api-types';
import { adminToken } from '../support/admin';
import { type Keyboard, keyboardOf } from '../support/admin/keyboard';
import { type AdminPanel, BUILD_TIMEOUT, keepShot, startAdminPanel } from '../support/admin/panel';
import { type AdminWorld, seedAdminWorld } from '../support/admin/world';
import { adminCalls } from '../support/admin-calls';
import { browserTest, hasBrowser } from '../support/browser';
import { insertValueWorld } from '../support/value-world';

const START = '/plugins/clv';
const MOST_STEPS = 5;
const TIMEOUT = 120_000;
const DAY = 86_400_000;
const config = {
  consent: { mode: 'assumed' },
  ranking: { schedule: false, refresh: false, slices: ['segment'] },
  prediction: { schedule: false },
};
const ORDERS = 'order_id,customer_id,ordered_at,amount,currency\nA-1,C-0001,2026-10-31,12.00,EUR\n';

interface Done {
  task: string;
  steps: number;
  keys: number;
}

if (hasBrowser)
  describe('by the keyboard alone, from the start page', () => {
    let panel: AdminPanel;
    let world: AdminWorld;
    let knex: Knex;
    const done: Done[] = [];
    const { call: callNode } = adminCalls(() => token);
    let token: string;
    const call = async (path: string, method?: string, body?: unknown) => {
      const answer = await callNode(panel, path, method, body);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
      return answer.body;
    };

    beforeAll(async () => {
      panel = await startAdminPanel(config);
      knex = panel.strapi.db.connection as unknown as Knex;
      token = await adminToken(panel.strapi, panel.url);
      world = await seedAdminWorld(panel.strapi);
      await insertValueWorld(knex, { subscriptions: false });
      await knex('clv_customers').where('customer_id', 'like', 'C-%0').update({ segment: 'office' });
      await knex('clv_customers')
        .where('customer_id', 'like', 'C-%')
        .whereNull('segment')
        .update({ segment: 'enterprise' });
      await meetTheExperiment();
      for (const kind of ['value', 'rank', 'experiments'] as const) await run(kind);
      await call('/segments', 'POST', {
        name: 'Good customers',
        description: '',
        membership: 'live',
        public: false,
        toCrm: false,
        rules: { match: 'all', rules: [{ field: 'tier', is: ['platinum', 'gold'] }] },
      });
      await panel.strapi.plugin('clv').service('changes').settle();
      await call('/endpoints', 'POST', { name: 'Chat', url: 'https://example.com/clv', enabled: true });
    }, BUILD_TIMEOUT);
    afterAll(async () => {
      console.log(
        [
          'steps  keys  task',
          ...done.map(
            ({ task, steps, keys }) => `${String(steps).padStart(5)} ${String(keys).padStart(5)}  ${task}`,
          ),
        ].join('\n'),
      );
      await panel?.stop();
    });

    async function run(kind: Job['kind']): Promise<void> {
      const jobs: JobsService = panel.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start(kind, {}, { startedBy: 'test', activeKey: kind });
      await jobs.ended(id);
      expect((await jobs.get(id))!.status).toBe('done');
    }

    /** Half of the people were shown recommendations since some time, which bring nothing here. */
    async function meetTheExperiment(): Promise<void> {
      const { id: experimentId, design } = (await call('/experiments')).experiments[0].experiment;
      const drawn = { salt: 'salt', design: { ...design, holdout: 0.5 } };
      const assignedAt = Date.now() - 120 * DAY;
      await knex('clv_experiments')
        .where({ id: experimentId })
        .update({ salt: drawn.salt, design: JSON.stringify(drawn.design), started_at: assignedAt });
      const persons: string[] = await knex('clv_persons').where('id', 'like', 'person-______').pluck('id');
      const rows = persons.map((unitId) => {
        const arm = armOf(drawn, unitId);
        return { experimentId, unitKind: 'person' as const, unitId, arm, assignedAt };
      });
      await knex.transaction((trx) => recordAssignments(trx, rows));
    }

    const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
    const rows = (page: Page) => page.locator('tbody tr:not(.details)');
    const navigation = (page: Page, name: string) =>
      page.getByRole('navigation', { name: 'Content value' }).getByRole('link', { name, exact: true });

    /** A task that somebody begins on the start page and ends without a mouse. */
    function task(name: string, work: (page: Page, keyboard: Keyboard) => Promise<void>): void {
      browserTest(name, { timeout: TIMEOUT }, async () => {
        const { page, problems } = await panel.open({ at: START });
        await rows(page).first().waitFor();
        const keyboard = keyboardOf(page);
        await work(page, keyboard);
        await keepShot(page, `task-${done.length + 1}`);
        done.push({ task: name, steps: keyboard.steps(), keys: keyboard.keys() });
        expect(keyboard.steps()).toBeGreaterThan(0);
        expect(keyboard.steps()).toBeLessThanOrEqual(MOST_STEPS);
        expect(problems).toEqual([]);
      });
    }

    task('find the best white paper for future enterprise customers', async (page, { choose }) => {
      const { items }: RankingPage = await call(
        `/rankings?kind=white-paper&slice=${encodeURIComponent('segment:enterprise')}`,
      );
      await choose(
        page.getByRole('combobox', { name: 'Type' }),
        page.getByRole('option', { name: 'White paper' }),
      );
      await choose(
        page.getByRole('combobox', { name: 'Whose reading' }),
        page.getByRole('option', { name: /: enterprise$/ }),
      );
      await eventually(() => rows(page).count()).toBe(items.length);
      await eventually(() => rows(page).first().getByRole('link').first().textContent()).toBe(
        items[0]!.title,
      );
      await page.getByText('only Segment: enterprise').waitFor();
    });

    task('export a segment', async (page, { press }) => {
      await press(navigation(page, 'Segments'));
      await press(page.getByRole('link', { name: 'Good customers' }));
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        press(page.getByRole('button', { name: 'Export CSV' })),
      ]);
      expect(await readFile(await file.path(), 'utf8')).toMatch(/customer_ids(.*\n)+.*(C|customer)-\d+/);
    });

    task('why is this item not ranked', async (page, { write, press }) => {
      const title = await world.titleOf('few');
      await write(page.getByRole('searchbox', { name: 'Search titles' }), title);
      await eventually(() => rows(page).count()).toBe(1);
      await press(page.getByRole('button', { name: `All figures of ${title}` }));
      const why = page
        .locator('tr.details')
        .getByText(/people have read it so far; a comparison needs at least 30/);
      await why.waitFor();
    });

    task('connect a CRM, as far as its credentials can be tested', async (page, { press, write, to }) => {
      await press(navigation(page, 'CRM'));
      await press(page.getByRole('link', { name: 'Connect a CRM' }));
      await press(page.getByRole('button', { name: /^HubSpot/ }));
      const form = page.locator('main form');
      await write(form.locator('input').first(), 'a-token-of-a-private-app');
      const test = page.getByRole('button', { name: 'Test the connection' });
      await to(test);
      expect(await test.isEnabled()).toBe(true);
    });

    task('what is this customer worth, and why', async (page, { press, write }) => {
      const [row] = (await call('/value/customers?sort=total:desc&pageSize=1')).customers;
      const id: string = row.customerIds[0];
      await press(navigation(page, 'Customers'));
      await write(page.getByRole('searchbox', { name: 'Search customer ids' }), id);
      await eventually(() => rows(page).count()).toBe(1);
      await press(page.getByRole('link', { name: id }));
      const worth = page.getByRole('region', { name: 'What they are worth' });
      await eventually(() => worth.getByRole('row').count()).toBe(7);
    });

    task(
      'make a segment of the best customers at risk, and see how many they are',
      async (page, { press }) => {
        await press(navigation(page, 'Segments'));
        await press(page.getByRole('link', { name: 'New segment' }));
        await press(page.getByRole('link', { name: /^Best customers at risk/ }));
        const count = page.locator('aside').getByRole('status');
        await eventually(() => count.textContent()).toMatch(/^\d+ (person|people)/);
        const [said] = (await count.textContent())!.match(/^\d+/)!;
        await press(page.getByRole('button', { name: 'Save segment' }));
        await page.waitForURL(/segments\/[\w-]{20,}$/);
        const { segment, figures } = await call(`/segments/${page.url().split('/').at(-1)}`);
        expect(segment.name).toBe('Best customers at risk');
        expect(figures.members).toBe(Number(said));
        expect(figures.members).toBeGreaterThan(0);
      },
    );

    task('be told when a good customer is about to leave', async (page, { press, choose }) => {
      await press(navigation(page, 'Triggers'));
      await press(page.getByRole('link', { name: /^Customers about to leave/ }));
      await choose(
        page.getByRole('combobox', { name: 'Segment' }),
        page.getByRole('option', { name: 'Good customers' }),
      );
      await press(page.getByRole('button', { name: 'Save trigger' }));
      await page.waitForURL(/triggers$/);
      const { triggers, endpoints } = await call('/triggers');
      const made = triggers[0];
      // Another try begins without it.
      await call(`/triggers/${made.id}`, 'DELETE');
      expect(triggers).toHaveLength(1);
      expect(made).toMatchObject({
        kind: 'churn-risk',
        enabled: true,
        actions: { endpoints: [endpoints[0].id], connections: [] },
      });
      expect(made.segmentId).not.toBeNull();
    });

    task('see whether recommendations bring anything', async (page, { press }) => {
      await press(navigation(page, 'Experiments'));
      await press(page.locator('main').getByRole('link', { name: 'Recommendations' }));
      const finding = page.getByRole('region', { name: 'What came of it' });
      await eventually(() => finding.textContent()).toMatch(
        /No clear difference yet: .+ per person .+ the 95% interval from/,
      );
    });

    task('see what other tiers would change', async (page, { press, write }) => {
      await press(navigation(page, 'Settings'));
      await write(page.getByLabel('Tier 1 ends at % of customers'), '20');
      const said = page.locator('main section [role=status]').last();
      await eventually(() => said.textContent()).toMatch(/^\d+ of \d+ customers would change tier\.$/);
      await press(page.getByRole('button', { name: 'What would change' }));
      await page.getByRole('region', { name: 'What would change' }).getByRole('table').waitFor();
    });

    task('bring a file of orders in, as far as what it holds', async (page, { press }) => {
      await press(navigation(page, 'Import'));
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        press(page.getByRole('button', { name: 'Choose a file' })),
      ]);
      await chooser.setFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(ORDERS) });
      await page.getByText('1 of 1 row can be imported.').waitFor();
    });
  });
