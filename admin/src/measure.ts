import type { Figures, SnapshotHead } from '../../server/src/ranking/api-types';
import { commonScale, type Interval, type Scale, shareTicks } from './components/interval-scale';
import type { Formats } from './format';
import type { MessageId } from './text';

type Measured = Pick<
  Figures,
  | 'excess'
  | 'excessLow'
  | 'excessHigh'
  | 'adjustedDifference'
  | 'adjustedDifferenceLow'
  | 'adjustedDifferenceHigh'
>;

/** The figure by which the items of a ranking are shown and compared. */
export interface Measure {
  kind: 'excess' | 'adjusted';
  name: MessageId;
  /** What it means, in one sentence. */
  meaning: MessageId;
  of(figures: Measured): Interval;
  scale(intervals: Interval[]): Scale;
  /** With its sign; `beside` is the largest figure next to it. */
  write(value: number | null, beside?: number): string;
  /** An end of an interval, whose figure stands beside it. */
  end(value: number | null, beside?: number): string;
  tick(value: number): string;
}

/** By how much items exceed the typical one. */
export const excessMeasure = (format: Formats): Measure => ({
  kind: 'excess',
  name: 'clv.measure.excess',
  meaning: 'clv.figure.excess.meaning',
  of: ({ excess: value, excessLow: low, excessHigh: high }) => ({ value, low, high }),
  scale: (intervals) => commonScale(intervals, shareTicks),
  write: format.share,
  end: format.share,
  tick: (value) => (value === 0 ? '0' : format.share(value)),
});

/** By how much readers differ from people like them. */
export const adjustedMeasure = (format: Formats, currency: string): Measure => ({
  kind: 'adjusted',
  name: 'clv.measure.adjusted',
  meaning: 'clv.figure.adjusted-difference.meaning',
  of: (figures) => ({
    value: figures.adjustedDifference,
    low: figures.adjustedDifferenceLow,
    high: figures.adjustedDifferenceHigh,
  }),
  scale: (intervals) => commonScale(intervals),
  write: (value, beside) => format.signedMoney(value, currency, beside),
  end: (value, beside) => format.money(value, currency, beside),
  tick: (value) => (value === 0 ? '0' : format.shortMoney(value, currency)),
});

/** The excess, or the adjusted difference where too few items can be compared for one of them to be typical. */
export const measureOf = (
  { report, currency }: Pick<SnapshotHead, 'report' | 'currency'>,
  format: Formats,
) => (report.typical ? excessMeasure(format) : adjustedMeasure(format, currency));
