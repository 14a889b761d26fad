import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import type { Formats } from '../../format';
import type { MessageId, Text } from '../../text';

export interface Figure {
  name: MessageId;
  value: string;
  /** Its 95 % interval, where it has one. */
  interval?: string;
  /** What it means, in one sentence. */
  meaning: string;
}

/** Every figure of an item in words and numbers, in the order in which they are read; those that are null are left out. */
export function figuresOf(item: RankedItem, snapshot: SnapshotHead, text: Text, format: Formats): Figure[] {
  const beside = Math.max(
    ...[item.difference, item.differenceLow, item.differenceHigh].map((value) => Math.abs(value ?? 0)),
  );
  const money = (value: number) => format.money(value, snapshot.currency, beside);
  const signed = (value: number) => format.signedMoney(value, snapshot.currency, beside);
  const span = (low: number | null, high: number | null, write: (value: number) => string) =>
    low === null || high === null ? undefined : text('clv.interval', { low: write(low), high: write(high) });

  const rows: [MessageId, MessageId, string | null, string?][] = [
    [
      'clv.figure.difference',
      'clv.figure.difference.meaning',
      item.difference === null ? null : signed(item.difference),
      span(item.differenceLow, item.differenceHigh, money),
    ],
    [
      'clv.figure.ratio',
      'clv.figure.ratio.meaning',
      item.ratio === null ? null : `${format.coefficient(item.ratio)} ×`,
      span(item.ratioLow, item.ratioHigh, format.coefficient),
    ],
    [
      'clv.figure.rank-biserial',
      'clv.figure.rank-biserial.meaning',
      item.rankBiserial === null ? null : format.coefficient(item.rankBiserial),
    ],
    [
      'clv.figure.rho',
      'clv.figure.rho.meaning',
      item.rho === null ? null : format.coefficient(item.rho),
      span(item.rhoLow, item.rhoHigh, format.coefficient),
    ],
    ['clv.figure.p', 'clv.figure.p.meaning', item.pValue === null ? null : format.probability(item.pValue)],
    ['clv.figure.q', 'clv.figure.q.meaning', item.qValue === null ? null : format.probability(item.qValue)],
    [
      'clv.figure.adjusted-difference',
      'clv.figure.adjusted-difference.meaning',
      item.adjustedDifference === null ? null : signed(item.adjustedDifference),
      span(item.adjustedDifferenceLow, item.adjustedDifferenceHigh, money),
    ],
    [
      'clv.figure.adjusted-rho',
      'clv.figure.adjusted-rho.meaning',
      item.adjustedRho === null ? null : format.coefficient(item.adjustedRho),
      span(item.adjustedRhoLow, item.adjustedRhoHigh, format.coefficient),
    ],
    [
      'clv.figure.excess',
      'clv.figure.excess.meaning',
      item.excess === null ? null : format.coefficient(item.excess),
      span(item.excessLow, item.excessHigh, format.coefficient),
    ],
    ['clv.figure.score', 'clv.figure.score.meaning', item.score === null ? null : format.score(item.score)],
    ['clv.figure.customers', 'clv.figure.customers.meaning', alreadyCustomers(item, text, format)],
  ];
  return rows.flatMap(([name, meaning, value, interval]) =>
    value === null ? [] : [{ name, value, interval, meaning: text(meaning) }],
  );
}

function alreadyCustomers(item: RankedItem, text: Text, format: Formats): string {
  return text('clv.figure.customers.value', {
    already: format.integer(item.readersAlreadyCustomers),
    readers: format.integer(item.readers),
  });
}
