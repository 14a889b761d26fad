import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { Card } from '../../components/charts/ChartFrame';
import { modelMeaning, modelName, withModelNames } from '../../components/model-words';
import { Note } from '../../components/Note';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { ModelProps } from './ModelView';

/** Which model predicts and why, in plain words. */
export function InUse({ run, report }: ModelProps) {
  const text = useText();
  const format = useFormats();
  const { chosen, split } = report;
  const reason = withModelNames(report.reason, text);
  if (chosen === null)
    return (
      <Note tone="warning" title={text('clv.fit.no-prediction')}>
        <span lang="en">{run.problem ?? reason}</span>
      </Note>
    );
  const content = text(
    run.content.customers
      ? run.content.prospects
        ? 'clv.model.content.both'
        : 'clv.model.content.customers'
      : run.content.prospects
        ? 'clv.model.content.prospects'
        : 'clv.model.content.none',
  );
  const facts: [name: string, value: string][] = [
    [text('clv.model.fact.why'), reason],
    [text('clv.model.fact.reading'), content],
    [
      text('clv.model.fact.horizon'),
      text('clv.model.fact.horizon.value', {
        days: format.duration(run.horizonDays, 'day'),
        rate: format.percent(run.discountRate),
      }),
    ],
  ];
  if (split)
    facts.push([
      text('clv.model.fact.split'),
      text('clv.model.fact.split.value', {
        calibration: format.date(split.calibrationEnd),
        holdout: format.date(split.holdoutEnd),
        n: split.customers,
        actual: format.integer(split.actual),
      }),
    ]);
  return (
    <Card>
      <div>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {text('clv.model.in-use')}
        </Typography>
        <Typography variant="beta" tag="h3">
          {modelName(chosen, text)}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {modelMeaning(chosen, text)}
        </Typography>
      </div>
      <Facts>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd lang={value === reason ? 'en' : undefined}>{value}</dd>
          </div>
        ))}
      </Facts>
    </Card>
  );
}

const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(40rem, 100%), 1fr));
  gap: 1.6rem 3.2rem;
  margin: 0;
  font-size: 1.3rem;
  line-height: 1.9rem;

  dt {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  dd {
    margin: 0;
    color: ${({ theme }) => theme.colors.neutral700};
  }
`;
