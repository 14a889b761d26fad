import type { Figure } from '../api-types';
import { exactly, mapFigure, meanFigure, NEEDED, notEnough, shareFigure } from '../kpis/figure';
import { arpuOf, churnOf, YEAR } from '../kpis/quantities';
import { type Sums, sumsFigure } from '../kpis/sums';
import { type KpiCollector, MRR } from './collector';
import type { People } from './people';
import { READING } from './reading-count';

/** A share that may come out a little beyond 1 at the upper limit. */
const capped = (figure: Figure): Figure => mapFigure(figure, (value) => Math.min(1, value));

/** A share that is 0 so far, of several trials of each person, who are what is counted. */
function noneSoFar({ n }: Sums, trials: number, of: 'customers' | 'people'): Figure {
  const figure = n < NEEDED ? notEnough(of, n, NEEDED) : shareFigure(0, trials, of);
  return 'value' in figure ? { ...figure, n } : figure;
}

/** The mean over customers of something in minor units. */
export function meanOver(values: number[]): Figure {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return meanFigure(values.length, sum, squares, 'customers');
}

/** Share of the customers at a month's beginning who leave within it, over the last year, by the rule of inactivity. */
export function churnFigure({ year }: People): Figure {
  const [lost, atRisk] = [year.totals[YEAR.lost]!, year.totals[YEAR.atRisk]!];
  if (atRisk === 0) return notEnough('months', 0, 1);
  return lost === 0 ? noneSoFar(year, atRisk, 'customers') : capped(sumsFigure(year, churnOf));
}

/** Months that a customer stays: 1/churn. While nobody has left, nobody knows. */
export function lifetimeFigure(churn: Figure): Figure {
  if (!('value' in churn)) return churn;
  return churn.value > 0 ? mapFigure(churn, (value) => 1 / value) : notEnough('customers', 0, 1);
}

/** Share of those who were customers a year before the end of the last complete month who are so at its end. */
export function retentionFigure({ activity }: People, { grid }: KpiCollector): Figure {
  const month = grid.names.length - 2;
  if (month < 11) return notEnough('months', month + 1, 12);
  return shareFigure(activity.kept[month]!, activity.keptOf[month]!, 'customers');
}

/** Revenue per active customer and month over the last year, in minor units. */
export function arpuFigure({ year }: People): Figure {
  if (year.totals[YEAR.activeMonths] === 0) return notEnough('months', 0, 1);
  return sumsFigure(year, arpuOf, { positive: false });
}

/** MRR now, in minor units. */
export function mrrFigure({ subscriptionCount, subscriptions }: KpiCollector): Figure {
  const latest = subscriptions.at(-1)!;
  return subscriptionCount === 0 ? notEnough('subscriptions', 0, 1) : exactly(latest.mrr, latest.active);
}

/** Share of the MRR at a month's beginning that leaves with its subscribers, over the last year. */
export function mrrChurnFigure({ mrr }: KpiCollector): Figure {
  const churned = mrr.totals[MRR.churned]!;
  if (mrr.n === 0) return notEnough('subscriptions', 0, 1);
  if (churned === 0) return exactly(0, mrr.n);
  return capped(
    sumsFigure(mrr, (totals) => totals[MRR.churned]! / totals[MRR.before]!, { of: 'subscriptions' }),
  );
}

/**
 * Content engagement rate: of all pairs of an identified person and an item that they opened, the share that was read
 * for half a minute in focus, all visits together, or downloaded.
 */
export function engagementFigure({ reading: { sums } }: KpiCollector): Figure {
  if (sums.n === 0) return notEnough('people', 0, 1);
  if (sums.totals[READING.engaged] === 0) return noneSoFar(sums, sums.totals[READING.pairs]!, 'people');
  const rate = (totals: number[]) => totals[READING.engaged]! / totals[READING.pairs]!;
  return capped(sumsFigure(sums, rate, { of: 'people' }));
}

/** The places of the last complete months, `most` at most. */
export function completeMonths(months: number, most: number): number[] {
  const complete = months - 1;
  const shown = Math.min(most, complete);
  return Array.from({ length: shown }, (_, i) => complete - shown + i);
}
