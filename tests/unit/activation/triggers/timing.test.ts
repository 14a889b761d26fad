import { describe, expect, test } from 'vitest';
import { timingOf } from '../../../../server/src/activation/models/timing';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, midnight UTC. */
const MONDAY = Date.UTC(2026, 0, 5);
const at = (day: number, hour: number) => MONDAY + day * DAY + hour * HOUR;

describe('when somebody usually does something', () => {
  test('is not told of fewer than five events', () => {
    expect(
      timingOf(
        [1, 2, 3, 4].map((week) => at(week * 7, 9)),
        'UTC',
      ),
    ).toBeNull();
  });

  test('is the weekday and the three hours around most of the events', () => {
    const times = [0, 7, 14, 21, 28, 30].map((day) => at(day + 1, 10));
    expect(timingOf(times, 'UTC')).toEqual({ weekday: 2, hour: 9, n: 6 });
  });

  test('goes around midnight', () => {
    const times = [at(0, 23), at(8, 0), at(14, 23), at(22, 0), at(28, 23), at(36, 0)];
    const { hour } = timingOf(times, 'UTC')!;
    // 22 to 1 and 23 to 2 hold the same; of equals the first hour of the day's list.
    expect([22, 23]).toContain(hour);
  });

  test('goes by the clock of the time zone, also in summer', () => {
    const winter = [0, 1, 2, 3, 4].map((day) => Date.UTC(2026, 0, 5 + day * 7, 23, 30));
    expect(timingOf(winter, 'Europe/Rome')).toMatchObject({ weekday: 2, hour: 23 });
    const summer = [0, 1, 2, 3, 4].map((day) => Date.UTC(2026, 6, 6 + day * 7, 12));
    expect(timingOf(summer, 'Europe/Rome')).toMatchObject({ weekday: 1, hour: 13 });
  });

  test('agrees with a plain count of the smoothed windows', () => {
    // 200 events at hours drawn by a fixed rule.
    const times = Array.from({ length: 200 }, (_, i) => at(i % 5, (i * i * 7 + 3 * i) % 24));
    const counts = Array.from(
      { length: 24 },
      (_, hour) => times.filter((time) => (time / HOUR) % 24 === hour).length,
    );
    const smooth = counts.map((_, h) =>
      [1, 2, 3, 2, 1].reduce((sum, weight, k) => sum + weight * counts[(h + k - 2 + 24) % 24]!, 0),
    );
    const windows = smooth.map((_, h) => smooth[h]! + smooth[(h + 1) % 24]! + smooth[(h + 2) % 24]!);
    expect(timingOf(times, 'UTC')!.hour).toBe(windows.indexOf(Math.max(...windows)));
  });
});
