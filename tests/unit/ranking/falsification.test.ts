import { describe, expect, it } from 'vitest';
import type { Falsification } from '../../../server/src/ranking/api-types';
import { falsify } from '../../../server/src/ranking/models/falsification/falsify';
import { negativeControl } from '../../../server/src/ranking/models/falsification/negative-control';
import { shufflesWithCalls } from '../../../server/src/ranking/models/falsification/shuffles';
import { valueBefore } from '../../../server/src/ranking/models/falsification/value-before';
import { type History, ordersOf, rankInputOf } from '../../../server/src/ranking/models/history';
import type { Division } from '../../../server/src/ranking/models/landmark';
import { rank } from '../../../server/src/ranking/models/rank';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const ITEMS = 24;
const LANDMARK = { at: 100 };

interface Kind {
  persons?: number;
  items?: number;
  /** Items whose effect on the value after the landmark is real. */
  raising?: number;
  /** Items that people come to read because of what they were worth before, as if they had been chosen for them. */
  targeted?: number;
}

/**
 * Persons order at 10 by what they are worth, read between 20 and 90, and order again at 110. All items came out at 15.
 * Worth lasts, and a hidden activity raises both reading and value.
 */
function worldOf(
  seed: number,
  { persons = 3000, items = ITEMS, raising = 0, targeted = 0 }: Kind = {},
): History {
  const random = seededRandom(seed);
  const history: History = {
    persons,
    contents: items,
    touches: [],
    orders: [],
    publishedAt: Array<number>(items).fill(15),
  };
  for (let person = 0; person < persons; person++) {
    const activity = 0.4 * sampleNormal(random);
    const worth = sampleNormal(random);
    let effect = 0;
    for (let content = 0; content < items; content++) {
      const liking = content >= items - targeted ? worth : 0;
      if (random() > 0.2 * Math.exp(activity + liking - (liking ? 0.5 : 0))) continue;
      history.touches.push({ person, content, at: 20 + 70 * random() });
      if (content < raising) effect += 0.5;
    }
    const level = 8 + 0.5 * worth + 0.3 * activity;
    const order = (at: number, log: number) =>
      history.orders.push({ person, at, value: Math.round(Math.exp(log)) });
    order(10, level + 0.2 * sampleNormal(random));
    order(110, level + effect + 0.5 * sampleNormal(random));
  }
  return history;
}

function checked(
  history: History,
  division: Division = LANDMARK,
): Falsification & { named: Map<string, Check> } {
  const input = rankInputOf(history, division, { fdr: 0.1 });
  const result = falsify(input, rank(input), ordersOf(history));
  return { ...result, named: new Map(result.checks.map((check) => [check.name, check])) };
}
type Check = Falsification['checks'][number];

describe('the negative control', () => {
  it('is a world in which reading comes after the value that it cannot have made', () => {
    const history: History = {
      persons: 3,
      contents: 2,
      touches: [
        { person: 0, content: 0, at: 10 },
        { person: 0, content: 1, at: 60 },
        { person: 1, content: 0, at: 20 },
        { person: 1, content: 1, at: 70 },
        { person: 2, content: 0, at: 55 },
        { person: 2, content: 1, at: 120 },
      ],
      orders: [
        { person: 0, at: 5, value: 100 },
        { person: 0, at: 58, value: 30 },
        { person: 1, at: 65, value: 7 },
        { person: 2, at: 110, value: 9 },
      ],
    };
    const { persons, exposures } = rankInputOf(history, LANDMARK, { fdr: 0.1 });
    // Five touches came before 100, the middle one at 55: who was seen before that, with what they ordered until then.
    const world = negativeControl({ persons, exposures }, ordersOf(history), LANDMARK, new Set());
    expect(world.persons.count).toBe(2);
    expect([...world.persons.values]).toEqual([100, 0]);
    expect([...world.exposures.start]).toEqual([0, 0, 2]);
    expect([...world.exposures.firstAt]).toEqual([60, 70]);
    const without = negativeControl({ persons, exposures }, ordersOf(history), LANDMARK, new Set([1]));
    expect(without.exposures.person).toHaveLength(0);
  });

  it('at the first order takes its amount, and what was read from then on', () => {
    const history: History = {
      persons: 2,
      contents: 1,
      touches: [
        { person: 0, content: 0, at: 12 },
        { person: 1, content: 0, at: 4 },
      ],
      orders: [
        { person: 0, at: 10, value: 500 },
        { person: 0, at: 20, value: 1 },
        { person: 1, at: 6, value: 70 },
      ],
    };
    const { persons, exposures } = rankInputOf(history, 'first-order', { fdr: 0.1 });
    const world = negativeControl({ persons, exposures }, ordersOf(history), 'first-order', new Set());
    expect([...world.persons.values]).toEqual([500, 70]);
    expect([...world.exposures.person]).toEqual([0]);
  });

  it('catches items that are read because of what readers had been worth', () => {
    const control = checked(worldOf(1, { targeted: 4 })).named.get('negative control')!;
    expect(control).toMatchObject({ passed: false, of: ITEMS });
    expect(control.found).toBeGreaterThanOrEqual(4);
    expect(checked(worldOf(1, { targeted: 4 })).passed).toBe(false);
  });

  it('passes worlds where reading goes with value by activity alone, and where items raise value', () => {
    const passed = Array.from({ length: 12 }, (_, i) => {
      const world = worldOf(100 + i, { persons: 1500, raising: i % 2 ? 4 : 0 });
      return checked(world).named.get('negative control')!.passed;
    });
    expect(passed.filter((word) => word === true).length).toBeGreaterThanOrEqual(11);
  });
});

