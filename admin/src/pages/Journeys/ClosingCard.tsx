import { Typography } from '@strapi/design-system';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { isEstimate, knownValue, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { ReportProps } from './JourneysView';

const MOST = 10;

/** What customers read last before they first ordered, among those who read it at all. */
export function ClosingCard({ report, names }: ReportProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(report.currency);
  const { closings, closingItems, counts, fewest } = report;
  const title = text('clv.journeys.closing.title');
  return (
    <ChartFrame
      title={title}
      summary={text('clv.journeys.closing.summary', { n: closingItems, customers: counts.ordered })}
      table={{
        columns: [
          { label: text('clv.column.title'), wrap: true },
          { label: text('clv.journeys.column.last'), end: true },
          { label: text('clv.journeys.column.share'), end: true },
          { label: text('clv.journeys.column.read-by'), end: true },
          { label: text('clv.journeys.column.last-of'), end: true },
        ],
        rows: closings.map(({ contentId, customers, share, readers, lastOfReaders }) => [
          names.title(contentId),
          format.integer(customers),
          words.cell(share, 'share'),
          format.integer(readers),
          words.cell(lastOfReaders, 'share'),
        ]),
      }}
    >
      {closings.length === 0 ? (
        <Typography textColor="neutral700">{text('clv.journeys.paths.none', { n: fewest })}</Typography>
      ) : (
        <Rows
          label={title}
          mark="dot"
          rows={closings.slice(0, MOST).map(({ contentId, customers, readers, lastOfReaders }) => ({
            key: String(contentId),
            name: names.title(contentId),
            note: text('clv.journeys.last-here', { n: customers, readers }),
            value: knownValue(lastOfReaders),
            low: isEstimate(lastOfReaders) ? lastOfReaders.low : null,
            high: isEstimate(lastOfReaders) ? lastOfReaders.high : null,
            figure: words.figure(lastOfReaders, 'share'),
            interval: isEstimate(lastOfReaders) ? words.interval(lastOfReaders, 'share') : undefined,
          }))}
        />
      )}
    </ChartFrame>
  );
}
