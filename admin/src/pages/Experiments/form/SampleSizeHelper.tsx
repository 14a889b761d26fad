import { Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { SampleSize } from '../../../../../server/src/activation/experiments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { Segments } from '../../../components/Segments';
import { useFormats } from '../../../format';
import { useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { type Draft, MOST_HOLDOUT } from './draft';
import { NumberField } from './NumberField';
import { useSampleSize } from './sample-size';

const ALPHA = 0.05;
const POWERS = ['0.8', '0.9'] as const;
type Power = (typeof POWERS)[number];

/** Whether the plan can find an effect that is worth finding, and how long that takes; beside the form, as it is filled in. */
export function SampleSizeHelper({ draft, onDays }: { draft: Draft; onDays: (days: number) => void }) {
  const text = useText();
  const format = useFormats();
  const problemText = useProblemText();
  const [percent, setPercent] = useState(10);
  const [power, setPower] = useState<Power>('0.8');
  const { holdout, horizon, segmentId } = draft;
  const isPlan = percent > 0 && percent <= 1000 && holdout > 0 && holdout <= MOST_HOLDOUT;
  const { size, error, loading } = useSampleSize(
    isPlan
      ? {
          effect: percent / 100,
          power: Number(power),
          alpha: ALPHA,
          holdout: holdout / 100,
          horizon,
          segmentId,
        }
      : null,
  );
  return (
    <Card aria-label={text('clv.experiments.size')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.experiments.size')}
        </Typography>
        <Typography tag="p" textColor="neutral600" paddingTop={1}>
          {text('clv.experiments.size.what')}
        </Typography>
      </div>
      <NumberField
        name="effect"
        label={text('clv.experiments.size.effect')}
        hint={text('clv.experiments.size.effect.hint')}
        unit="%"
        value={percent}
        min={0.1}
        max={1000}
        step={0.1}
        onChange={setPercent}
      />
      <div>
        <Typography tag="p" variant="pi" fontWeight="bold" paddingBottom={1}>
          {text('clv.experiments.size.power')}
        </Typography>
        <Segments
          label={text('clv.experiments.size.power')}
          value={power}
          options={POWERS.map((one) => [one, format.wholePercent(Number(one))])}
          onChange={setPower}
        />
      </div>
      <div role="status" aria-busy={loading} style={{ opacity: loading ? 0.6 : 1 }}>
        {!isPlan ? (
          <Typography textColor="neutral700">{text('clv.experiments.size.no-plan')}</Typography>
        ) : error ? (
          <Note tone="danger" title={text('clv.experiments.size.failed')}>
            {problemText(error)}
          </Note>
        ) : (
          size && <Answer size={size} />
        )}
      </div>
      {isPlan && size?.days && horizon === 'fixed' && size.days !== draft.days && size.days <= 365 && (
        <Button variant="secondary" size="S" onClick={() => onDays(size.days!)}>
          {text('clv.experiments.size.take', { n: size.days })}
        </Button>
      )}
    </Card>
  );
}

function Answer({ size: { units, inHoldout, days, basis } }: { size: SampleSize }) {
  const text = useText();
  const format = useFormats();
  const money = (value: number) => format.money(value, basis.currency);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Units>{text('clv.experiments.size.units', { n: units })}</Units>
      <Typography textColor="neutral800">
        {text('clv.experiments.size.held-out', { n: inHoldout })}{' '}
        {days === null
          ? text('clv.experiments.size.no-traffic')
          : text('clv.experiments.size.days', { n: days })}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {basis.n > 0
          ? text('clv.experiments.size.basis', {
              mean: money(basis.mean),
              deviation: money(basis.deviation),
              n: basis.n,
            })
          : text('clv.experiments.size.no-basis')}{' '}
        {basis.varianceSaved >= 0.01 &&
          text('clv.experiments.size.saved', { saved: format.wholePercent(basis.varianceSaved) })}
      </Typography>
    </Flex>
  );
}

const Units = styled.p`
  margin: 0;
  font-size: 2.2rem;
  line-height: 2.8rem;
  font-weight: 600;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral800};
`;
