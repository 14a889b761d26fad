import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../server/src/ranking/api-types';
import { falsify } from '../../../server/src/ranking/models/falsification/falsify';
import { type History, ordersOf, rankHistory, rankInputOf } from '../../../server/src/ranking/models/history';
import type { Division } from '../../../server/src/ranking/models/landmark';
import { rank } from '../../../server/src/ranking/models/rank';
import { otherWorld } from '../../support/other-world';

const world = otherWorld({ seed: 5, persons: 2500, contents: 20, engagement: 'gamma', effect: 'spend' });
const history: History = {
  ...world.history,
  channels: world.channels,
  publishedAt: world.publishedAt,
};
const { division } = world;

/** Figures by item, for whatever is compared. */
function figuresOf(of: History, unit = 100, at: Division = division): Figures[] {
  const { items } = rankHistory(of, at, { fdr: 0.1, unit });
  return items.toSorted((a, b) => a.item - b.item).map(({ figures }) => figures);
}

/** Sums in another order differ by rounding alone. */
function near(found: Figures[], expected: Figures[], keys: (keyof Figures)[]) {
  expected.forEach((figures, item) => {
    for (const key of keys) {
      const [one, other] = [figures[key], found[item]![key]];
      if (typeof one !== 'number') expect(other, `${key} of ${item}`).toBe(one);
      else expect(Math.abs((other as number) - one)).toBeLessThan(1e-6 * Math.max(1, Math.abs(one)));
    }
  });
}

const expected = figuresOf(history);
const ALL = Object.keys(expected[0]!) as (keyof Figures)[];
const WITHOUT_UNIT: (keyof Figures)[] = [
  'exposed',
  'rho',
  'pValue',
  'adjustedRho',
  'excess',
  'excessLow',
  'excessHigh',
  'qValue',
  'score',
  'verdict',
];

describe('a ranking', () => {
  it('compares enough here to be worth the name', () => {
    expect(expected.filter(({ excess }) => excess !== null).length).toBeGreaterThan(15);
    expect(expected.some(({ verdict }) => verdict === 'associated')).toBe(true);
  });

  it('does not depend on the order of touches and orders', () => {
    const { touches, orders } = history;
    near(
      figuresOf({ ...history, touches: touches.toReversed(), orders: orders.toReversed() }),
      expected,
      ALL,
    );
  });

  it('does not depend on the numbers of persons', () => {
    const last = history.persons - 1;
    const turned = <Event extends { person: number }>(events: Event[]) =>
      events.map((event) => ({ ...event, person: last - event.person }));
    const other = {
      ...history,
      touches: turned(history.touches),
      orders: turned(history.orders),
      channels: history.channels?.toReversed(),
    };
    near(figuresOf(other), expected, ALL);
  });

  it('does not depend on the numbers of items', () => {
    const last = history.contents - 1;
    const other = {
      ...history,
      touches: history.touches.map((touch) => ({ ...touch, content: last - touch.content })),
      publishedAt: history.publishedAt?.toReversed(),
    };
    near(figuresOf(other).toReversed(), expected, ALL);
  });

  it('does not depend on how many minor units make a major one, nor on touches told twice', () => {
    const finer = history.orders.map((order) => ({ ...order, value: 1000 * order.value }));
    near(figuresOf({ ...history, orders: finer }, 100_000), expected, WITHOUT_UNIT);
    near(figuresOf({ ...history, touches: [...history.touches, ...history.touches] }), expected, ALL);
  });

  it('keeps the ranks in another currency, and hardly changes the excess', () => {
    const yen = figuresOf(history, 1);
    near(yen, expected, ['exposed', 'rho', 'pValue', 'rankBiserial']);
    yen.forEach(({ excess }, item) => {
      const euros = expected[item]!;
      if (excess === null || euros.excess === null) return;
      // log(1 + value) is a logarithm only where values are large: zeros weigh more in a smaller unit.
      expect(Math.abs(excess - euros.excess)).toBeLessThan(2 * (euros.excessHigh! - euros.excessLow!));
    });
  });

  it('is checked the same way each time', () => {
    const input = rankInputOf(history, division, { fdr: 0.1 });
    const checks = () => falsify(input, rank(input), ordersOf(history));
    expect(checks()).toEqual(checks());
  });

  it.each<Division>(['all', 'first-order', { at: Date.UTC(2030, 0, 1) }])(
    'has no figure that is not finite with the landmark %o',
    (at) => {
      for (const figures of figuresOf(history, 100, at)) {
        for (const value of Object.values(figures)) {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        }
      }
    },
  );
});
