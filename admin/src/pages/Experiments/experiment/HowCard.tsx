import type {
  EffectReport,
  Experiment,
  ExperimentReport,
} from '../../../../../server/src/activation/experiments/api-types';
import { ChartFrame } from '../../../components/charts/ChartFrame';
import { FactList } from '../../../components/FactList';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { useHorizonWords } from '../horizon';

interface HowCardProps {
  experiment: Experiment;
  report: ExperimentReport;
  /** Empty where nothing may be told of them. */
  effects: EffectReport[];
}

/** Less than this is not worth a figure. */
const WORTH_TELLING = 0.01;

/** How the figures were made, in plain sentences. */
export function HowCard({ experiment, report, effects }: HowCardProps) {
  const text = useText();
  const format = useFormats();
  const horizonWords = useHorizonWords();
  const saved = Math.max(0, ...effects.map(({ varianceSaved }) => varianceSaved));
  const facts = [
    {
      name: text('clv.experiments.how.lot'),
      what: text('clv.experiments.how.lot.what', {
        holdout: format.percent(experiment.design.holdout),
      }),
    },
    {
      name: text('clv.experiments.how.ratio'),
      what: text(report.ratio.ok ? 'clv.experiments.how.ratio.ok' : 'clv.experiments.how.ratio.not', {
        p: format.probability(report.ratio.pValue),
      }),
    },
    {
      name: text('clv.experiments.how.horizon'),
      what: horizonWords(experiment, report),
    },
    effects.length > 0 && {
      name: text('clv.experiments.how.cuped'),
      what:
        saved < WORTH_TELLING
          ? text('clv.experiments.how.cuped.nothing')
          : text('clv.experiments.how.cuped.what', {
              saved: format.wholePercent(saved),
              more: format.wholePercent(saved / (1 - saved)),
            }),
    },
  ].filter((fact) => fact !== false);
  return (
    <ChartFrame title={text('clv.experiments.how')}>
      <FactList>
        {facts.map(({ name, what }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </FactList>
    </ChartFrame>
  );
}
