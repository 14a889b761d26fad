import { describe, expect, it } from 'vitest';
import { rankHistory } from '../../../server/src/ranking/models/history';
import { historyOf, peopleOf, simulateWorld } from '../../../server/src/ranking/models/simulate/world';

const CUSTOMERS = 2000;
const options = { customers: CUSTOMERS, contents: 20, seed: 4, confounding: 0 };
const world = simulateWorld(options);
const people = Array.from({ length: CUSTOMERS }, (_, number) => world.customer(number));
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function rankingOf(changes: { confounding?: number; effects?: Map<string, number> }) {
  const changed = simulateWorld({ ...options, ...changes });
  const { items, population } = rankHistory(historyOf(changed, CUSTOMERS), 'first-order', { fdr: 0.1 });
  return { population, items, world: changed };
}
const without = new Map(world.items.map(({ contentId }) => [contentId, 0]));

describe('a simulated world', () => {
  it('is drawn anew exactly, whatever is asked for first', () => {
    const again = simulateWorld(options);
    expect(again.customer(1999)).toEqual(people[1999]);
    expect(again.customer(3)).toEqual(people[3]);
    expect(again.items).toEqual(world.items);
    expect(simulateWorld({ ...options, seed: 5 }).customer(3)).not.toEqual(people[3]);
  });

  it('has items of tenfold different reach, a fifth of them true, with ids and titles of their own', () => {
    const reaches = world.items.map(({ reach }) => reach).sort((a, b) => a - b);
    expect(reaches.at(-1)! / reaches[0]!).toBeCloseTo(10, 9);
    expect(world.items.filter(({ effect }) => effect !== 0)).toHaveLength(4);
    expect(new Set(world.items.map(({ contentId }) => contentId)).size).toBe(20);
    const titles = simulateWorld({ ...options, contents: 500 }).items.map(({ title }) => title);
    expect(new Set(titles).size).toBe(500);
  });

  it('has customers who come, read, order for the first time, and go on', () => {
    for (const { acquiredAt, orders, touches } of people) {
      expect(orders.length).toBeGreaterThan(0);
      expect(orders[0]!.at).toBeGreaterThan(acquiredAt);
      expect(orders.map(({ at }) => at)).toEqual(orders.map(({ at }) => at).sort((a, b) => a - b));
      for (const { at, seconds, depth } of touches) {
        expect(at).toBeGreaterThanOrEqual(acquiredAt);
        expect(Number.isInteger(at / 1000) && seconds >= 0 && depth >= 0 && depth <= 100).toBe(true);
      }
      for (const { amount, cost } of orders)
        expect(Number.isInteger(amount) && Number.isInteger(cost)).toBe(true);
    }
    const before = people.map(({ orders, touches }) => touches.filter(({ at }) => at < orders[0]!.at).length);
    const after = people.map(({ touches }, i) => touches.length - before[i]!);
    expect(average(before)).toBeGreaterThan(2);
    expect(average(before)).toBeLessThan(8);
    expect(average(after)).toBeGreaterThan(1);
    const value = average(people.map(({ orders }) => orders.reduce((sum, { amount }) => sum + amount, 0)));
    expect(value).toBeGreaterThan(15_000);
    expect(value).toBeLessThan(30_000);
  });

  it('raises the value of an item’s readers before the first order by its effect', () => {
    const { contentId } = world.items.find(({ reach }) => reach > 0.2)!;
    const { items, world: changed } = rankingOf({ effects: new Map([...without, [contentId, 50_000]]) });
    const [first, ...others] = items;
    expect(changed.items[first!.item]!.contentId).toBe(contentId);
    expect(first!.figures.differenceLow!).toBeLessThan(50_000);
    expect(first!.figures.differenceHigh!).toBeGreaterThan(50_000);
    for (const { figures } of others) expect(figures.verdict).not.toBe('associated');
  });

  it('lowers it by refunds when the effect is negative', () => {
    const { contentId } = world.items.find(({ reach }) => reach > 0.2)!;
    const { items, world: changed } = rankingOf({ effects: new Map([...without, [contentId, -15_000]]) });
    const harmful = items.find(({ item }) => changed.items[item]!.contentId === contentId)!;
    expect(harmful.figures.verdict).toBe('below typical');
    expect(harmful.figures.differenceLow!).toBeLessThan(-15_000);
    expect(harmful.figures.differenceHigh!).toBeGreaterThan(-15_000);
  });

  it('with confounding makes items look valuable that are not, and the excess tells', () => {
    const clear = (confounding: number) => {
      const { items } = rankingOf({ confounding, effects: without });
      return {
        plainly: items.filter(({ figures }) => figures.rhoLow! > 0).length,
        byExcess: items.filter(({ figures }) => figures.verdict === 'associated').length,
      };
    };
    expect(clear(0).plainly).toBeLessThan(5);
    expect(clear(1).plainly).toBeGreaterThan(10);
    expect(clear(1).byExcess).toBe(0);
  });

  it('lets the topics that people read tell how often they order, as far as it is told to', () => {
    const told = (reading: number) => {
      const changed = simulateWorld({ ...options, effects: without, reading });
      const up = changed.topics.toSorted((a, b) => b.effect - a.effect)[0]!.topic;
      const sums = { fond: [] as number[], other: [] as number[] };
      for (let number = 0; number < CUSTOMERS; number++) {
        const { touches, orders } = changed.customer(number);
        const of = touches.filter(({ content }) => changed.items[content]!.topic === up).length;
        (of > touches.length / 3 ? sums.fond : sums.other).push(orders.length);
      }
      return average(sums.fond) / average(sums.other);
    };
    expect(told(1)).toBeGreaterThan(1.4);
    expect(told(0)).toBeGreaterThan(0.9);
    expect(told(0)).toBeLessThan(1.1);
  });

  it('may have people who only read, for months or for ever', () => {
    const changed = simulateWorld({ ...options, prospects: 0.5 });
    const drawn = Array.from({ length: CUSTOMERS }, (_, number) => changed.customer(number));
    const never = drawn.filter(({ orders }) => orders.length === 0).length / CUSTOMERS;
    expect(never).toBeGreaterThan(0.15);
    expect(never).toBeLessThan(0.45);
    const early = ({ acquiredAt, orders }: (typeof drawn)[number]) =>
      orders[0]!.at - acquiredAt <= 61 * 86_400_000;
    const same = drawn.filter((person) => person.orders.length > 0 && early(person)).length / CUSTOMERS;
    expect(same).toBeGreaterThan(0.45);
    for (const { orders, touches } of drawn.filter(({ orders }) => orders.length === 0)) {
      expect(orders).toEqual([]);
      expect(touches.map(({ at }) => at)).toEqual(touches.map(({ at }) => at).sort((a, b) => a - b));
    }
  });

  it('has as many true items and as wide a spread of reach as it is told to', () => {
    const { items } = simulateWorld({ ...options, trueShare: 0.35, reachRatio: 100 });
    expect(items.filter(({ effect }) => effect !== 0)).toHaveLength(7);
    const reaches = items.map(({ reach }) => reach).sort((a, b) => a - b);
    expect(reaches.at(-1)! / reaches[0]!).toBeCloseTo(100, 9);
  });

  it('may have support pages, read after orders and the more the more orders come', () => {
    const changed = simulateWorld({ ...options, support: 4 });
    const support = changed.items.flatMap((item, place) => (item.readsPerOrder === undefined ? [] : [place]));
    expect(support).toHaveLength(4);
    for (const place of support) expect(changed.items[place]!.effect).toBe(0);
    const drawn = peopleOf(changed, CUSTOMERS);
    for (const place of support) {
      const reads = drawn.flatMap(({ orders, touches }) =>
        touches
          .filter(({ content }) => content === place)
          .map(({ at }) => ({ late: at > orders[0]!.at, orders: orders.length })),
      );
      const readers = reads.length;
      expect(readers).toBeGreaterThan(100);
      expect(reads.filter(({ late }) => late).length / readers).toBeGreaterThan(0.8);
      expect(average(reads.map((read) => read.orders))).toBeGreaterThan(
        1.3 * average(drawn.map(({ orders }) => orders.length)),
      );
    }
    expect(() => simulateWorld({ ...options, support: 17 })).toThrow(RangeError);
  });

  it('may have a single item', () => {
    const single = simulateWorld({ ...options, contents: 1 });
    expect(single.items).toHaveLength(1);
    expect(single.customer(0).orders.length).toBeGreaterThan(0);
  });
});
