import { expect, test } from 'vitest';
import { simulateWorld } from '../../../scripts/demo/world.mjs';

const DAY = 24 * 3_600_000;
const END = Date.UTC(2026, 4, 1);
const articles = ['five-year-cost', 'lease-or-buy', 'roastery-day', 'descaling', 'oat-milk', 'coffee-corner'];
const items = [
  ...articles.map((key) => ({
    key,
    kind: 'article',
    locale: 'en',
    content: `api::article.article/${key}/en`,
  })),
  { key: 'lease-or-buy', kind: 'article', locale: 'it', content: 'api::article.article/lease-or-buy/it' },
  ...['total-cost-study', 'hotel-breakfast'].map((key) => ({
    key,
    kind: 'white-paper',
    locale: '',
    content: `api::white-paper.white-paper/${key}`,
  })),
];
const world = simulateWorld(items, END);
const events = world.visitors.flatMap(({ visits }) => visits.flatMap((visit) => visit.events));

test('the same seed and end give the same world, another seed another one', () => {
  expect(simulateWorld(items, END)).toEqual(world);
  expect(simulateWorld(items, END, 7)).not.toEqual(world);
});

test('every event lies within the month, so that the collect endpoint takes it', () => {
  expect(Math.min(...events.map(({ at }) => at))).toBeGreaterThan(END - 30 * DAY);
  expect(Math.max(...events.map(({ at }) => at))).toBeLessThan(END);
});

test('every event has an id of its own that the protocol allows', () => {
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(events.every(({ id }) => /^[A-Za-z0-9_-]{8,64}$/.test(id))).toBe(true);
  expect(world.visitors.every(({ key }) => /^[A-Za-z0-9_-]{16,64}$/.test(key))).toBe(true);
});

test('about 1,100 visitors, 820 customer records and at most 100 events in a batch', () => {
  expect(world.visitors.length).toBeGreaterThan(850);
  expect(world.customers).toHaveLength(820);
  expect(
    Math.max(...world.visitors.flatMap(({ visits }) => visits.map((visit) => visit.events.length))),
  ).toBeLessThan(100);
});

test('those who read an item with a true effect before their first order buy for more', () => {
  const first = new Map<string, { at: number; amount: number }>();
  for (const order of world.orders) {
    if (!first.has(order.customer_id!)) {
      first.set(order.customer_id!, { at: Date.parse(order.ordered_at!), amount: Number(order.amount) });
    }
  }
  const logs = { read: [] as number[], not: [] as number[] };
  for (const { customer, visits } of world.visitors) {
    const order = customer && first.get(customer.customer_id!);
    if (!order) continue;
    const read = visits.some(
      (visit) =>
        visit.at < order.at && visit.events.some(({ content }) => content.endsWith('total-cost-study')),
    );
    logs[read ? 'read' : 'not'].push(Math.log(order.amount));
  }
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(logs.read) - mean(logs.not)).toBeGreaterThan(0.2);
});

test('the manual is read by customers only, after their first order', () => {
  const firstOrder = new Map<string, number>();
  for (const order of [...world.orders].reverse()) {
    firstOrder.set(order.customer_id!, Date.parse(order.ordered_at!));
  }
  const readings = world.visitors.flatMap(({ customer, visits }) =>
    visits.flatMap((visit) =>
      visit.events.filter(({ content }) => content.includes('descaling')).map(({ at }) => ({ customer, at })),
    ),
  );
  expect(readings.length).toBeGreaterThan(100);
  for (const { customer, at } of readings) {
    expect(at).toBeGreaterThan(firstOrder.get(customer!.customer_id!)!);
  }
});
