import { ChartFrame } from '../../components/charts/ChartFrame';
import { Columns } from '../../components/charts/Columns';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { ReportProps } from './JourneysView';

/** How many days lie between the first item and the first order. */
export function TimeCard({ report: { time, currency } }: ReportProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(currency);
  const { median, lowerQuartile, upperQuartile, histogram } = time;
  const summary = isEstimate(median)
    ? text('clv.conversion.summary', {
        median: words.cell(median, 'days'),
        low: words.figure(lowerQuartile, 'days'),
        high: words.figure(upperQuartile, 'days'),
        n: median.n,
      })
    : words.notEnough(median.notEnough);
  /** "4–6": from the first day of a bar to the last. */
  const named = histogram.map(({ days, people }, index) => {
    const next = histogram[index + 1];
    const first = format.integer(days);
    const name = !next
      ? `${first}+`
      : next.days - days > 1
        ? `${first}–${format.integer(next.days - 1)}`
        : first;
    return { name, people };
  });
  return (
    <ChartFrame
      title={text('clv.conversion.title')}
      summary={summary}
      table={{
        columns: [
          { label: text('clv.conversion.days'), end: true },
          { label: text('clv.column.customers'), end: true },
        ],
        rows: named.map(({ name, people }) => [name, format.integer(people)]),
      }}
    >
      {isEstimate(median) && (
        <Columns
          label={summary}
          bars={named.map(({ name, people }) => ({ name, up: people }))}
          yTick={format.integer}
          xTitle={text('clv.conversion.days')}
          height={260}
        />
      )}
    </ChartFrame>
  );
}