describe('shuffled values', () => {
  it('let something stand out no more often than the rate says', () => {
    const input = rankInputOf(worldOf(2, { persons: 1500 }), LANDMARK, { fdr: 0.1 });
    const { compared, adjustment } = rank(input);
    const found = shufflesWithCalls(
      compared,
      adjustment.logValues,
      adjustment.cells,
      input.scope.lastActiveAt,
      { shuffles: 200, fdr: 0.1, seed: 1, isTested: () => true },
    );
    // 20 are to be expected at most; more than 38 come by chance less than once in ten thousand times.
    expect(found).toBeLessThanOrEqual(38);
  });
});

describe('value before', () => {
  it('is as high for readers as for others where nobody was chosen, but for what activity does', () => {
    const input = rankInputOf(worldOf(3), LANDMARK, { fdr: 0.1 });
    const { of, ratio } = valueBefore(input, ordersOf(worldOf(3)));
    expect(of).toBe(ITEMS);
    expect(ratio).toBeLessThan(1.2);
  });

  it('tells of items that went to people who were worth more, which leaves the verdicts alone', () => {
    const history = worldOf(4, { targeted: ITEMS });
    const { named, passed } = checked(history);
    const before = named.get('value before')!;
    expect(before).toMatchObject({ passed: false, found: ITEMS, of: ITEMS });
    expect(before.ratio).toBeGreaterThan(1.3);
    // All are chosen alike: the excess is over what they have in common.
    expect(passed).toBe(true);
  });

  it('says nothing where nobody was there before the items came out', () => {
    const history = worldOf(5);
    const late = { ...history, publishedAt: Array<number>(ITEMS).fill(5) };
    expect(checked(late).named.get('value before')).toMatchObject({ passed: null, found: null });
  });
});

describe('the checks together', () => {
  it('pass a ranking that tells the truth, whose halves agree on the top', () => {
    const { named, passed } = checked(worldOf(6, { raising: 8 }));
    expect(passed).toBe(true);
    const halves = named.get('split halves')!;
    expect(halves).toMatchObject({ passed: true, of: 8 });
    expect(halves.found).toBeGreaterThanOrEqual(7);
  });

  it('say of a ranking without anything remarkable that its order cannot be judged', () => {
    const verdicts = [7, 8, 9].map((seed) => checked(worldOf(seed)).named.get('split halves')!.passed);
    expect(verdicts).not.toContain(false);
    expect(verdicts).toContain(null);
  });

  it('say nothing of fewer than fifteen items, neither passed nor failed', () => {
    const { checks, passed } = checked(worldOf(10, { items: 12 }));
    expect(passed).toBeNull();
    for (const { name, passed: of, note } of checks) {
      if (name === 'value before') continue;
      expect(of).toBeNull();
      expect(note).toBe('too few items can be compared');
    }
  });
});
