import { describe, expect, test } from 'vitest';
import { JUDGES } from '../../../../server/src/activation/triggers/kinds';
import { monthsLater, renewalAfter } from '../../../../server/src/activation/triggers/kinds/renewal-near';
import type {
  Before,
  Circumstances,
  Judgement,
  Look,
} from '../../../../server/src/activation/triggers/kinds/standing';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);

const circumstances = (more: Partial<Circumstances> = {}): Circumstances => ({
  settings: {},
  now: NOW,
  baselineAt: 0,
  known: true,
  tiers: ['best', 'middle', 'last'],
  nextOrderDay: () => null,
  startOfDay: (day) => Date.parse(`${day}T00:00:00Z`),
  isAbout: () => true,
  keyOf: (id) => `item-${id}`,
  ...more,
});
const look = (more: object): Look => ({
  personId: 'p',
  row: null,
  orders: [],
  subscriptions: [],
  touches: [],
  ...more,
});
/** What is kept after a judgement. */
const kept = ({ standings }: Judgement, at = NOW): Map<string, Before> =>
  new Map(standings.map(({ subject, side }) => [subject, { side, updatedAt: at }]));

describe('a tier', () => {
  const up = JUDGES['tier-up'];
  const of = (tier: string | null) => look({ row: { kind: 'customer', tier } });
  test('is crossed only from one of the list to a better one of the list', () => {
    const stood = (tier: string | null) => kept(up(of(tier), new Map(), circumstances()));
    const crossed = (from: string | null, to: string | null) =>
      up(of(to), stood(from), circumstances()).crossings;
    expect(crossed('last', 'best')).toEqual([{ subject: '', change: { from: 'last', to: 'best' } }]);
    expect(crossed('best', 'last')).toEqual([]);
    expect(crossed(null, 'best')).toEqual([]);
    expect(crossed('last', 'unheard of')).toEqual([]);
    expect(crossed('middle', 'middle')).toEqual([]);
  });
  test('is told of only where it is one of those that are asked for', () => {
    const settings = { tiers: ['best'] };
    const before = kept(up(of('last'), new Map(), circumstances()));
    expect(up(of('middle'), before, circumstances({ settings })).crossings).toEqual([]);
    expect(up(of('best'), before, circumstances({ settings })).crossings).toHaveLength(1);
  });
});

describe('a probability', () => {
  test('of which nothing was known crosses nothing when it becomes known', () => {
    const risk = JUDGES['churn-risk'];
    const unknown = risk(look({ row: { kind: 'customer', pAlive: null } }), new Map(), circumstances());
    const far = look({ row: { kind: 'customer', pAlive: 0.1 } });
    expect(risk(far, kept(unknown), circumstances()).crossings).toEqual([]);
    expect(risk(far, new Map(), circumstances({ known: false })).crossings).toHaveLength(1);
  });
  test('of a first order does not cross again for somebody who was a customer', () => {
    const { promising } = JUDGES;
    const prospect = look({ row: { kind: 'prospect', buyProbability: 0.4 } });
    const first = promising(prospect, new Map(), circumstances({ known: false }));
    expect(first.crossings).toEqual([{ subject: '', change: { from: null, to: 0.4 } }]);
    const customer = promising(
      look({ row: { kind: 'customer', buyProbability: null } }),
      kept(first),
      circumstances(),
    );
    expect(promising(prospect, kept(customer), circumstances()).crossings).toEqual([]);
  });
});

describe('the next order', () => {
  const judge = JUDGES['next-order-due'];
  const today = Math.floor(NOW / DAY);
  const bought = (daysAgo: number) => look({ orders: [{ amount: 100, at: NOW - daysAgo * DAY }] });
  const expectedIn = (days: number) => circumstances({ nextOrderDay: () => today + days });

  test('is waited for until its day begins, and told of once', () => {
    const waiting = judge(bought(10), new Map(), expectedIn(3));
    expect(waiting.crossings).toEqual([]);
    expect(waiting.standings[1]).toMatchObject({ side: 'waiting', dueAt: (today + 3) * DAY });
    const due = judge(bought(10), kept(waiting), { ...expectedIn(3), now: (today + 3) * DAY });
    expect(due.crossings).toHaveLength(1);
    expect(due.standings[1]).toMatchObject({ side: 'due', dueAt: null });
    // The next fit expects it later: it was told of all the same.
    expect(judge(bought(10), kept(due), expectedIn(9))).toMatchObject({ crossings: [] });
  });
  test('begins anew with another order, and forgets the one before', () => {
    const due = judge(bought(10), new Map(), expectedIn(0));
    const again = judge(bought(1), kept(due), expectedIn(5));
    expect(again.crossings).toEqual([]);
    expect(again.standings.map(({ subject }) => subject)).toEqual(['', String(NOW - DAY)]);
  });
  test('that was due more than a week before we heard of the customer is history', () => {
    expect(judge(bought(400), new Map(), expectedIn(-8)).crossings).toEqual([]);
    expect(judge(bought(400), new Map(), expectedIn(-6)).crossings).toHaveLength(1);
  });
});

