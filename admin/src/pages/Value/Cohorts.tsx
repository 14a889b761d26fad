import { Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { CohortRow } from '../../../../server/src/clv/api-types';
import { ChartFrame, type ChartTable } from '../../components/charts/ChartFrame';
import { HeatTable } from '../../components/charts/HeatTable';
import { Segments } from '../../components/Segments';
import { type Formats, useFormats } from '../../format';
import { type MessageId, type Text, useText } from '../../text';
import { groupName } from './groups';
import type { SectionProps } from './ReportView';

type By = 'month' | 'channel' | 'firstContent';
type Measure = 'retained' | 'cumulativeValue';

const BY: Record<By, MessageId> = {
  month: 'clv.cohorts.month',
  channel: 'clv.cohorts.channel',
  firstContent: 'clv.cohorts.content',
};
const MEASURE: Record<Measure, MessageId> = {
  retained: 'clv.cohorts.retained',
  cumulativeValue: 'clv.cohorts.cumulative',
};
const MOST_MONTHS = 13;
const MOST_ROWS = 18;

/** Customers by what they have in common at their first order, month by month since then. */
export function Cohorts({ run, report: { cohorts } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const [by, setBy] = useState<By>('month');
  const [measure, setMeasure] = useState<Measure>('retained');
  const choices = (Object.keys(BY) as By[]).filter((one) => cohorts[one].length > 0);
  const all = cohorts[by];
  const shown = by === 'month' ? all.slice(-MOST_ROWS) : all.slice(0, MOST_ROWS);
  const months = Math.min(Math.max(0, ...shown.map(({ cells }) => cells.length)), MOST_MONTHS);
  // The month of the first order holds everyone: it would leave no shade for the rest.
  const values = shown.flatMap(({ cells }) =>
    cells.slice(measure === 'retained' ? 1 : 0, months).flatMap((cell) => (cell ? [cell[measure]] : [])),
  );
  const most = Math.max(0, ...values);
  const write = (value: number) =>
    measure === 'retained' ? format.wholePercent(value) : format.money(value, run.currency, most);

  return (
    <ChartFrame
      title={text('clv.cohorts.title')}
      summary={summary(all, text, format) ?? text('clv.cohorts.none')}
      table={tableOf(by, all, { text, format, currency: run.currency })}
      controls={
        all.length > 0 && (
          <Flex gap={3} wrap="wrap">
            <Segments
              label={text('clv.cohorts.by')}
              value={by}
              options={choices.map((one) => [one, text(BY[one])])}
              onChange={setBy}
            />
            <Segments
              label={text('clv.cohorts.measure')}
              value={measure}
              options={(Object.keys(MEASURE) as Measure[]).map((one) => [one, text(MEASURE[one])])}
              onChange={setMeasure}
            />
          </Flex>
        )
      }
    >
      {all.length > 0 && (
        <HeatTable
          label={text('clv.cohorts.title')}
          corner={text('clv.cohorts.corner')}
          columns={Array.from({ length: months }, (_, month) => format.integer(month))}
          rows={shown.map(({ cohort, title, customers, cells }) => ({
            key: cohort,
            name: title ?? groupName(by === 'channel' ? 'channel' : 'cohort', cohort, text, format),
            note: text('clv.population.customers', { n: customers }),
            cells: Array.from({ length: months }, (_, month) => {
              const cell = cells[month];
              return cell
                ? {
                    share: most > 0 ? cell[measure] / most : 0,
                    text: write(cell[measure]),
                    hint: text('clv.figure.n', { n: cell.n }),
                  }
                : null;
            }),
          }))}
        />
      )}
      {shown.length < all.length && (
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={2}>
          {text('clv.chart.more', { shown: shown.length, all: all.length })}
        </Typography>
      )}
    </ChartFrame>
  );
}

interface Writers {
  text: Text;
  format: Formats;
  currency: string;
}

/** Every cohort with both measures, one row for each month since the first order. */
function tableOf(by: By, rows: CohortRow[], { text, format, currency }: Writers): ChartTable {
  const end = (label: string) => ({ label, end: true });
  return {
    columns: [
      { label: text(BY[by]), wrap: by === 'firstContent' },
      end(text('clv.cohorts.since')),
      end(text('clv.column.customers')),
      end(text('clv.cohorts.retained')),
      end(text('clv.cohorts.cumulative')),
    ],
    rows: rows.flatMap(({ cohort, title, cells }) =>
      cells.flatMap((cell, month) =>
        cell
          ? [
              [
                title ?? groupName(by === 'channel' ? 'channel' : 'cohort', cohort, text, format),
                format.integer(month),
                format.integer(cell.n),
                format.percent(cell.retained),
                format.money(cell.cumulativeValue, currency, 0),
              ],
            ]
          : [],
      ),
    ),
  };
}

const LATER = 3;

/** How many of all customers came back in the third month, over the cohorts that are old enough. */
function summary(rows: CohortRow[], text: Text, format: Formats): string | null {
  const known = rows.flatMap(({ cells }) => cells[LATER] ?? []);
  const n = known.reduce((sum, cell) => sum + cell.n, 0);
  if (n === 0) return null;
  const share = known.reduce((sum, cell) => sum + cell.retained * cell.n, 0) / n;
  return text('clv.cohorts.summary', { share: format.percent(share), n });
}
