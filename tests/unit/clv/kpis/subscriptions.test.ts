import { describe, expect, test } from 'vitest';
import { lastYear } from '../../../../server/src/clv/kpis/retention';
import {
  addSubscriber,
  noMonths,
  type SubscriptionSpan,
} from '../../../../server/src/clv/kpis/subscription-months';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { DAY, grid, NOW, START } from './people';

const months = grid();
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const followed = (...people: SubscriptionSpan[][]) => {
  const sums = noMonths(months);
  const parts = people.map((spans) => addSubscriber(spans, months, NOW, sums, lastYear(months)));
  const of = (name: string) => sums[months.names.indexOf(name)]!;
  return { sums, parts, of };
};

describe('subscriptions month by month', () => {
  test('begin, run and end', () => {
    const { of } = followed([{ startedAt: at('2025-01-15'), endedAt: at('2025-03-10'), mrr: 4_900 }]);
    expect(of('2024-12')).toMatchObject({ active: 0, started: 0 });
    expect(of('2025-01')).toMatchObject({
      active: 1,
      started: 1,
      mrr: 4_900,
      newMrr: 4_900,
      activeBefore: 0,
    });
    expect(of('2025-02')).toMatchObject({ active: 1, started: 0, mrr: 4_900, activeBefore: 1 });
    expect(of('2025-03')).toMatchObject({ active: 0, ended: 1, churnedMrr: 4_900, mrrBefore: 4_900 });
  });

  test.each([
    ['the same day', '2025-03-31', '2025-03-31'],
    ['the next day', '2025-03-31', '2025-04-01'],
    ['the first of a month', '2025-04-01', '2025-04-01'],
  ])(
    'that change their price (the old one ends, the new one begins %s) expand, and lose nobody',
    (_, ends, begins) => {
      const midnight = (day: string) => Date.parse(`${day}T00:00:00+02:00`);
      const { sums, of } = followed([
        { startedAt: at('2025-01-10'), endedAt: midnight(ends), mrr: 1_000 },
        { startedAt: midnight(begins), endedAt: null, mrr: 1_500 },
      ]);
      expect(sums.reduce((sum, month) => sum + month.ended, 0)).toBe(0);
      expect(sums.reduce((sum, month) => sum + month.expansionMrr, 0)).toBe(500);
      expect(of('2025-05')).toMatchObject({ active: 1, mrr: 1_500 });
    },
  );

  test('add up: each month’s MRR is the one before with all that came and went', () => {
    const random = seededRandom(8);
    const people = Array.from({ length: 200 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, (): SubscriptionSpan => {
        const startedAt = START + random() * (NOW - START);
        const endedAt = random() < 0.6 ? startedAt + random() * 300 * DAY : null;
        return { startedAt, endedAt, mrr: Math.floor(random() * 5_000) };
      }),
    );
    const { sums, parts } = followed(...people);
    for (let i = 1; i < sums.length; i++) {
      const {
        mrrBefore,
        newMrr,
        churnedMrr,
        expansionMrr,
        contractionMrr,
        mrr,
        active,
        activeBefore,
        started,
        ended,
      } = sums[i]!;
      expect(mrrBefore).toBe(sums[i - 1]!.mrr);
      expect(mrrBefore + newMrr - churnedMrr + expansionMrr - contractionMrr).toBe(mrr);
      expect(activeBefore + started - ended).toBe(active);
    }
    const { from, to } = lastYear(months);
    const year = sums.slice(from, to);
    expect(parts.reduce((sum, { churnedMrr }) => sum + churnedMrr, 0)).toBe(
      year.reduce((sum, { churnedMrr }) => sum + churnedMrr, 0),
    );
    expect(parts.reduce((sum, { mrrBefore }) => sum + mrrBefore, 0)).toBe(
      year.reduce((sum, { mrrBefore }) => sum + mrrBefore, 0),
    );
  });
});
