import type { Landmark, RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import type { Formats } from '../../format';
import type { MessageId, Text } from '../../text';

export const VALUE_NAME: Record<SnapshotHead['value'], MessageId> = {
  clv: 'clv.value.clv',
  margin: 'clv.value.margin',
  revenue: 'clv.value.revenue',
  predicted: 'clv.value.predicted',
  total: 'clv.value.total',
};

/** A landmark's name and what it means. */
export function landmarkWords(landmark: Landmark, text: Text, format: Formats) {
  if (landmark === 'first-order')
    return { name: text('clv.landmark.first-order'), meaning: text('clv.landmark.first-order.meaning') };
  if (landmark === 'all')
    return { name: text('clv.landmark.all'), meaning: text('clv.landmark.all.meaning') };
  const date = format.date(landmark);
  return { name: text('clv.landmark.date', { date }), meaning: text('clv.landmark.date.meaning', { date }) };
}

type Judged = Omit<RankedItem, 'previousPosition'>;

/** "+38 %" and its interval, for sentences. */
export function excessWords({ excess, excessLow, excessHigh }: Judged, format: Formats) {
  return {
    amount: format.share(excess),
    low: format.share(excessLow, excess ?? 0),
    high: format.share(excessHigh, excess ?? 0),
  };
}

/** Whether enough people read it and did not, yet nothing could be adjusted: readers and others are too unlike. */
export const isRefused = ({ verdict, adjustedDifference }: Judged) =>
  verdict !== 'not enough data' && verdict !== 'support-like' && adjustedDifference === null;

/** Why an item has its verdict, in one plain sentence with its figures. */
export function verdictReason(item: Judged, snapshot: SnapshotHead, text: Text, format: Formats): string {
  const { needed, fdr, report } = snapshot;
  const values = { ...excessWords(item, format), fdr: format.percent(fdr) };
  switch (item.verdict) {
    case 'associated':
      return text('clv.reason.associated', values);
    case 'below typical':
      return text('clv.reason.below-typical', values);
    case 'not distinguishable':
      if (isRefused(item)) return text('clv.reason.no-overlap');
      if (!report.typical)
        return text('clv.reason.no-typical', { n: report.comparable, needed: report.itemsNeeded });
      return text(item.excess === null ? 'clv.reason.no-variance' : 'clv.reason.not-distinguishable', values);
    case 'support-like':
      return text('clv.reason.support-like', {
        already: format.integer(item.readersAlreadyCustomers),
        readers: format.integer(item.readers),
      });
    case 'not enough data':
      if (item.exposed < needed) return text('clv.reason.few-readers', { n: item.exposed, needed });
      if (item.unexposed < needed) return text('clv.reason.few-others', { n: item.unexposed, needed });
      return text('clv.reason.few-people');
  }
}

/** "Not enough data: 12 of 30 readers", or why else there is no figure; it stands in the place of one. */
export function shortfall(item: Judged, { needed }: SnapshotHead, text: Text): string {
  if (item.verdict === 'support-like') return text('clv.shortfall.support');
  if (item.verdict !== 'not enough data') return text('clv.shortfall.overlap');
  if (item.exposed < needed) return text('clv.shortfall.readers', { n: item.exposed, needed });
  if (item.unexposed < needed) return text('clv.shortfall.others', { n: item.unexposed, needed });
  return text('clv.shortfall.people');
}
