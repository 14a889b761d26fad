import type { ExperimentDetail } from '../../../../../server/src/activation/experiments/api-types';
import { ChartFrame } from '../../../components/charts/ChartFrame';
import { IntervalLine } from '../../../components/charts/IntervalLine';
import { commonScale } from '../../../components/interval-scale';
import { useFormats } from '../../../format';
import { useText } from '../../../text';

const ticksOf = (low: number, high: number) =>
  commonScale([
    { value: low, low: null, high: null },
    { value: high, low: null, high: null },
  ]).ticks;

/** How the effect of each arm stood day by day: intervals narrow, and an effect that is there stays. */
export function CourseCard({ detail, currency }: { detail: ExperimentDetail; currency: string }) {
  const text = useText();
  const format = useFormats();
  const arms = [...new Set(detail.course.map(({ arm }) => arm))];
  return arms.map((arm) => {
    const points = detail.course.filter((point) => point.arm === arm);
    if (points.length < 2) return null;
    const title =
      arms.length > 1 ? text('clv.experiments.course.arm', { arm }) : text('clv.experiments.course');
    const money = (value: number) => format.money(value, currency);
    return (
      <ChartFrame
        key={arm}
        title={title}
        summary={text('clv.experiments.course.what')}
        table={{
          columns: [
            { label: text('clv.experiments.course.day') },
            { label: text('clv.experiments.per-person'), end: true },
            { label: text('clv.experiments.course.interval'), end: true },
          ],
          rows: points.map(({ at, value, low, high }) => [
            format.dateTime(at),
            format.signedMoney(value, currency),
            text('clv.interval', { low: money(low), high: money(high) }),
          ]),
        }}
      >
        <IntervalLine
          label={title}
          points={points.map(({ at, value, low, high }) => ({
            key: String(at),
            name: format.dayOfMonth(at),
            value,
            low,
            high,
          }))}
          ticksOf={ticksOf}
          yTick={(value) => (value === 0 ? '0' : format.shortMoney(value, currency))}
        />
      </ChartFrame>
    );
  });
}
