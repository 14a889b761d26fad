import type { ExperimentDetail } from '../../../../../server/src/activation/experiments/api-types';
import { ChartFrame } from '../../../components/charts/ChartFrame';
import { FactList } from '../../../components/FactList';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { useHorizonWords } from '../horizon';
import { armGets, HOLDOUT, plannedShare } from '../words';

/** What is planned, while there is nothing to report. */
export function DesignCard({ detail: { experiment, report, segmentName } }: { detail: ExperimentDetail }) {
  const text = useText();
  const format = useFormats();
  const horizonWords = useHorizonWords();
  const { design } = experiment;
  const arms = [...design.variants.map(({ arm }) => arm), HOLDOUT];
  return (
    <ChartFrame title={text('clv.experiments.plan')}>
      <FactList>
        {arms.map((arm) => (
          <div key={arm}>
            <dt>{arm === HOLDOUT ? text('clv.experiments.arm.holdout') : arm}</dt>
            <dd>
              {text('clv.experiments.plan.arm', {
                share: format.percent(plannedShare(design, arm)),
                what: armGets(experiment, arm, text),
              })}
            </dd>
          </div>
        ))}
        <div>
          <dt>{text('clv.experiments.form.segment')}</dt>
          <dd dir="auto">{segmentName ?? text('clv.experiments.everyone')}</dd>
        </div>
        <div>
          <dt>{text('clv.experiments.how.horizon')}</dt>
          <dd>{horizonWords(experiment, report)}</dd>
        </div>
      </FactList>
    </ChartFrame>
  );
}
