// The imaginary people of the demonstration: what they read in a month, and what they buy. The same seed and the same
// end give the same world. Some items truly go with larger orders, and the ranking should find them.
import { randomFrom } from './random.mjs';
import { DAYS, officeHours, shelfOf, traitOf, visitsOf } from './reading.mjs';

const DAY = 24 * 3_600_000;
const MONTH = 30.5 * DAY;

const CONTACTS = 820;
const ANONYMOUS = 260;
/** Contacts who were customers before the month began. */
const OLD_CUSTOMERS = 220;

const CHANNELS = ['newsletter', 'google', 'google', 'linkedin', 'partner', 'direct'];
const ACQUISITION_COST = { newsletter: 85, google: 240, linkedin: 390, partner: 280, direct: 0 };

/** The first order holds the machine; beans follow at the customer's own pace, until one day they do not. */
function ordersOf(random, customerId, firstOrderAt, lift, channel, end) {
  const order = (at, amount, costShare, product_line) => ({
    customer_id: customerId,
    ordered_at: new Date(at).toISOString(),
    amount: amount.toFixed(2),
    currency: 'EUR',
    cost: (amount * costShare).toFixed(2),
    product_line,
    channel,
  });
  const machine = Math.exp(Math.log(1_300) + 0.5 * random.normal() + lift);
  const orders = [order(firstOrderAt, machine, random.between(0.5, 0.62), 'machines')];
  // Sales opened the deal some days before the machine was ordered.
  orders[0].deal_created_at = new Date(firstOrderAt - (3 + (firstOrderAt % 12)) * DAY).toISOString();
  if (random.chance(0.02)) orders.push(order(firstOrderAt + 2 * DAY, -machine / 2, 0.5, 'machines'));
  // Some offices drink more than others, and some change to another roaster.
  const pace = random.between(7, 40);
  const leaves = random.between(0, 0.2);
  const pause = () => -Math.log(1 - random.uniform()) * pace * DAY;
  for (let at = firstOrderAt + pause(); at < end && !random.chance(leaves); at += pause()) {
    orders.push(order(at, random.between(70, 240), random.between(0.4, 0.5), 'beans'));
  }
  return orders.filter((row) => Date.parse(row.ordered_at) < end);
}

/** Every fourth customer has the machine maintained; some end that at a renewal. */
function subscriptionsOf(random, orders, end) {
  const begun = new Map();
  for (const order of orders)
    if (!begun.has(order.customer_id)) begun.set(order.customer_id, order.ordered_at);
  const subscriptions = [];
  for (const [customer_id, started_at] of begun) {
    if (!random.chance(0.25)) continue;
    const churn = random.between(0.02, 0.3);
    let ended_at = '';
    for (let at = Date.parse(started_at) + MONTH; at < end; at += MONTH) {
      if (!random.chance(churn)) continue;
      ended_at = new Date(at).toISOString();
      break;
    }
    subscriptions.push({
      subscription_id: `M-${customer_id}`,
      customer_id,
      started_at,
      ended_at,
      mrr: random.pick(['19.00', '29.00', '49.00']),
      currency: 'EUR',
      product_line: 'maintenance',
    });
  }
  return subscriptions;
}

/** What each channel cost in the months of the world, near what the contacts who came by it are said to have cost. */
function costsOf(random, customers, end) {
  const costs = new Map();
  for (const { channel, acquired_at, acquisition_cost } of customers) {
    if (ACQUISITION_COST[channel] === 0 || Date.parse(acquired_at) >= end) continue;
    const month = acquired_at.slice(0, 7);
    const key = `${month} ${channel}`;
    const cost = costs.get(key) ?? { month, channel, amount: 0 };
    cost.amount += Number(acquisition_cost);
    costs.set(key, cost);
  }
  return [...costs.values()].map(({ amount, ...cost }) => ({
    ...cost,
    amount: (amount * random.between(0.9, 1.4)).toFixed(2),
    currency: 'EUR',
  }));
}

