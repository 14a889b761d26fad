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

/** Why an item has its verdict, in one plain sentence with its figures. */
export function verdictReason(item: RankedItem, snapshot: SnapshotHead, text: Text, format: Formats): string {
  const { needed, fdr, currency } = snapshot;
  const difference = item.difference ?? 0;
  const values = { amount: format.money(Math.abs(difference), currency), fdr: format.percent(fdr) };
  switch (item.verdict) {
    case 'associated':
      return text(difference > 0 ? 'clv.reason.associated' : 'clv.reason.associated.rank', values);
    case 'below typical':
      return text(difference < 0 ? 'clv.reason.below-typical' : 'clv.reason.below-typical.rank', values);
    case 'not distinguishable':
      return text('clv.reason.not-distinguishable');
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

/** Whether so few people read it (or did not) that its figures would only mislead at a glance. */
export const isTooEarly = ({ verdict, difference }: Pick<RankedItem, 'verdict' | 'difference'>) =>
  verdict === 'not enough data' || difference === null;

/** "Not enough data: 12 of 30 readers", in place of figures that would mislead. */
export function shortfall(item: RankedItem, { needed }: SnapshotHead, text: Text): string {
  if (item.exposed < needed) return text('clv.shortfall.readers', { n: item.exposed, needed });
  if (item.unexposed < needed) return text('clv.shortfall.others', { n: item.unexposed, needed });
  return text('clv.shortfall.people');
}
