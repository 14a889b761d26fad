import type { Knex } from 'knex';
import { sampleBeta } from '../../server/src/stats/sample-beta';
import { sampleExponential } from '../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { seededRandom } from '../../server/src/stats/seeded-random';

export interface ValueWorldOptions {
  /** Everyone; a fifth of them never buy. */
  persons?: number;
  contents?: number;
  seed?: number;
  /** The last moment of the world; now unless told. */
  end?: number;
  /** Every tenth customer has a subscription too. */
  subscriptions?: boolean;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** The world begins so long before its end; reading is watched for a third of it. */
const DAYS = 540;
const FOREVER = Number.MAX_SAFE_INTEGER;
/** Far above the ids that a database gives by itself. */
const FIRST_CONTENT = 100_000;
const CHANNELS = ['newsletter', 'search', 'partner'];
const SEGMENTS = ['office', 'hotel', null];

const key = (kind: string, n: number) => `${kind}-${String(n).padStart(6, '0')}`;
export const personKey = (n: number) => key('person', n);
export const customerKey = (n: number) => key('customer', n);

/**
 * Fills the tables with customers who buy as the models take it: at gamma-distributed rates, until they leave with a
 * probability of their own after each order; what orders are worth varies by customer. Keen people buy more often, and read
 * more, the second item above all; prospects who read it are more likely to buy. With costs by channel and month, service
 * costs and subscriptions.
 */
export async function insertValueWorld(
  knex: Knex,
  { persons = 600, contents = 8, seed = 3, end = Date.now(), subscriptions = true }: ValueWorldOptions = {},
): Promise<void> {
  const random = seededRandom(seed);
  const begin = end - DAYS * DAY;
  const watched = end - (DAYS / 3) * DAY;
  const tables: Record<string, object[]> = {
    clv_contents: [],
    clv_persons: [],
    clv_identities: [],
    clv_visitor_links: [],
    clv_customers: [],
    clv_orders: [],
    clv_touches: [],
    clv_subscriptions: [],
    clv_costs: [],
  };
  const stamp = { source: 'test', updated_at: begin };
  for (let content = 1; content <= contents; content++) {
    const kind = content % 3 === 0 ? 'white-paper' : 'article';
    tables.clv_contents!.push({
      id: FIRST_CONTENT + content,
      uid: `api::${kind}.${kind}`,
      document_id: `doc-${content}`,
      locale: '',
      kind,
      title: `Piece ${content}`,
      published_at: begin,
      updated_at: begin,
    });
  }

  for (let person = 0; person < persons; person++) {
    tables.clv_persons!.push({ id: personKey(person), canonical_id: personKey(person), created_at: begin });
    const visitor_key = `visitor-of-${key('person', person)}`;
    tables.clv_visitor_links!.push({
      id: key('link', person),
      visitor_key,
      person_id: personKey(person),
      valid_from: 0,
      valid_to: FOREVER,
      linked_at: begin,
      source: 'test',
    });
    const keen = random() < 0.5;
    const reads = Math.floor(sampleExponential(random, keen ? 1 / 9 : 1 / 4));
    for (let n = 0; n < reads; n++) {
      const at = Math.floor(watched + random() * (end - watched));
      const content_id = FIRST_CONTENT + (keen && random() < 0.5 ? 2 : 1 + Math.floor(random() * contents));
      tables.clv_touches!.push({
        message_id: key('touch', tables.clv_touches!.length),
        visitor_key,
        content_id,
        kind: n % 4 === 0 ? 'read' : 'view',
        occurred_at: at,
        received_at: at,
        seconds: n % 4 === 0 ? 60 : 0,
        depth: n % 4 === 0 ? 80 : 0,
        source: 'api',
      });
    }
    const named = {
      id: key('identity', person),
      person_id: personKey(person),
      linked_at: begin,
      source: 'test',
    };
    const buys = person % 5 !== 0 || random() < (keen ? 0.4 : 0.02);
    if (!buys) {
      tables.clv_identities!.push({ ...named, namespace: 'user', value: key('user', person) });
      continue;
    }
    const customer_id = customerKey(person);
    tables.clv_identities!.push({ ...named, namespace: 'customer', value: customer_id });
    const channel = CHANNELS[person % 3]!;
    // Late comers are those who were prospects.
    const first = person % 5 === 0 ? end - random() * 60 * DAY : begin + random() * (DAYS - 30) * DAY;
    tables.clv_customers!.push({
      customer_id,
      person_id: personKey(person),
      channel,
      segment: SEGMENTS[person % 3],
      currency: 'EUR',
      acquired_at: Math.floor(first),
      acquisition_cost: person % 4 === 0 ? 2_500 : null,
      service_cost_per_month: person % 2 === 0 ? 120 : null,
      ...stamp,
    });
    const rate = sampleGamma(random, 0.9, 8) * (keen ? 2 : 1);
    const leaves = sampleBeta(random, 0.8, 3);
    const typical = 2_000 + sampleGamma(random, 3, 1) * 1_500;
    for (let at = first, n = 0; at < end; at += sampleExponential(random, rate) * WEEK + 1, n++) {
      const amount = Math.round(typical * sampleGamma(random, 6, 6));
      tables.clv_orders!.push({
        order_id: key('order', tables.clv_orders!.length),
        customer_id,
        ordered_at: Math.floor(at),
        amount: n > 0 && n % 9 === 0 ? -Math.round(amount / 3) : amount,
        cost: Math.round(amount * 0.4),
        currency: 'EUR',
        product_line: n === 0 ? 'machines' : 'beans',
        channel,
        status: 'paid',
        ...stamp,
      });
      if (random() < leaves) break;
    }
    if (!subscriptions || person % 3 !== 0) continue;
    const started_at = Math.floor(first);
    let ended_at: number | null = null;
    const churn = sampleBeta(random, 1, 6);
    for (let at = first + 30.5 * DAY; at < end; at += 30.5 * DAY) {
      if (random() >= churn) continue;
      ended_at = Math.floor(at);
      break;
    }
    tables.clv_subscriptions!.push({
      subscription_id: key('subscription', person),
      customer_id,
      started_at,
      ended_at,
      mrr: 900 + (person % 7) * 100,
      currency: 'EUR',
      billing_months: 1,
      ...stamp,
    });
  }
  for (let at = begin, seen = ''; at < end; at += 15 * DAY) {
    const month = new Date(at).toISOString().slice(0, 7);
    if (month === seen) continue;
    seen = month;
    for (const [i, channel] of CHANNELS.entries()) {
      tables.clv_costs!.push({
        cost_key: [month, channel, '', ''].join('\u001f'),
        month,
        channel,
        amount: 10_000 * (i + 1),
        currency: 'EUR',
        ...stamp,
      });
    }
  }
  for (const [table, rows] of Object.entries(tables)) {
    if (rows.length > 0) await knex.batchInsert(table, rows, 200);
  }
}
