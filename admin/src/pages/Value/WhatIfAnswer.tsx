import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Figure, WhatIfInput, WhatIfResult } from '../../../../server/src/clv/api-types';
import { Rows } from '../../components/charts/Rows';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { isEstimate, knownValue, type Unit, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useLast } from '../../resource';
import { type MessageId, useText } from '../../text';
import { isChanged, useWhatIf } from './what-if';

const SHOWN: { key: keyof WhatIfResult['today']; name: MessageId; unit: Unit }[] = [
  { key: 'clv', name: 'clv.what-if.clv', unit: 'money' },
  { key: 'cac', name: 'clv.what-if.of-cac', unit: 'money' },
  { key: 'ratio', name: 'clv.what-if.ratio', unit: 'ratio' },
];

interface AnswerProps {
  input: WhatIfInput;
  currency: string;
  /** What CLV:CAC is held against. */
  target: number;
}

/** CLV, CAC and CLV:CAC as they are and as they would be. */
export function WhatIfAnswer({ input, currency, target }: AnswerProps) {
  const text = useText();
  const format = useFormats();
  const { data, error, loading, reload } = useWhatIf(input);
  const answer = useLast(data);
  const changed = isChanged(input);
  if (error) return <ErrorState title={text('clv.what-if.error')} error={error} retry={reload} />;
  if (!answer) return <Box aria-busy role="status" aria-label={text('clv.loading')} minHeight="24rem" />;
  return (
    <Answer aria-busy={loading} style={{ opacity: loading ? 0.6 : 1 }} aria-live="polite">
      <Typography variant="pi" textColor="neutral600" tag="p">
        {text('clv.what-if.people', { n: answer.customers })}
      </Typography>
      {SHOWN.map(({ key, name, unit }) => (
        // biome-ignore lint/a11y/useSemanticElements: figures to read, no fields
        <div key={key} role="group" aria-label={text(name)}>
          <h4>
            {text(name)} <Change today={answer.today[key]} then={answer.then[key]} shown={changed} />
          </h4>
          <Pair
            today={answer.today[key]}
            then={answer.then[key]}
            unit={unit}
            currency={currency}
            target={target}
          />
        </div>
      ))}
      {answer.item && input.item && (
        <Note tone="warning" title={text('clv.what-if.association')}>
          {text(answer.item.adjusted ? 'clv.what-if.adjusted' : 'clv.what-if.plain', {
            title: answer.item.title,
            amount: isEstimate(answer.item.perReader)
              ? format.signedMoney(answer.item.perReader.value, currency)
              : '–',
          })}
        </Note>
      )}
    </Answer>
  );
}

function Change({ today, then, shown }: { today: Figure; then: Figure; shown: boolean }) {
  const format = useFormats();
  const [before, after] = [knownValue(today), knownValue(then)];
  if (!shown || before === null || after === null || before <= 0) return null;
  const share = after / before - 1;
  if (Math.abs(share) < 0.0005) return null;
  return (
    <small>
      {share > 0 ? '▲' : '▼'} {format.signedPercent(share)}
    </small>
  );
}

interface PairProps {
  today: Figure;
  then: Figure;
  unit: Unit;
  currency: string;
  target: number;
}

function Pair({ today, then, unit, currency, target }: PairProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(currency);
  const row = (key: string, name: string, figure: Figure, color: 'plain' | 'first') => ({
    key,
    name,
    value: knownValue(figure),
    low: isEstimate(figure) ? figure.low : null,
    high: isEstimate(figure) ? figure.high : null,
    figure: words.figure(figure, unit),
    interval: isEstimate(figure) ? words.interval(figure, unit) : undefined,
    color,
    striped: color === 'plain',
  });
  return (
    <Rows
      label={text('clv.what-if.title')}
      mark="bar"
      rows={[
        row('today', text('clv.what-if.today'), today, 'plain'),
        row('then', text('clv.what-if.then'), then, 'first'),
      ]}
      target={unit === 'ratio' ? { at: target, label: format.ratio(target) } : undefined}
    />
  );
}

const Answer = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.2rem;
  transition: opacity 120ms;

  h4 {
    margin: 0 0 0.4rem;
    font-size: 1.3rem;
    line-height: 1.8rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  h4 small {
    margin-inline-start: 0.8rem;
    font-size: 1.2rem;
    font-weight: 500;
    color: ${({ theme }) => theme.colors.primary600};
  }
`;
