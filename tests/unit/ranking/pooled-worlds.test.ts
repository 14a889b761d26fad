import { beforeAll, describe, expect, test } from 'vitest';
import type { GroupFigures } from '../../../server/src/ranking/api-types';
import { rankHistory } from '../../../server/src/ranking/models/history';
import { type GroupItem, pooledGroups } from '../../../server/src/ranking/models/pooled-excess';
import { historyOfPeople, peopleOf, simulateWorld } from '../../../server/src/ranking/models/simulate/world';

const WORLDS = 15;
const CUSTOMERS = 3000;
const CONTENTS = 40;

/** Groups of ordinary items: of every fifth item, and of the items on a topic, which the same people like. */
const drawn: GroupFigures[] = [];
const byTopic: GroupFigures[] = [];

beforeAll(() => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    // Whatever people like to read, it goes with nothing that they buy.
    const world = simulateWorld({
      customers: CUSTOMERS,
      contents: CONTENTS,
      seed,
      confounding: 0.8,
      reading: 0,
    });
    const history = historyOfPeople(peopleOf(world, CUSTOMERS), CONTENTS);
    const { items } = rankHistory(history, 'first-order', { fdr: 0.1 });
    const ordinary = items.filter(({ item }) => world.items[item]!.effect === 0);
    const groupedBy = (nameOf: (item: number) => string) => {
      const groups = new Map<string, GroupItem[]>();
      for (const { item, figures } of ordinary) {
        const name = nameOf(item);
        groups.set(name, [...(groups.get(name) ?? []), figures]);
      }
      return pooledGroups(groups, 0.1).filter(({ excess }) => excess !== null);
    };
    drawn.push(...groupedBy((item) => `group ${item % 5}`));
    byTopic.push(...groupedBy((item) => world.items[item]!.topic ?? ''));
  }
}, 60_000);

describe.each([
  ['drawn at random', drawn],
  ['on one topic', byTopic],
])('groups of ordinary items %s', (_, groups) => {
  test('have an interval with nothing in it about as often as it says', () => {
    expect(groups.length).toBeGreaterThan(70);
    const covered = groups.filter(({ excessLow, excessHigh }) => excessLow! <= 0 && excessHigh! >= 0).length;
    // 95 %, less three times the sampling error of 75 groups.
    expect(covered / groups.length).toBeGreaterThan(0.875);
  });

  test('are hardly ever called anything but not distinguishable', () => {
    const called = groups.filter(({ verdict }) => verdict !== 'not distinguishable').length;
    expect(called / groups.length).toBeLessThan(0.1);
  });
});