describe('a renewal', () => {
  test('is so many whole months after the beginning, at the end of a shorter one', () => {
    const begun = Date.UTC(2025, 0, 31, 10);
    expect(new Date(monthsLater(begun, 1)).toISOString()).toBe('2025-02-28T10:00:00.000Z');
    expect(new Date(monthsLater(begun, 13)).toISOString()).toBe('2026-02-28T10:00:00.000Z');
    expect(new Date(monthsLater(begun, 37)).toISOString()).toBe('2028-02-29T10:00:00.000Z');
  });
  test('is the first after now, whatever the period', () => {
    for (const months of [1, 3, 12]) {
      for (let day = 0; day < 1_500; day += 7) {
        const begun = NOW - day * DAY;
        const { previous, next } = renewalAfter(begun, months, NOW);
        expect(previous).toBeLessThanOrEqual(NOW);
        expect(next).toBeGreaterThan(NOW);
        let slow = begun;
        for (let n = 1; slow <= NOW; n++) slow = monthsLater(begun, n * months);
        expect(next).toBe(slow);
      }
    }
  });
  test('is near from so many days before it, once for each; never of a subscription that ends by then', () => {
    const judge = JUDGES['renewal-near'];
    const startedAt = Date.UTC(2025, 6, 10);
    const yearly = { key: 'k', startedAt, endedAt: null, billingMonths: 12 };
    const waiting = judge(look({ subscriptions: [yearly] }), new Map(), {
      ...circumstances(),
      now: NOW - 10 * DAY,
    });
    expect(waiting.crossings).toEqual([]);
    const near = judge(look({ subscriptions: [yearly] }), kept(waiting), circumstances());
    expect(near.crossings).toEqual([{ subject: 'k 2026-07-10', change: { from: null, to: '2026-07-10' } }]);
    expect(judge(look({ subscriptions: [yearly] }), kept(near), circumstances()).crossings).toEqual([]);
    const ends = { ...yearly, endedAt: Date.UTC(2026, 6, 1) };
    expect(judge(look({ subscriptions: [ends] }), kept(waiting), circumstances()).crossings).toEqual([]);
  });
});

describe('reading', () => {
  const judge = JUDGES['content-read'];
  const of = (tier: string, ...touches: [number, number][]) =>
    look({ row: { tier }, touches: touches.map(([contentId, at]) => ({ contentId, at })) });
  const inside = kept(judge(of('best'), new Map(), circumstances()), NOW - DAY);

  test('by somebody of the tier is told of once for each item', () => {
    const first = judge(of('best', [7, NOW - 10], [7, NOW - 5], [8, NOW - 3]), inside, circumstances());
    expect(first.crossings.map(({ contentId, change }) => [contentId, change.to])).toEqual([
      [7, 'item-7'],
      [8, 'item-8'],
    ]);
    expect(judge(of('best', [7, NOW]), kept(first), circumstances()).crossings).toEqual([]);
  });
  test('before the trigger was there, or before the tier, is no news', () => {
    expect(judge(of('best', [7, NOW - 2 * DAY]), inside, circumstances()).crossings).toEqual([]);
    expect(judge(of('best', [7, NOW - 10]), inside, circumstances({ baselineAt: NOW })).crossings).toEqual(
      [],
    );
    const outside = kept(judge(of('last', [7, NOW - 10]), new Map(), circumstances()));
    const risen = judge(of('best', [7, NOW - 10]), outside, circumstances());
    expect(risen.crossings).toEqual([]);
    const again = judge(of('best', [7, NOW + 5]), kept(risen), circumstances({ now: NOW + 10 }));
    expect(again.crossings).toHaveLength(1);
  });
  test('of other items, or by persons of other tiers, is not told of', () => {
    const other = circumstances({ isAbout: (id) => id !== 7 });
    expect(judge(of('best', [7, NOW - 10]), inside, other).crossings).toEqual([]);
    expect(judge(of('last', [7, NOW - 10]), inside, circumstances()).crossings).toEqual([]);
  });
});
