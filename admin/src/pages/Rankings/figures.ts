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

type Item = Omit<RankedItem, 'previousPosition'>;

/** The figures beside plain, adjusted and excess, in the order in which they are read; those that are null are left out. */
export function figuresOf(item: Item, text: Text, format: Formats): Figure[] {
  const span = (low: number | null, high: number | null) =>
    low === null || high === null
      ? undefined
      : text('clv.interval', { low: format.coefficient(low), high: format.coefficient(high) });
  const rows: [MessageId, MessageId, string | null, string?][] = [
    ['clv.figure.q', 'clv.figure.q.meaning', item.qValue === null ? null : format.probability(item.qValue)],
    ['clv.figure.score', 'clv.figure.score.meaning', item.score === null ? null : format.share(item.score)],
    [
      'clv.figure.adjusted-rho',
      'clv.figure.adjusted-rho.meaning',
      item.adjustedRho === null ? null : format.coefficient(item.adjustedRho),
      span(item.adjustedRhoLow, item.adjustedRhoHigh),
    ],
    [
      'clv.figure.rho',
      'clv.figure.rho.meaning',
      item.rho === null ? null : format.coefficient(item.rho),
      span(item.rhoLow, item.rhoHigh),
    ],
    [
      'clv.figure.ratio',
      'clv.figure.ratio.meaning',
      item.ratio === null ? null : `${format.coefficient(item.ratio)} ×`,
      span(item.ratioLow, item.ratioHigh),
    ],
    [
      'clv.figure.rank-biserial',
      'clv.figure.rank-biserial.meaning',
      item.rankBiserial === null ? null : format.coefficient(item.rankBiserial),
    ],
    ['clv.figure.p', 'clv.figure.p.meaning', item.pValue === null ? null : format.probability(item.pValue)],
    ['clv.figure.customers', 'clv.figure.customers.meaning', alreadyCustomers(item, text, format)],
  ];
  return rows.flatMap(([name, meaning, value, interval]) =>
    value === null ? [] : [{ name, value, interval, meaning: text(meaning) }],
  );
}

function alreadyCustomers(item: Item, text: Text, format: Formats): string {
  return text('clv.figure.customers.value', {
    already: format.integer(item.readersAlreadyCustomers),
    readers: format.integer(item.readers),
  });
}

export interface ComparisonStep {
  name: MessageId;
  value: string;
  interval?: string;
  meaning: string;
}

/** Three comparisons, each fairer than the one before: with everyone else, with people alike, with the typical piece. */
export function stepsOf(
  item: Item,
  { currency, report }: Pick<SnapshotHead, 'currency' | 'report'>,
  text: Text,
  format: Formats,
): ComparisonStep[] {
  const money = (value: number | null, low: number | null, high: number | null) => {
    const beside = Math.max(...[value, low, high].map((figure) => Math.abs(figure ?? 0)));
    const end = (figure: number) => format.money(figure, currency, beside);
    return {
      value: format.signedMoney(value, currency, beside),
      interval:
        low === null || high === null ? undefined : text('clv.interval', { low: end(low), high: end(high) }),
    };
  };
  const { excess, excessLow: low, excessHigh: high } = item;
  return [
    {
      name: 'clv.step.plain',
      ...money(item.difference, item.differenceLow, item.differenceHigh),
      meaning: text('clv.step.plain.meaning'),
    },
    {
      name: 'clv.step.adjusted',
      ...money(item.adjustedDifference, item.adjustedDifferenceLow, item.adjustedDifferenceHigh),
      meaning: text(item.adjustedDifference === null ? 'clv.reason.no-overlap' : 'clv.step.adjusted.meaning'),
    },
    {
      name: 'clv.step.excess',
      value: format.share(excess),
      interval:
        excess === null || low === null || high === null
          ? undefined
          : text('clv.interval', { low: format.share(low, excess), high: format.share(high, excess) }),
      meaning:
        excess !== null
          ? text('clv.step.excess.meaning')
          : report.typical
            ? text('clv.step.excess.none')
            : text('clv.reason.no-typical', { n: report.comparable, needed: report.itemsNeeded }),
    },
  ];
}
