import type { Knex } from 'knex';
import { seededRandom } from '../../server/src/stats/seeded-random';

const DAY = 86_400_000;
const WEEKS = 64;
const RECENT_WEEKS = 12;
const FOREVER = Number.MAX_SAFE_INTEGER;
const PERSONS = 1100;

/** Items of the world, by number from 0. */
export const FADING = 0;
export const RISING = 1;
export const SUPPORT = 20;
export const FEW = 21;
/** Reading any of these goes with half as much value again. */
export const PRICING = [0, 1, 2, 3, 4];
/** Few pieces, and everyone reads them. */
const SAFETY = [5, 6];
const CONTENTS = 26;

const topicOf = (item: number) =>
  PRICING.includes(item) ? 'pricing' : SAFETY.includes(item) ? 'safety' : item % 2 === 0 ? 'care' : 'trends';

/** How likely somebody is to read an item before the first order, by whether that was of late. */
function chance(item: number, isRecent: boolean): number {
  if (item === FADING) return isRecent ? 0.05 : 0.35;
  if (item === RISING) return isRecent ? 0.45 : 0.12;
  if (item === SUPPORT) return 0.05;
  if (item === FEW) return 0.01;
  return SAFETY.includes(item) ? 0.6 : 0.14 + 0.004 * item;
}

/** Fills the tables with customers of 64 weeks, whose reading tells of topics what is written above. */
export async function insertAdviceWorld(knex: Knex, now: number): Promise<void> {
  const random = seededRandom(5);
  const start = now - WEEKS * 7 * DAY;
  const turn = now - RECENT_WEEKS * 7 * DAY;
  const stamp = { source: 'test', linked_at: start };
  const tables: Record<string, object[]> = {
    clv_contents: [],
    clv_content_groups: [],
    clv_persons: [],
    clv_visitor_links: [],
    clv_identities: [],
    clv_customers: [],
    clv_orders: [],
    clv_touches: [],
  };
  for (let item = 0; item < CONTENTS; item++) {
    const id = item + 1;
    tables.clv_contents!.push({
      id,
      uid: 'api::article.article',
      document_id: `doc-${item}`,
      locale: '',
      kind: 'article',
      title: `Piece ${item}`,
      published_at: start - 100 * DAY,
      updated_at: start,
    });
    tables.clv_content_groups!.push({ content_id: id, dimension: 'topic', value: topicOf(item) });
    tables.clv_content_groups!.push({ content_id: id, dimension: 'author', value: `Author ${item % 4}` });
  }
  for (let n = 0; n < PERSONS; n++) {
    const key = String(n).padStart(5, '0');
    const [person, visitor, customer] = [`person-${key}`, `visitor-${key}-aaaaaaaaaaaa`, `C-${key}`];
    const orderedAt = start + (7 + random() * (WEEKS * 7 - 8)) * DAY;
    let amount = 50_000 * Math.exp(0.8 * (random() - 0.5));
    const touch = (item: number, at: number) =>
      tables.clv_touches!.push({
        message_id: `touch-${key}-${item}`,
        visitor_key: visitor,
        content_id: item + 1,
        kind: 'view',
        occurred_at: Math.floor(at),
        received_at: Math.floor(at),
        source: 'api',
      });
    for (let item = 0; item < CONTENTS; item++) {
      const at = orderedAt - (0.1 + 6 * random()) * DAY;
      if (random() < chance(item, at > turn)) {
        touch(item, at);
        if (PRICING.includes(item)) amount *= 1.5;
      } else if (item === SUPPORT && random() < 0.6) touch(item, orderedAt + 0.5 * DAY);
    }
    tables.clv_persons!.push({ id: person, canonical_id: person, created_at: start });
    tables.clv_visitor_links!.push({
      id: `link-${key}`,
      visitor_key: visitor,
      person_id: person,
      valid_from: 0,
      valid_to: FOREVER,
      ...stamp,
    });
    tables.clv_identities!.push({
      id: `identity-${key}`,
      person_id: person,
      namespace: 'customer',
      value: customer,
      ...stamp,
    });
    const rest = { currency: 'EUR', source: 'test', updated_at: start };
    tables.clv_customers!.push({ customer_id: customer, person_id: person, channel: null, ...rest });
    tables.clv_orders!.push({
      order_id: `O-${key}`,
      customer_id: customer,
      ordered_at: Math.floor(orderedAt),
      amount: Math.round(amount),
      status: 'paid',
      ...rest,
    });
  }
  for (const [table, rows] of Object.entries(tables)) await knex.batchInsert(table, rows, 50);
}
