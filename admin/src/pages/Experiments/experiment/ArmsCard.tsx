import type {
  ArmReport,
  Experiment,
  ExperimentReport,
} from '../../../../../server/src/activation/experiments/api-types';
import { ChartFrame } from '../../../components/charts/ChartFrame';
import { Help } from '../../../components/Help';
import { PlainTable } from '../../../components/PlainTable';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { armGets, armName, plannedShare } from '../words';

interface ArmColumn {
  name: string;
  help: string;
  cell: (arm: ArmReport) => string;
}

/** Who is in each arm, and what they were worth since they met it. */
export function ArmsCard({ experiment, report }: { experiment: Experiment; report: ExperimentReport }) {
  const text = useText();
  const format = useFormats();
  const { arms, currency, value, ratio, crossed } = report;
  const all = arms.reduce((sum, { units }) => sum + units, 0);
  const largest = Math.max(0, ...arms.map(({ mean }) => Math.abs(mean)));
  const money = (amount: number, beside?: number) => format.money(amount, currency, beside);
  const columns: ArmColumn[] = [
    {
      name: text('clv.experiments.arms.units'),
      help: text('clv.experiments.arms.units.help'),
      cell: ({ units }) => format.integer(units),
    },
    {
      name: text('clv.experiments.arms.share'),
      help: text('clv.experiments.arms.share.help'),
      cell: ({ arm, units }) => {
        const share = format.percent(all > 0 ? units / all : null);
        return `${share} / ${format.percent(plannedShare(experiment.design, arm))}`;
      },
    },
    {
      name: text('clv.experiments.arms.persons'),
      help: text('clv.experiments.arms.persons.help'),
      cell: ({ persons }) => format.integer(persons),
    },
    {
      name: text('clv.experiments.arms.customers'),
      help: text('clv.experiments.arms.customers.help'),
      cell: ({ customers }) => format.integer(customers),
    },
  ];
  // Whoever sees the means of both arms sees the effect.
  if (ratio.ok)
    columns.push(
      {
        name: text('clv.experiments.arms.buyers'),
        help: text('clv.experiments.arms.buyers.help'),
        cell: ({ buyers }) => format.percent(buyers),
      },
      {
        name: text(value === 'margin' ? 'clv.experiments.arms.margin' : 'clv.experiments.arms.revenue'),
        help: text('clv.experiments.arms.mean.help'),
        cell: ({ mean }) => money(mean, largest),
      },
      {
        name: text('clv.experiments.arms.sum'),
        help: text('clv.experiments.arms.sum.help'),
        cell: ({ sum }) => money(sum),
      },
    );
  return (
    <ChartFrame
      title={text('clv.experiments.arms')}
      summary={
        <>
          {ratio.ok && text('clv.experiments.ratio.ok', { p: format.probability(ratio.pValue) })}
          {crossed > 0 && <> {text('clv.experiments.crossed', { n: crossed })}</>}
        </>
      }
    >
      <PlainTable label={text('clv.chart.figures', { title: text('clv.experiments.arms') })}>
        <thead>
          <tr>
            <th scope="col">{text('clv.experiments.arms.arm')}</th>
            {columns.map(({ name, help }) => (
              <th key={name} scope="col" className="end">
                {name} <Help of={name}>{help}</Help>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {arms.map((arm) => (
            <tr key={arm.arm}>
              <th scope="row">
                <b>{armName(arm.arm, text)}</b>
                <br />
                {armGets(experiment, arm.arm, text)}
              </th>
              {columns.map(({ name, cell }) => (
                <td key={name} className="end">
                  {cell(arm)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </ChartFrame>
  );
}
