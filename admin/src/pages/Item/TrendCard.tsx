import { ChartFrame } from '../../components/charts/ChartFrame';
import { IntervalLine } from '../../components/charts/IntervalLine';
import { shareTicks } from '../../components/interval-scale';
import { useFormats } from '../../format';
import { useText, VERDICT_NAME } from '../../text';
import type { RankedProps } from './ItemView';

/** The item's course over the runs that are kept. */
export function TrendCard({ page: { runs }, ranked: { snapshot } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  const known = runs.filter(({ excess }) => excess !== null);
  if (known.length === 0) return null;
  const day = (at: number) => format.day(at, snapshot.timezone);
  return (
    <ChartFrame
      title={text('clv.item.trend')}
      summary={text('clv.item.trend.what', { n: runs.length })}
      table={{
        columns: [
          { label: text('clv.item.trend.run') },
          { label: text('clv.column.position'), end: true },
          { label: text('clv.column.readers'), end: true },
          { label: text('clv.measure.excess'), end: true },
          { label: text('clv.column.verdict') },
        ],
        rows: runs.map((run) => [
          format.dateTime(run.createdAt),
          text('clv.panel.position', { position: run.position, items: run.items }),
          format.integer(run.exposed),
          run.excess === null
            ? '–'
            : `${format.share(run.excess)} (${text('clv.interval', {
                low: format.share(run.excessLow, run.excess),
                high: format.share(run.excessHigh, run.excess),
              })})`,
          text(VERDICT_NAME[run.verdict]),
        ]),
      }}
    >
      <IntervalLine
        label={text('clv.item.trend')}
        points={runs.map(({ jobId, createdAt, excess, excessLow, excessHigh }) => ({
          key: jobId,
          name: day(createdAt),
          value: excess,
          low: excessLow,
          high: excessHigh,
        }))}
        ticksOf={shareTicks}
        yTick={(value) => (value === 0 ? '0' : format.share(value))}
      />
    </ChartFrame>
  );
}
