import { Typography } from '@strapi/design-system';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { isEstimate, knownValue, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { ReportProps } from './JourneysView';

const MOST = 10;

/** The same days by the item with which a journey began. */
export function EntryTimeCard({ report, names }: ReportProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(report.currency);
  const known = report.entries.filter(({ days }) => isEstimate(days.median));
  const title = text('clv.journeys.entry-time.title');
  return (
    <ChartFrame
      title={title}
      summary={text('clv.journeys.entry-time.summary', { needed: report.needed })}
      table={
        known.length === 0
          ? undefined
          : {
              columns: [
                { label: text('clv.column.title'), wrap: true },
                { label: text('clv.column.customers'), end: true },
                { label: text('clv.journeys.column.days'), end: true },
                { label: text('clv.journeys.column.quartiles'), end: true },
              ],
              rows: known.map(({ contentId, ordered, days }) => [
                names.title(contentId),
                format.integer(ordered),
                words.cell(days.median, 'days'),
                `${words.figure(days.lowerQuartile, 'days')} – ${words.figure(days.upperQuartile, 'days')}`,
              ]),
            }
      }
    >
      {known.length === 0 ? (
        <Typography textColor="neutral700">
          {text('clv.journeys.entry-time.none', { needed: report.needed })}
        </Typography>
      ) : (
        <Rows
          label={title}
          mark="dot"
          tick={format.integer}
          rows={known.slice(0, MOST).map(({ contentId, days }) => ({
            key: String(contentId),
            name: names.title(contentId),
            value: knownValue(days.median),
            low: knownValue(days.lowerQuartile),
            high: knownValue(days.upperQuartile),
            figure: words.figure(days.median, 'days'),
            interval: isEstimate(days.median) ? text('clv.figure.n', { n: days.median.n }) : undefined,
          }))}
        />
      )}
    </ChartFrame>
  );
}
