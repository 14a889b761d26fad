import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { historyOfFiles } from '../../../server/src/cli/rank/history-of-files';
import { rankHistory } from '../../../server/src/ranking/models/history';
import { divisionOf } from '../../../server/src/ranking/models/landmark';
import { benjaminiHochberg } from '../../../server/src/stats/benjamini-hochberg';
import { benjaminiYekutieli } from '../../../server/src/stats/benjamini-yekutieli';
import { correlationPValue } from '../../../server/src/stats/correlation-p-value';
import { fisherInterval } from '../../../server/src/stats/fisher-interval';
import { hodgesLehmann } from '../../../server/src/stats/hodges-lehmann';
import { holm } from '../../../server/src/stats/holm';
import { kendallTauB } from '../../../server/src/stats/kendall-tau-b';
import { mannWhitney } from '../../../server/src/stats/mann-whitney';
import { partialPearson } from '../../../server/src/stats/partial-pearson';
import { partialSpearman } from '../../../server/src/stats/partial-spearman';
import { pearson } from '../../../server/src/stats/pearson';
import { pointBiserial } from '../../../server/src/stats/point-biserial';
import { rankBiserial } from '../../../server/src/stats/rank-biserial';
import { rankSums } from '../../../server/src/stats/rank-sums';
import { spearman } from '../../../server/src/stats/spearman';
import { directly, joinedTable } from '../ranking/direct';

const folder = process.env.CLV_REFERENCE_DATA;
if (!folder) {
  console.info(
    'CLV_REFERENCE_DATA is not set (the folder with the reference data): comparisons with it are skipped',
  );
}

const near = (actual: number, expected: number, tolerance = 1e-9) =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThan(tolerance);

describe.skipIf(!folder)('the reference data', () => {
  describe('of R 4.2.2 on its mtcars data', mtcars);
  describe('of the complete journey', completeJourney);
});

