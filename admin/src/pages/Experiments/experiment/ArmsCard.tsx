import type {
  Experiment,
  ExperimentReport,
} from '../../../../../server/src/activation/experiments/api-types';
import { ChartFrame } from '../../../components/charts/ChartFrame';
import { Help } from '../../../components/Help';
import { PlainTable } from '../../../components/PlainTable';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { armGets, armName, plannedShare } from '../words';

/** Who is in each arm, and what they were worth since they met it. */
export function ArmsCard({ experiment, report }: { experiment: Experiment; report: ExperimentReport }) {
  const text = useText();
  const format = useFormats();
  const { arms, currency, value, ratio, crossed } = report;
  const all = arms.reduce((sum, { units }) => sum + units, 0);
  const largest = Math.max(0, ...arms.map(({ mean }) => Math.abs(mean)));
  const columns = [
    { name: text('clv.experiments.arms.units'), help: text('clv.experiments.arms.units.help') },
    { name: text('clv.experiments.arms.share'), help: text('clv.experiments.arms.share.help') },
    { name: text('clv.experiments.arms.persons'), help: text('clv.experiments.arms.persons.help') },
    { name: text('clv.experiments.arms.customers'), help: text('clv.experiments.arms.customers.help') },
    { name: text('clv.experiments.arms.buyers'), help: text('clv.experiments.arms.buyers.help') },
    {
      name: text(value === 'margin' ? 'clv.experiments.arms.margin' : 'clv.experiments.arms.revenue'),
      help: text('clv.experiments.arms.mean.help'),
    },
    { name: text('clv.experiments.arms.sum'), help: text('clv.experiments.arms.sum.help') },
  ];
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
      <PlainTable label={text('clv.experiments.arms')}>
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
          {arms.map(({ arm, units, persons, customers, buyers, mean, sum }) => {
            const planned = plannedShare(experiment.design, arm);
            return (
              <tr key={arm}>
                <th scope="row">
                  <b>{armName(arm, text)}</b>
                  <br />
                  {armGets(experiment, arm, text)}
                </th>
                <td className="end">{format.integer(units)}</td>
                <td className="end">
                  {all > 0 ? format.percent(units / all) : '–'}
                  {planned !== null && <> / {format.percent(planned)}</>}
                </td>
                <td className="end">{format.integer(persons)}</td>
                <td className="end">{format.integer(customers)}</td>
                <td className="end">{format.percent(buyers)}</td>
                <td className="end">{format.money(mean, currency, largest)}</td>
                <td className="end">{format.money(sum, currency)}</td>
              </tr>
            );
          })}
        </tbody>
      </PlainTable>
    </ChartFrame>
  );
}
