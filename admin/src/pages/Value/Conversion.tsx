import { ChartFrame } from '../../components/charts/ChartFrame';
import { Columns } from '../../components/charts/Columns';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';

/** How long people read before they first buy. */
export function Conversion({ run, report: { timeToConversion } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(run.currency);
  const { median, lowerQuartile, upperQuartile, histogram } = timeToConversion;
  const summary = isEstimate(median)
    ? text('clv.conversion.summary', {
        median: words.cell(median, 'days'),
        low: words.figure(lowerQuartile, 'days'),
        high: words.figure(upperQuartile, 'days'),
        n: median.n,
      })
    : words.notEnough(median.notEnough);
  return (
    <ChartFrame
      title={text('clv.conversion.title')}
      summary={summary}
      table={{
        columns: [
          { label: text('clv.conversion.days'), end: true },
          { label: text('clv.column.people'), end: true },
        ],
        rows: histogram.map(({ days, people }) => [format.integer(days), format.integer(people)]),
      }}
    >
      {isEstimate(median) && histogram.length > 0 && (
        <Columns
          label={summary}
          bars={histogram.map(({ days, people }) => ({ name: format.integer(days), up: people }))}
          yTick={format.integer}
          xTitle={text('clv.conversion.days')}
          height={240}
        />
      )}
    </ChartFrame>
  );
}
