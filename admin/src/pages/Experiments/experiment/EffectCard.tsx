import { styled } from 'styled-components';
import type {
  EffectReport,
  Experiment,
  ExperimentReport,
} from '../../../../../server/src/activation/experiments/api-types';
import { ChartFrame } from '../../../components/charts/ChartFrame';
import { Help } from '../../../components/Help';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { effectSentence } from '../finding';
import { armGets } from '../words';

interface EffectCardProps {
  experiment: Experiment;
  report: ExperimentReport;
  effect: EffectReport;
}

/** The figures of one arm against the holdout, each with what it means. */
export function EffectCard({ experiment, report, effect }: EffectCardProps) {
  const text = useText();
  const format = useFormats();
  const { currency } = report;
  const { arm, perUnit, unadjusted, relative, incremental, pValue } = effect;
  const several = experiment.design.variants.length > 1;
  const money = (value: number) => format.signedMoney(value, currency);
  const between = (low: string, high: string) => text('clv.interval', { low, high });
  const range = ({ value, low, high }: typeof perUnit) =>
    between(format.money(low, currency, value), format.money(high, currency, value));
  const figures = [
    {
      name: text('clv.experiments.per-person'),
      figure: money(perUnit.value),
      note: range(perUnit),
      help: text('clv.experiments.per-person.help', {
        confidence: format.wholePercent(1 - experiment.design.alpha),
      }),
    },
    {
      name: text('clv.experiments.relative'),
      figure: relative ? format.signedPercent(relative.value) : '–',
      note: relative
        ? between(format.percent(relative.low), format.percent(relative.high))
        : text('clv.experiments.relative.none'),
      help: text('clv.experiments.relative.help'),
    },
    {
      name: text('clv.experiments.incremental'),
      figure: money(incremental),
      note: text('clv.experiments.incremental.of', {
        n: report.arms.find((one) => one.arm === arm)?.units ?? 0,
      }),
      help: text('clv.experiments.incremental.help'),
    },
    {
      name: text('clv.experiments.unadjusted'),
      figure: money(unadjusted.value),
      note: range(unadjusted),
      help: text('clv.experiments.unadjusted.help'),
    },
    {
      name: text('clv.experiments.p'),
      figure: format.probability(pValue),
      note: text('clv.experiments.p.of', { alpha: format.probability(experiment.design.alpha) }),
      help: text('clv.experiments.p.help'),
    },
  ];
  return (
    <ChartFrame
      title={
        several
          ? `${arm}: ${armGets(experiment, arm, text)}`
          : text('clv.experiments.against', { what: armGets(experiment, arm, text) })
      }
      summary={several && effectSentence(experiment, effect, currency, text, format)}
    >
      <Figures>
        {figures.map(({ name, figure, note, help }) => (
          <div key={name}>
            <dt>
              {name}
              {'\u00a0'}
              <Help of={name}>{help}</Help>
            </dt>
            <dd>
              <b>{figure}</b>
              <span>{note}</span>
            </dd>
          </div>
        ))}
      </Figures>
    </ChartFrame>
  );
}

const Figures = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
  gap: 2rem 2.4rem;
  margin: 0;
  font-size: 1.2rem;
  line-height: 1.6rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral600};

  dt {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  dd {
    display: flex;
    flex-direction: column;
    margin: 0;
  }

  b {
    font-size: 2rem;
    line-height: 3rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
