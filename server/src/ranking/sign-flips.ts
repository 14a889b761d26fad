import type { RankingReport } from './api-types';
import { passedAll } from './models/falsification/falsify';
import type { PreviousItem } from './snapshots/latest';
import type { SnapshotItem } from './snapshots/save';

/**
 * Adds to the checks of a ranking how many of the items that stood out, now or in the run before, have changed sides since:
 * above the typical item then, below it now, or the other way round.
 */
export function withFlips(
  report: RankingReport,
  items: SnapshotItem[],
  previous: ReadonlyMap<number, PreviousItem>,
): RankingReport {
  if (!report.falsification || !report.typical) return report;
  let of = 0;
  let found = 0;
  for (const { contentId, figures } of items) {
    const before = previous.get(contentId);
    if (figures.excess === null || before === undefined || before.excess === null) continue;
    if (!standsOut(figures.verdict) && !standsOut(before.verdict)) continue;
    of++;
    if (figures.excess > 0 !== before.excess > 0) found++;
  }
  const name = 'sign flips';
  const check =
    of === 0
      ? { name, passed: null, expected: null, found: null, of: null, note: 'no run to compare with' }
      : { name, passed: found === 0, expected: 0, found, of, note: null };
  const checks = [...report.falsification.checks, check] as typeof report.falsification.checks;
  return { ...report, falsification: { checks, passed: passedAll(checks) } };
}

const standsOut = (verdict: string): boolean => verdict === 'associated' || verdict === 'below typical';