function mtcars() {
  const file = path.join(folder ?? '', 'reference', 'statistics.json');
  const reference = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const { mpg, wt, hp, cyl, am } = (reference?.mtcars ?? {}) as Record<string, number[]>;
  const expected = reference?.expected;
  const n = mpg?.length ?? 0;
  const group = (transmission: number) => mpg!.filter((_, i) => am![i] === transmission);

  it('is where CLV_REFERENCE_DATA says', () => {
    expect(n, `${file} must hold the reference values`).toBe(32);
  });

  it('agrees on Spearman', () => {
    const rho = spearman(mpg!, wt!);
    near(rho, expected.spearman_mpg_wt.rho);
    expect(correlationPValue(rho, n) / expected.spearman_mpg_wt.p - 1).toBeCloseTo(0, 3);
  });

  it('agrees on Pearson and its interval', () => {
    const r = pearson(mpg!, wt!);
    near(r, expected.pearson_mpg_wt.r);
    near(correlationPValue(r, n) / expected.pearson_mpg_wt.p, 1);
    const { low, high } = fisherInterval(r, n);
    near(low, expected.pearson_mpg_wt.ci95[0]);
    near(high, expected.pearson_mpg_wt.ci95[1]);
  });

  it("agrees on Kendall's τ-b", () => {
    const { tau, pValue } = kendallTauB(mpg!, wt!);
    near(tau, expected.kendall_mpg_wt.tau_b);
    near(pValue / expected.kendall_mpg_wt.p, 1);
  });

  it('agrees on the point-biserial correlation', () => {
    const { r, pValue, low, high } = pointBiserial(am!, mpg!);
    near(r, expected.pointBiserial_am_mpg.r);
    near(pValue, expected.pointBiserial_am_mpg.p);
    near(low, expected.pointBiserial_am_mpg.ci95[0]);
    near(high, expected.pointBiserial_am_mpg.ci95[1]);
  });

  it('agrees on Mann–Whitney and the rank-biserial correlation', () => {
    const sums = rankSums(group(0), group(1));
    const corrected = mannWhitney(sums);
    expect(corrected.u).toBe(expected.mannWhitney_mpg_by_am.W);
    near(corrected.pValue, expected.mannWhitney_mpg_by_am.pContinuityCorrected);
    near(mannWhitney(sums, false).pValue, expected.mannWhitney_mpg_by_am.p);
    near(
      rankBiserial(rankSums(group(1), group(0))),
      expected.mannWhitney_mpg_by_am.rankBiserial_am1_minus_am0,
    );
  });

  it('agrees on Hodges–Lehmann', () => {
    const { shift, low, high } = hodgesLehmann(group(1), group(0));
    near(shift, expected.hodgesLehmann_am1_minus_am0.shift, 1e-4);
    near(low, expected.hodgesLehmann_am1_minus_am0.ci95[0], 1e-4);
    near(high, expected.hodgesLehmann_am1_minus_am0.ci95[1], 1e-4);
  });

  it('agrees on partial correlations', () => {
    const one = partialPearson(mpg!, wt!, [hp!]);
    near(one, expected.partialPearson_mpg_wt_given_hp.r);
    near(correlationPValue(one, n, 1), expected.partialPearson_mpg_wt_given_hp.p);
    const two = partialPearson(mpg!, wt!, [hp!, cyl!]);
    near(two, expected.partialPearson_mpg_wt_given_hp_cyl.r);
    near(correlationPValue(two, n, 2), expected.partialPearson_mpg_wt_given_hp_cyl.p);
    const ranks = partialSpearman(mpg!, wt!, [hp!]);
    near(ranks, expected.partialSpearman_mpg_wt_given_hp.rho);
    near(correlationPValue(ranks, n, 1), expected.partialSpearman_mpg_wt_given_hp.p);
  });

  it('agrees on the 15 p-values of Benjamini and Hochberg', () => {
    const { p, BH, BY, holm: byHolm, rejectedAt05 } = reference.bh1995;
    const adjusted = benjaminiHochberg(p);
    BH.forEach((q: number, i: number) => {
      near(adjusted[i]!, q);
    });
    expect(adjusted.filter((q) => q <= 0.05)).toHaveLength(rejectedAt05.BH);
    benjaminiYekutieli(p).forEach((q, i) => {
      near(q, BY[i]);
    });
    const stepwise = holm(p);
    stepwise.forEach((q, i) => {
      near(q, byHolm[i]);
    });
    // Holm rejects whatever Bonferroni does, and here no more.
    const single = p.filter((value: number) => value * p.length <= 0.05);
    expect(single).toHaveLength(rejectedAt05.bonferroni);
    expect(stepwise.filter((q) => q <= 0.05)).toHaveLength(rejectedAt05.bonferroni);
  });
}

function completeJourney() {
  const file = (name: string) => path.join(folder ?? '', 'complete-journey', `${name}.csv`);

  it.each(['all', 'first-order', '2017-06-01'] as const)(
    'gives 27 items whose ρ is that of the joined table with the landmark %s',
    async (landmark) => {
      const { history } = await historyOfFiles({
        orders: file('orders'),
        touches: file('touches'),
        contents: file('contents'),
        value: 'revenue',
        timezone: 'UTC',
      });
      const division = divisionOf(landmark, 'UTC')!;
      const { items, population } = rankHistory(history, division, { fdr: 0.1 });
      expect(items).toHaveLength(27);
      const table = joinedTable(history, typeof division === 'object' ? division.at : division);
      expect(population).toBe(table.values.length);
      for (const { item, figures } of items) {
        const direct = directly(table.values, table.exposed[item]!);
        expect(figures.exposed).toBe(direct.exposed);
        if (figures.rho === null) expect(direct.rho).toBeNaN();
        else near(figures.rho, direct.rho);
        if (figures.pValue !== null) near(figures.pValue / direct.mannWhitney, 1);
      }
    },
  );
}
