import { describe, expect, test } from 'vitest';
import { monthGrid } from '../../../../server/src/clv/kpis/month-grid';
import { follow, GapDays, lastYear, noActivity } from '../../../../server/src/clv/kpis/retention';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { DAY, grid, NOW, START } from './people';

describe('months', () => {
  test('begin at midnight of the time zone, the clock changed or not', () => {
    const { names, starts, indexOf } = grid();
    expect(names[0]).toBe('2024-01');
    expect(names.at(-1)).toBe('2026-03');
    expect(starts).toHaveLength(names.length + 1);
    expect(new Date(starts[5]!).toISOString()).toBe('2024-05-31T22:00:00.000Z');
    expect(indexOf(starts[5]!)).toBe(5);
    expect(indexOf(starts[5]! - 1)).toBe(4);
    expect([indexOf(0), indexOf(NOW + 900 * DAY)]).toEqual([0, names.length - 1]);
  });

  test('reach back a hundred years at most, and are one at least', () => {
    expect(monthGrid(-1e14, NOW, 'UTC').names).toHaveLength(1_200);
    expect(monthGrid(NOW + DAY * 400, NOW, 'UTC').names).toEqual(['2026-03']);
  });
});

describe('without a contract', () => {
  const months = grid();
  const inactivity = 100 * DAY;

  test('activity, churn and a year’s retention are those that the rule says, day by day', () => {
    const random = seededRandom(11);
    const histories = Array.from({ length: 300 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 8) }, () => START + random() * (NOW - START)).sort(
        (a, b) => a - b,
      ),
    );
    const found = noActivity(months.names.length);
    const windows = histories.map((times) => follow(times, inactivity, months, found));

    const activeAt = (times: number[], moment: number) =>
      times[0]! < moment && times.at(-1)! + inactivity > moment;
    const { from, to } = lastYear(months);
    const window = { activeMonths: 0, atRisk: 0, lost: 0 };
    for (const [month] of months.names.entries()) {
      const [begin, end] = [months.starts[month]!, months.starts[month + 1]!];
      const atStart = histories.filter((times) => activeAt(times, begin));
      const lost = atStart.filter((times) => !activeAt(times, end));
      const active = histories.filter((times) => times[0]! < end && times.at(-1)! + inactivity > begin);
      const yearAgo =
        month < 11 ? [] : histories.filter((times) => activeAt(times, months.starts[month - 11]!));
      expect(found.atStart[month], months.names[month]).toBe(atStart.length);
      expect(found.lost[month], months.names[month]).toBe(lost.length);
      expect(found.active[month], months.names[month]).toBe(active.length);
      expect(found.keptOf[month], months.names[month]).toBe(yearAgo.length);
      expect(found.kept[month]).toBe(yearAgo.filter((times) => activeAt(times, end)).length);
      if (month < from || month >= to) continue;
      window.activeMonths += active.length;
      window.atRisk += atStart.length;
      window.lost += lost.length;
    }
    const sum = (name: keyof typeof window) => windows.reduce((total, one) => total + one[name], 0);
    expect({ activeMonths: sum('activeMonths'), atRisk: sum('atRisk'), lost: sum('lost') }).toEqual(window);
    expect(window.lost).toBeGreaterThan(100);
  });

  test('the rule is the time within which nine in ten repeat orders came', () => {
    const gaps = new GapDays();
    for (let days = 1; days <= 100; days++) gaps.add(days * DAY);
    for (let i = 0; i < 500; i++) gaps.add(DAY / 2);
    expect(gaps.inactivityDays()).toBe(91);
  });

  test('the rule is a year while there are few repeat orders, and never less than a month or more than two years', () => {
    const [few, fast, slow] = [new GapDays(), new GapDays(), new GapDays()];
    for (let i = 0; i < 29; i++) few.add(9 * DAY);
    for (let i = 0; i < 50; i++) {
      fast.add(2 * DAY);
      slow.add(5_000 * DAY);
    }
    expect([few, fast, slow].map((gaps) => gaps.inactivityDays())).toEqual([365, 30, 730]);
  });
});
