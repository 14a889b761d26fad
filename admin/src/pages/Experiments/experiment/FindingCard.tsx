import { Flex, Typography } from '@strapi/design-system';
import type {
  Experiment,
  ExperimentReport,
} from '../../../../../server/src/activation/experiments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Rows } from '../../../components/charts/Rows';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { effectsInOrder, type Finding, findingSentence } from '../finding';
import { useHorizonWords } from '../horizon';
import { FindingBadge } from '../Look';
import { armGets } from '../words';

interface FindingCardProps {
  experiment: Experiment;
  report: ExperimentReport | null;
  finding: Finding;
}

/** The answer: one sentence, whether it may be believed yet, and the intervals of all arms beside each other. */
export function FindingCard({ experiment, report, finding }: FindingCardProps) {
  const text = useText();
  const format = useFormats();
  const horizonWords = useHorizonWords();
  const { state } = experiment;
  const effects = effectsInOrder(report?.effects ?? []);
  const currency = report?.currency ?? '';
  return (
    <Card aria-label={text('clv.experiments.finding')}>
      <Flex direction="column" alignItems="flex-start" gap={3}>
        <FindingBadge finding={finding} />
        <Typography tag="p" variant="beta" style={{ maxWidth: '80rem', overflowWrap: 'anywhere' }}>
          {findingSentence(experiment, report, finding, text, format)}
        </Typography>
        {state !== 'draft' && (
          <Typography tag="p" textColor="neutral600" style={{ maxWidth: '80rem' }}>
            {horizonWords(experiment, report)}
          </Typography>
        )}
      </Flex>
      {effects.length > 0 && (
        <Rows
          label={text('clv.experiments.per-person')}
          mark="dot"
          rows={effects.map(({ arm, perUnit, verdict }) => ({
            key: arm,
            name: arm,
            note: armGets(experiment, arm, text),
            ...perUnit,
            figure: format.signedMoney(perUnit.value, currency),
            interval: text('clv.interval', {
              low: format.money(perUnit.low, currency, perUnit.value),
              high: format.money(perUnit.high, currency, perUnit.value),
            }),
            color: verdict === 'more' || verdict === 'less' ? 'first' : 'plain',
          }))}
          tick={(value) => (value === 0 ? '0' : format.shortMoney(value, currency))}
        />
      )}
    </Card>
  );
}
