import type { ValueRun } from '../../../../server/src/clv/api-types';
import { thinned } from '../../components/charts/Axes';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { LineChart } from '../../components/charts/LineChart';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import type { ModelProps } from './ModelView';

const PERIODS: Record<ValueRun['unit'], MessageId> = {
  day: 'clv.tracking.days',
  week: 'clv.tracking.weeks',
  month: 'clv.tracking.months',
};
const TICKS = 6;

/** Repeat orders of everyone so far, as they came and as the model says, through the time it never saw. */
export function Tracking({ run, report: { tracking } }: ModelProps) {
  const text = useText();
  const format = useFormats();
  const title = text('clv.tracking.title');
  const last = tracking.at(-1);
  if (!last || tracking.length < 2)
    return (
      <ChartFrame title={title} summary={text('clv.tracking.none')}>
        {null}
      </ChartFrame>
    );
  const split = tracking.find(({ holdout }) => holdout);
  const summary = text('clv.tracking.summary', {
    predicted: format.integer(last.predicted),
    actual: format.integer(last.actual),
    difference: format.signedPercent(last.actual > 0 ? last.predicted / last.actual - 1 : null),
  });
  const line = (of: 'actual' | 'predicted') => tracking.map((point) => ({ x: point.period, y: point[of] }));
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={{
        columns: [
          { label: text(PERIODS[run.unit]), end: true },
          { label: text('clv.tracking.actual'), end: true },
          { label: text('clv.tracking.predicted'), end: true },
          { label: text('clv.tracking.part') },
        ],
        rows: tracking.map(({ period, actual, predicted, holdout }) => [
          format.integer(period),
          format.integer(actual),
          format.integer(predicted),
          text(holdout ? 'clv.tracking.holdout' : 'clv.tracking.calibration'),
        ]),
      }}
    >
      <LineChart
        label={summary}
        height={280}
        series={[
          { name: text('clv.tracking.actual'), color: 'plain', points: line('actual') },
          { name: text('clv.tracking.predicted'), color: 'first', points: line('predicted') },
        ]}
        xTicks={thinned(tracking, TICKS).map(({ period }) => ({ x: period, label: format.integer(period) }))}
        xTitle={text(PERIODS[run.unit])}
        yTick={format.integer}
        left={48}
        right={12}
        since={split && { at: split.period, label: text('clv.tracking.never-seen') }}
        legend
      />
    </ChartFrame>
  );
}
