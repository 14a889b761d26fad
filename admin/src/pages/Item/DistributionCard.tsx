import type { ValueDistribution } from '../../../../server/src/ranking/distribution/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Histograms } from '../../components/charts/Histograms';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { RankedProps } from './ItemView';

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

/** All readers, and all others. */
function totals({ readers, others, zero, negative }: ValueDistribution) {
  return {
    readers: sum(readers) + zero.readers + negative.readers,
    others: sum(others) + zero.others + negative.others,
  };
}

/** 1, 2 and 5 times powers of ten between two ends, or the powers alone where those are many. */
function roundValues(from: number, to: number): number[] {
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const powers = Array.from({ length: last - first + 1 }, (_, k) => 10 ** (first + k));
  const factors = powers.length > 4 ? [1] : [1, 2, 5];
  return powers
    .flatMap((power) => factors.map((factor) => factor * power))
    .filter((value) => value >= from && value <= to);
}

/** How value is distributed among readers and among others, on a scale of logarithms. */
export function DistributionCard({ page: { distribution }, ranked: { snapshot } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  const { currency } = snapshot;
  if (!distribution) return null;
  const { edges, readers, others, zero, negative } = distribution;
  const total = totals(distribution);
  if (total.readers === 0 || total.others === 0) return null;
  const share = (counts: { readers: number; others: number }) => ({
    first: counts.readers / total.readers,
    second: counts.others / total.others,
  });
  const apart = [
    { name: text('clv.item.distribution.negative'), counts: negative },
    { name: format.money(0, currency, 100), counts: zero },
  ].filter(({ counts }) => counts.readers + counts.others > 0);
  const bins = readers.map((count, k) => ({ readers: count, others: others[k]! }));
  const names: [string, string] = [
    text('clv.item.readers', { n: total.readers }),
    text('clv.item.others', { n: total.others }),
  ];
  return (
    <ChartFrame
      title={text('clv.item.distribution')}
      summary={text('clv.item.distribution.what')}
      table={{
        columns: [
          { label: text('clv.item.distribution.value') },
          { label: text('clv.group.readers'), end: true },
          { label: text('clv.group.others'), end: true },
        ],
        rows: [
          ...apart.map(({ name, counts }) => [
            name,
            format.integer(counts.readers),
            format.integer(counts.others),
          ]),
          ...bins.map((counts, k) => [
            text('clv.interval', {
              low: format.money(edges[k]!, currency),
              high: format.money(edges[k + 1]!, currency),
            }),
            format.integer(counts.readers),
            format.integer(counts.others),
          ]),
        ],
        total: [text('clv.column.total'), format.integer(total.readers), format.integer(total.others)],
      }}
    >
      <Histograms
        label={text('clv.item.distribution')}
        names={names}
        apart={apart.map(({ name, counts }) => ({ name, ...share(counts) }))}
        bins={bins.map(share)}
        ends={roundValues(edges[0]!, edges.at(-1)!).map((value) => ({
          end: (bins.length * Math.log(value / edges[0]!)) / Math.log(edges.at(-1)! / edges[0]!),
          label: format.shortMoney(value, currency),
        }))}
        yTick={format.percent}
        xTitle={text('clv.item.distribution.axis')}
      />
    </ChartFrame>
  );
}
