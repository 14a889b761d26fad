import type { TierRow, ValueReport } from '../../../../server/src/clv/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { tierName } from '../../components/tier-words';
import { type Formats, useFormats } from '../../format';
import { type MessageId, type Text, useText } from '../../text';
import type { SectionProps } from './ReportView';
import { tierWorth } from './tier-worth';

const RULE: Record<ValueReport['tiers']['rule'], MessageId> = {
  quantiles: 'clv.tiers.quantiles',
  bands: 'clv.tiers.bands',
  pareto: 'clv.tiers.pareto',
};

const OF: Record<ValueReport['tiers']['of'], MessageId> = {
  total: 'clv.tiers.of.total',
  historical: 'clv.tiers.of.historical',
  predicted: 'clv.tiers.of.predicted',
};

/** "1,200 or more", "300 to 1,200", "less than 300": the limits of a tier. */
function limits({ from, to }: TierRow, text: Text, format: Formats, currency: string): string {
  const money = (value: number) => format.money(value, currency);
  if (from === null && to === null) return text('clv.tiers.any');
  if (to === null) return text('clv.tiers.from', { from: money(from!) });
  if (from === null) return text('clv.tiers.below', { to: money(to) });
  return text('clv.interval', { low: money(from), high: money(to) });
}

/** The tiers: how many people each holds and what they are worth together. */
export function Tiers({ run, report: { tiers } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const worth = tiers.rows.reduce((sum, row) => sum + tierWorth(row, tiers.of), 0);
  const money = (value: number | null) => format.money(value, run.currency);
  return (
    <ChartFrame
      title={text('clv.tiers.title')}
      summary={text(RULE[tiers.rule], { of: text(OF[tiers.of]) })}
      table={{
        columns: [
          { label: text('clv.column.tier') },
          { label: text('clv.column.limits') },
          { label: text('clv.column.people'), end: true },
          { label: text('clv.column.clv'), end: true },
          { label: text('clv.column.predicted'), end: true },
          { label: text('clv.people.total'), end: true },
        ],
        rows: tiers.rows.map((row) => [
          tierName(row.tier, text),
          limits(row, text, format, run.currency),
          format.integer(row.customers),
          money(row.value),
          money(row.predicted),
          money(tierWorth(row, 'total')),
        ]),
      }}
    >
      <Rows
        label={text('clv.tiers.title')}
        mark="bar"
        rows={tiers.rows.map((row) => ({
          key: row.tier,
          name: tierName(row.tier, text),
          note: `${text('clv.tiers.people', { n: row.customers })} · ${limits(row, text, format, run.currency)}`,
          value: tierWorth(row, tiers.of),
          figure: money(tierWorth(row, tiers.of)),
          interval:
            worth > 0
              ? text('clv.tiers.share', { share: format.percent(tierWorth(row, tiers.of) / worth) })
              : undefined,
        }))}
      />
    </ChartFrame>
  );
}
