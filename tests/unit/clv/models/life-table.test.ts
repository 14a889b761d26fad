import { describe, expect, it } from 'vitest';
import {
  lifeTableOfCohorts,
  lifeTableOfSubscriptions,
  renewalsBetween,
} from '../../../../server/src/clv/models/life-table';

const day = (text: string) => Date.parse(`${text}T10:00:00Z`);
const monthly = (start: string, end: string | null) => ({
  start: day(start),
  end: end === null ? null : day(end),
  billingMonths: 1,
});

describe('the life table of cohorts', () => {
  it('adds up who left and who went on at each renewal, whatever the age of a cohort', () => {
    expect(lifeTableOfCohorts([[100, 80, 70], [50, 45], [10]])).toEqual({ lost: [25, 10], kept: [125, 70] });
  });

  it('refuses counts that rise or are none', () => {
    expect(() => lifeTableOfCohorts([[5], [100, 80, 90]])).toThrow(
      'cohort 2 counts 90 subscribers after 2 renewals and 80 before',
    );
    expect(() => lifeTableOfCohorts([[Number.NaN, 1]])).toThrow('cohort 1');
    expect(() => lifeTableOfCohorts([[3, -1]])).toThrow('cohort 1');
  });
});

describe('the life table of subscriptions', () => {
  const until = day('2026-06-15');

  it('counts the renewals that came to pass', () => {
    const running = monthly('2026-03-10', null);
    const leftInSecondPeriod = monthly('2026-03-10', '2026-04-20');
    expect(lifeTableOfSubscriptions([running, leftInSecondPeriod], until)).toEqual({
      lost: [0, 1, 0],
      kept: [2, 1, 1],
    });
  });

  it('takes an end on the day of a renewal for a renewal refused', () => {
    expect(lifeTableOfSubscriptions([monthly('2026-03-10', '2026-04-10')], until)).toEqual({
      lost: [1],
      kept: [0],
    });
  });

  it('waits with those who left until their renewal would have come, as it does with those who stay', () => {
    const both = [monthly('2026-06-01', '2026-06-05'), monthly('2026-06-01', null)];
    expect(lifeTableOfSubscriptions(both, until)).toEqual({ lost: [], kept: [] });
    expect(lifeTableOfSubscriptions(both, day('2026-07-01'))).toEqual({ lost: [1], kept: [1] });
  });

  it('takes an end that is yet to come for running', () => {
    expect(lifeTableOfSubscriptions([monthly('2026-04-15', '2026-09-01')], until)).toEqual({
      lost: [0, 0],
      kept: [1, 1],
    });
  });

  it('gives the same as the counts of a cohort', () => {
    const ends = ['2026-01-20', '2026-02-20', null, null, '2026-02-25'];
    const subscriptions = ends.map((end) => monthly('2026-01-10', end));
    expect(lifeTableOfSubscriptions(subscriptions, day('2026-04-20'))).toEqual(
      lifeTableOfCohorts([[5, 4, 2, 2]]),
    );
  });

  it('refuses an end before the start, and no billing', () => {
    expect(() => lifeTableOfSubscriptions([monthly('2026-03-10', '2026-03-01')], until)).toThrow(
      'subscription 1 ends before it starts',
    );
    const never = { ...monthly('2026-03-10', null), billingMonths: 0 };
    expect(() => lifeTableOfSubscriptions([never], until)).toThrow('is billed every 0 months');
  });
});

describe('renewals by the calendar', () => {
  it.each([
    ['2026-01-31', '2026-02-27', 1, 0],
    ['2026-01-31', '2026-02-28', 1, 1],
    ['2026-01-31', '2026-03-30', 1, 1],
    ['2026-01-31', '2026-03-31', 1, 2],
    ['2024-02-29', '2025-02-28', 12, 1],
    ['2026-01-10', '2026-12-09', 3, 3],
    ['2026-01-10', '2025-01-01', 1, 0],
  ])('from %s to %s, billed every %d months: %d', (from, to, billingMonths, renewals) => {
    expect(renewalsBetween(day(from), day(to), billingMonths)).toBe(renewals);
  });
});