/** One contact known to the CRM: their browsers' visits, their CRM record and their orders. */
function contact(random, items, number, end) {
  const customerId = `C-${10_000 + number}`;
  const channel = random.pick(CHANNELS);
  const shelf = shelfOf(items, random.chance(0.35) ? 'it' : 'en');
  const isOld = number < OLD_CUSTOMERS;
  const begins = random.between(0, 24);
  const before = [0, random.between(1, 4), random.between(3, 7)].slice(0, random.integer(1, 3));
  const buys = isOld || random.chance(0.62);
  const firstOrderAt = !buys
    ? null
    : isOld
      ? end - random.integer(60, 540) * DAY
      : officeHours(random, end, begins + Math.max(...before) + random.between(1, 2));

  const days = before.map((day) => begins + day);
  // After the order comes the manual.
  if (buys && random.chance(0.5)) days.push(Math.min(DAYS - 1, begins + 8 + random.between(1, 6)));
  const visits = visitsOf(random, shelf, {
    days: isOld ? days.slice(0, 2) : days,
    perVisit: () => random.integer(1, 4),
    firstOrderAt,
    channel,
    end,
  });
  const readBefore = new Set(
    visits
      .filter(({ at }) => !isOld && buys && at < firstOrderAt)
      .flatMap(({ events }) => events.map((e) => e.content)),
  );
  const lift = items
    .filter((item) => readBefore.has(item.content))
    .reduce((sum, item) => sum + traitOf(item).effect, 0);

  return {
    customer: {
      customer_id: customerId,
      email: `${customerId.toLowerCase()}@example.com`,
      channel,
      acquired_at: new Date(isOld ? firstOrderAt : end - (DAYS - begins) * DAY).toISOString(),
      acquisition_cost: (ACQUISITION_COST[channel] * random.between(0.7, 1.3)).toFixed(2),
      service_cost_per_month: buys ? random.between(6, 18).toFixed(2) : '0',
      segment: random.pick(['office', 'office', 'hotel', 'café']),
    },
    orders: buys ? ordersOf(random, customerId, firstOrderAt, lift, channel, end) : [],
    visits,
  };
}

/**
 * The whole world.
 *
 * @param {{ content: string, key: string, locale: string, kind: string }[]} items what there is to read; `content` is
 *   the key that the tracker sends
 * @param {number} end the last moment of the month, epoch milliseconds
 * @param {number} [seed]
 * @returns visitors with their batches of events in order of time, and the rows of the four CSV files
 */
export function simulateWorld(items, end, seed = 42) {
  const random = randomFrom(seed);
  const visitors = [];
  const customers = [];
  const orders = [];
  for (let i = 0; i < CONTACTS; i += 1) {
    const { customer, orders: theirs, visits } = contact(random, items, i, end);
    customers.push(customer);
    orders.push(...theirs);
    // Some read on the telephone too, and sign in there as well.
    const devices = random.chance(0.07) && visits.length > 1 ? 2 : 1;
    for (let d = 0; d < devices; d += 1) {
      visitors.push({
        key: `demo-contact-${String(i).padStart(4, '0')}-${d}`,
        customer,
        visits: visits.filter((_, v) => v % devices === d),
      });
    }
  }
  for (let i = 0; i < ANONYMOUS; i += 1) {
    const shelf = shelfOf(items, random.chance(0.35) ? 'it' : 'en');
    const days = Array.from({ length: random.integer(1, 2) }, () => random.between(0, DAYS));
    const channel = random.pick(CHANNELS);
    const perVisit = () => random.integer(1, 3);
    const visits = visitsOf(random, shelf, { days, perVisit, firstOrderAt: null, channel, end });
    visitors.push({ key: `demo-visitor-${String(i).padStart(4, '0')}`, customer: null, visits });
  }
  orders.sort((a, b) => a.ordered_at.localeCompare(b.ordered_at));
  orders.forEach((order, i) => {
    order.order_id = `A-${5_000 + i}`;
  });
  return {
    visitors: numbered(visitors),
    customers,
    orders,
    subscriptions: subscriptionsOf(random, orders, end),
    costs: costsOf(random, customers, end),
  };
}

/** Gives every event its id: the same at every start, so that a start that was interrupted sends nothing twice. */
function numbered(visitors) {
  for (const { key, visits } of visitors) {
    let n = 0;
    for (const { events } of visits) {
      for (const event of events) {
        event.id = `${key}-${String(n).padStart(3, '0')}`;
        n += 1;
      }
    }
  }
  return visitors;
}
