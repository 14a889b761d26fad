import { ChartFrame } from '../../components/charts/ChartFrame';
import { Columns } from '../../components/charts/Columns';
import { LineChart } from '../../components/charts/LineChart';
import { monthTicks } from '../../components/charts/months';
import { useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';

/** Recurring revenue by month, and subscriptions that began and ended. */
export function Subscriptions({ run, report: { subscriptions } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(run.currency);
  const { months, model, notEnough } = subscriptions;
  const last = months.at(-1);
  const money = (value: number) => format.money(value, run.currency);
  if (!last)
    return (
      <ChartFrame title={text('clv.subscriptions.title')} summary={text('clv.subscriptions.none')}>
        {null}
      </ChartFrame>
    );
  const summary = text('clv.subscriptions.summary', {
    active: last.active,
    mrr: money(last.mrr),
    month: format.month(last.month),
  });
  const end = (label: string) => ({ label, end: true });
  return (
    <ChartFrame
      title={text('clv.subscriptions.title')}
      summary={
        <>
          {summary}{' '}
          {model
            ? text('clv.subscriptions.expected', { months: words.cell(model.expectedMonths, 'months') })
            : notEnough && text('clv.subscriptions.expected', { months: words.notEnough(notEnough) })}
        </>
      }
      table={{
        columns: [
          { label: text('clv.column.month') },
          end(text('clv.subscriptions.active')),
          end(text('clv.subscriptions.started')),
          end(text('clv.subscriptions.ended')),
          end(text('clv.tile.mrr')),
          end(text('clv.subscriptions.new')),
          end(text('clv.subscriptions.expansion')),
          end(text('clv.subscriptions.contraction')),
          end(text('clv.subscriptions.churned')),
        ],
        rows: months.map((row) => [
          format.month(row.month),
          format.integer(row.active),
          format.integer(row.started),
          format.integer(row.ended),
          money(row.mrr),
          money(row.newMrr),
          money(row.expansionMrr),
          money(row.contractionMrr),
          money(row.churnedMrr),
        ]),
      }}
    >
      {months.length > 1 && (
        <LineChart
          label={summary}
          height={180}
          right={12}
          left={52}
          series={[
            {
              name: text('clv.tile.mrr'),
              color: 'first',
              points: months.map(({ mrr }, x) => ({ x, y: mrr })),
            },
            {
              name: text('clv.subscriptions.churned'),
              color: 'bad',
              points: months.map(({ churnedMrr }, x) => ({ x, y: churnedMrr })),
            },
          ]}
          xTicks={monthTicks(
            months.map(({ month }) => month),
            format,
          )}
          yTick={(value) => format.shortMoney(value, run.currency)}
          legend
        />
      )}
      <Columns
        label={text('clv.subscriptions.flow')}
        height={170}
        bars={months.map(({ month, started, ended }) => ({
          name: format.month(month),
          up: started,
          down: ended,
        }))}
        names={[text('clv.subscriptions.started'), text('clv.subscriptions.ended')]}
        yTick={format.integer}
      />
    </ChartFrame>
  );
}
