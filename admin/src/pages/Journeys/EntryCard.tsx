import { Typography } from '@strapi/design-system';
import type { Figure } from '../../../../server/src/clv/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { isEstimate, knownValue, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { ReportProps } from './JourneysView';
import { useLiftWords } from './lift-words';

const MOST = 10;

/** With what journeys begin, and how many of these come to an order. */
export function EntryCard({ report, names }: ReportProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(report.currency);
  const lift = useLiftWords();
  const { entries, entryItems, counts, fewest } = report;
  const all = counts.ordered / Math.max(counts.readers, 1);
  const title = text('clv.journeys.entry.title');
  const share = (figure: Figure) => (isEstimate(figure) ? words.interval(figure, 'share') : undefined);
  return (
    <ChartFrame
      title={title}
      summary={text('clv.journeys.entry.summary', { n: entryItems, share: format.percent(all) })}
      table={{
        columns: [
          { label: text('clv.column.title'), wrap: true },
          { label: text('clv.journeys.column.began'), end: true },
          { label: text('clv.journeys.ordered'), end: true },
          { label: text('clv.journeys.column.conversion'), end: true },
          { label: text('clv.journeys.column.lift-entry'), end: true },
        ],
        rows: entries.map(({ contentId, persons, ordered, conversion, lift: one }) => [
          names.title(contentId),
          format.integer(persons),
          format.integer(ordered),
          words.cell(conversion, 'share'),
          lift.cell(one),
        ]),
      }}
    >
      {entries.length === 0 ? (
        <Typography textColor="neutral700">{text('clv.journeys.paths.none', { n: fewest })}</Typography>
      ) : (
        <Rows
          label={title}
          mark="dot"
          target={{ at: all, label: text('clv.journeys.everyone', { share: format.percent(all) }) }}
          rows={entries.slice(0, MOST).map(({ contentId, persons, conversion }) => ({
            key: String(contentId),
            name: names.title(contentId),
            note: text('clv.journeys.began-here', { n: persons }),
            value: knownValue(conversion),
            low: isEstimate(conversion) ? conversion.low : null,
            high: isEstimate(conversion) ? conversion.high : null,
            figure: words.figure(conversion, 'share'),
            interval: share(conversion),
          }))}
        />
      )}
    </ChartFrame>
  );
}
