import { ChartFrame } from '../../components/charts/ChartFrame';
import { LineChart } from '../../components/charts/LineChart';
import { monthTicks } from '../../components/charts/months';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';
import { targetRatio } from './target';

/** CLV:CAC of the customers won in each month. */
export function RatioOverTime({ run, report }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const { ratioOverTime } = report;
  const target = targetRatio(report);
  const known = ratioOverTime.filter(({ ratio }) => ratio !== null);
  const [first, last] = [known[0], known.at(-1)];
  const summary =
    first && last && first !== last
      ? text('clv.ratio.time.summary', {
          first: format.ratio(first.ratio),
          firstMonth: format.month(first.month),
          last: format.ratio(last.ratio),
          lastMonth: format.month(last.month),
        })
      : text('clv.ratio.time.none');
  const money = (value: number | null) => format.money(value, run.currency);
  const end = (label: string) => ({ label, end: true });

  return (
    <ChartFrame
      title={text('clv.ratio.time')}
      summary={summary}
      table={{
        columns: [
          { label: text('clv.column.month') },
          end(text('clv.column.new-customers')),
          end(text('clv.column.marketing')),
          end(text('clv.column.cac')),
          end(text('clv.column.ratio')),
        ],
        rows: ratioOverTime.map((row) => [
          format.month(row.month),
          format.integer(row.newCustomers),
          money(row.marketing),
          money(row.cac),
          format.ratio(row.ratio),
        ]),
      }}
    >
      {known.length > 1 && (
        <LineChart
          label={summary}
          series={[
            {
              name: text('clv.column.ratio'),
              color: 'first',
              dots: true,
              points: ratioOverTime.map(({ ratio }, x) => ({ x, y: ratio })),
            },
          ]}
          xTicks={monthTicks(
            ratioOverTime.map(({ month }) => month),
            format,
          )}
          yTick={format.score}
          right={12}
          left={28}
          target={{
            at: target,
            label: text('clv.ratio.target', { target: format.ratio(target) }),
          }}
        />
      )}
    </ChartFrame>
  );
}
