import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { type DemoItem, seedContent } from '../../../scripts/demo/content.mjs';
import { seededRandom } from '../../../server/src/stats/seeded-random';

/** What of the demonstration's content goes with value in this world, by the item's place in `items`. */
export const ROLES = { best: 0, second: 1, worst: 2, support: 3, few: 4, unread: 5 } as const;

export interface AdminWorld {
  items: DemoItem[];
  /** The demonstration's item with a role. */
  of(role: keyof typeof ROLES): DemoItem;
  /** Its number in the registry of content. */
  idOf(role: keyof typeof ROLES): number;
  /** Its title. */
  titleOf(role: keyof typeof ROLES): Promise<string>;
}

const CUSTOMERS = 420;
const DAY = 86_400_000;
const START = Date.parse('2026-02-01T00:00:00Z');
const FOREVER = Number.MAX_SAFE_INTEGER;

/** The chance that a customer reads an item before the first order. */
const CHANCE: Record<number, number> = {
  [ROLES.best]: 0.4,
  [ROLES.second]: 0.35,
  [ROLES.worst]: 0.4,
  [ROLES.support]: 0.1,
  [ROLES.few]: 0.03,
  [ROLES.unread]: 0,
};
/** What reading adds to a customer's first order, in cents. */
const EFFECT: Record<number, number> = {
  [ROLES.best]: 60_000,
  [ROLES.second]: 45_000,
  [ROLES.worst]: -38_000,
};

async function contentIds(knex: Knex, items: DemoItem[]): Promise<number[]> {
  const rows = await knex('clv_contents').select('id', 'document_id', 'locale');
  return items.map(({ documentId, locale }) => {
    const row = rows.find((one) => one.document_id === documentId && one.locale === locale);
    return Number(row.id);
  });
}

/** The demonstration's content, and customers whose reading goes with their value in ways that are known. */
export async function seedAdminWorld(strapi: Core.Strapi): Promise<AdminWorld> {
  const items = await seedContent(strapi);
  await strapi.plugin('clv').service('contents').sync();
  const knex = strapi.db.connection;
  await knex('clv_settings').insert({ key: 'demo', value: 'true' });
  const ids = await contentIds(knex, items);
  const random = seededRandom(20);
  const tables: Record<string, object[]> = {
    clv_persons: [],
    clv_identities: [],
    clv_visitor_links: [],
    clv_customers: [],
    clv_orders: [],
    clv_touches: [],
  };
  const stamp = { source: 'test', linked_at: START };

  for (let n = 0; n < CUSTOMERS; n++) {
    const key = String(n).padStart(4, '0');
    const [person, customer, visitor] = [`person-${key}`, `C-${key}`, `visitor-${key}-aaaaaaaaaaaa`];
    const channel = n % 2 === 0 ? 'newsletter' : 'search';
    const firstOrder = START + (30 + Math.floor(30 * random())) * DAY;
    let amount = 60_000 + Math.floor(50_000 * random());

    const touch = (item: number, at: number) =>
      tables.clv_touches!.push({
        message_id: `touch-${key}-${item}`,
        visitor_key: visitor,
        content_id: ids[item],
        kind: 'view',
        occurred_at: at,
        received_at: at,
        source: 'api',
      });
    for (const item of ids.keys()) {
      if (random() < (CHANCE[item] ?? 0.25)) {
        touch(item, firstOrder - Math.ceil(20 * random()) * DAY);
        amount += EFFECT[item] ?? 0;
      } else if (item === ROLES.support && random() < 0.6) touch(item, firstOrder + DAY);
    }

    tables.clv_persons!.push({ id: person, canonical_id: person, created_at: START });
    tables.clv_identities!.push({
      id: `identity-${key}`,
      person_id: person,
      namespace: 'customer',
      value: customer,
      ...stamp,
    });
    tables.clv_visitor_links!.push({
      id: `link-${key}`,
      visitor_key: visitor,
      person_id: person,
      valid_from: 0,
      valid_to: FOREVER,
      ...stamp,
    });
    const rest = { currency: 'EUR', source: 'test', updated_at: START };
    tables.clv_customers!.push({ customer_id: customer, person_id: person, channel, ...rest });
    tables.clv_orders!.push({
      order_id: `O-${key}`,
      customer_id: customer,
      ordered_at: firstOrder,
      amount,
      status: 'paid',
      ...rest,
    });
  }
  for (const [table, rows] of Object.entries(tables)) await knex.batchInsert(table, rows, 50);

  const of = (role: keyof typeof ROLES) => items[ROLES[role]]!;
  return {
    items,
    of,
    idOf: (role) => ids[ROLES[role]]!,
    async titleOf(role) {
      const { documentId, locale } = of(role);
      return (await knex('clv_contents').where({ document_id: documentId, locale }).first('title')).title;
    },
  };
}

/** Computes the ranking and waits for it. */
export async function computeRanking(strapi: Core.Strapi): Promise<void> {
  const jobs = strapi.plugin('clv').service('jobs');
  const { id } = await jobs.start('rank', {}, { startedBy: 'test' });
  await jobs.ended(id);
}
