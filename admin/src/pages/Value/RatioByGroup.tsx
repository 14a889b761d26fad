import { Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { GroupBy, GroupRow } from '../../../../server/src/clv/api-types';
import { ChartFrame, type ChartTable } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { Segments } from '../../components/Segments';
import { type FigureWords, isEstimate, knownValue, useFigureWords } from '../../figure';
import { type Formats, useFormats } from '../../format';
import { type Text, useText } from '../../text';
import { GROUP_NAME, groupName } from './groups';
import type { SectionProps } from './ReportView';
import { targetRatio } from './target';

const MOST_ROWS = 12;

/** CLV:CAC of each group against the target. */
export function RatioByGroup({ run, report }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(run.currency);
  const choices = (Object.keys(GROUP_NAME) as GroupBy[]).filter((by) => report.groups[by].length > 0);
  const [chosen, choose] = useState<GroupBy>(choices[0] ?? 'channel');
  const target = targetRatio(report);
  const all = report.groups[chosen];
  const inOrder = chosen === 'cohort' ? all : [...all].sort(byRatio);
  const shown = chosen === 'cohort' ? inOrder.slice(-MOST_ROWS) : inOrder.slice(0, MOST_ROWS);

  const rows = shown.map((row) => {
    const { ratio } = row;
    const value = knownValue(ratio);
    return {
      key: row.group,
      name: groupName(chosen, row.group, text, format),
      note: text('clv.population.customers', { n: row.customers }),
      value,
      low: isEstimate(ratio) ? ratio.low : null,
      high: isEstimate(ratio) ? ratio.high : null,
      figure: words.figure(ratio, 'ratio'),
      interval: isEstimate(ratio) ? words.interval(ratio, 'ratio') : undefined,
      color: value !== null && value < target ? ('second' as const) : ('first' as const),
      striped: value !== null && value < target,
    };
  });

  return (
    <ChartFrame
      title={text('clv.ratio.title')}
      summary={summary(all, target, text, format)}
      controls={
        choices.length > 1 && (
          <Segments
            label={text('clv.ratio.by')}
            value={chosen}
            options={choices.map((by) => [by, text(GROUP_NAME[by])])}
            onChange={choose}
          />
        )
      }
      table={tableOf(chosen, inOrder, report.total, { text, format, words, currency: run.currency })}
    >
      <Rows
        label={text('clv.ratio.title')}
        rows={rows}
        mark="bar"
        target={{ at: target, label: text('clv.ratio.target', { target: format.ratio(target) }) }}
      />
      {shown.length < all.length && (
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('clv.chart.more', { shown: shown.length, all: all.length })}
        </Typography>
      )}
    </ChartFrame>
  );
}

/** The best first; without a figure last. */
const byRatio = (a: GroupRow, b: GroupRow) =>
  (knownValue(b.ratio) ?? Number.NEGATIVE_INFINITY) - (knownValue(a.ratio) ?? Number.NEGATIVE_INFINITY) ||
  b.customers - a.customers;

function summary(rows: GroupRow[], target: number, text: Text, format: Formats): string {
  const known = rows.filter(({ ratio }) => isEstimate(ratio));
  const reached = known.filter(({ ratio }) => knownValue(ratio)! >= target).length;
  return known.length === 0
    ? text('clv.ratio.none')
    : text('clv.ratio.summary', { reached, n: known.length, target: format.ratio(target) });
}

interface Writers {
  text: Text;
  format: Formats;
  words: FigureWords;
  currency: string;
}

/** Every figure of the groups, to be checked: the rows sum to the total. */
function tableOf(
  by: GroupBy,
  rows: GroupRow[],
  total: SectionProps['report']['total'],
  writers: Writers,
): ChartTable {
  const { text, format, words, currency } = writers;
  // With cents, so that the sums can be followed.
  const money = (value: number | null) => format.money(value, currency, 0);
  const sums = (
    row: Omit<GroupRow, 'group' | 'newCustomers' | 'marketing' | 'cac' | 'ratio' | 'paybackMonths'>,
  ) => [
    format.integer(row.customers),
    format.integer(row.orders),
    money(row.revenue),
    money(row.cost),
    money(row.service),
    money(row.acquisition),
    money(row.clv),
    money(row.predicted),
  ];
  const end = (label: string) => ({ label, end: true });
  return {
    columns: [
      { label: text('clv.column.group') },
      end(text('clv.column.customers')),
      end(text('clv.column.orders')),
      end(text('clv.column.revenue')),
      end(text('clv.column.cost')),
      end(text('clv.column.service')),
      end(text('clv.column.acquisition')),
      end(text('clv.column.clv')),
      end(text('clv.column.predicted')),
      end(text('clv.column.new-customers')),
      end(text('clv.column.marketing')),
      end(text('clv.column.cac')),
      end(text('clv.column.ratio')),
      end(text('clv.column.payback')),
    ],
    rows: rows.map((row) => [
      groupName(by, row.group, text, format),
      ...sums(row),
      format.integer(row.newCustomers),
      money(row.marketing),
      words.cell(row.cac, 'money'),
      words.cell(row.ratio, 'ratio'),
      words.cell(row.paybackMonths, 'months'),
    ]),
    total: [text('clv.column.total'), ...sums(total), '', '', '', '', ''],
  };
}
