import { ChartFrame } from '../../components/charts/ChartFrame';
import { LineChart } from '../../components/charts/LineChart';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';
import { shareOfValue } from './share-of-value';

const TENTHS = Array.from({ length: 10 }, (_, index) => (index + 1) / 10);
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
const MOST = 0.8;

/** How much of the value a few customers make: the Lorenz curve, the best customers first. */
export function Concentration({ run, report: { concentration } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(run.currency);
  const { points, share80, gini } = concentration;
  const summary = isEstimate(share80)
    ? text('clv.concentration.summary', {
        share: format.percent(share80.value),
        gini: isEstimate(gini) ? format.coefficient(gini.value) : '–',
        n: share80.n,
      })
    : words.notEnough(share80.notEnough);
  return (
    <ChartFrame
      title={text('clv.concentration.title')}
      summary={summary}
      table={{
        columns: [
          { label: text('clv.concentration.customers'), end: true },
          { label: text('clv.concentration.value'), end: true },
        ],
        rows: TENTHS.map((share) => [
          format.wholePercent(share),
          format.percent(shareOfValue(points, share)),
        ]),
      }}
    >
      {isEstimate(share80) && points.length > 1 && (
        <LineChart
          label={summary}
          series={[
            {
              name: text('clv.concentration.these'),
              color: 'first',
              points: points.map(([x, y]) => ({ x, y })),
            },
            {
              name: text('clv.concentration.equal'),
              color: 'plain',
              points: [
                { x: 0, y: 0 },
                { x: 1, y: 1 },
              ],
            },
          ]}
          xTicks={QUARTERS.map((x) => ({ x, label: format.wholePercent(x) }))}
          xTitle={text('clv.concentration.customers')}
          yTick={format.wholePercent}
          yDomain={[Math.min(0, ...points.map(([, y]) => y)), Math.max(1, ...points.map(([, y]) => y))]}
          right={8}
          target={{ at: MOST, label: text('clv.concentration.most', { share: format.wholePercent(MOST) }) }}
          since={{ at: share80.value, label: format.percent(share80.value) }}
          legend
        />
      )}
    </ChartFrame>
  );
}
