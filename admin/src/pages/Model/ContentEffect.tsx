import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { ContentComparison, Estimate, Figure } from '../../../../server/src/clv/api-types';
import { Card, FiguresTable } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { isEstimate, knownValue, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { MEASURES } from './best';
import { Mark, writeMeasure } from './Holdout';
import type { ModelProps } from './ModelView';
import { Signals } from './Signals';

type Kind = 'customers' | 'prospects';

const TITLE: Record<Kind, MessageId> = {
  customers: 'clv.content.customers',
  prospects: 'clv.content.prospects',
};

const MEASURE_NAME = {
  bias: 'clv.measure.bias',
  mae: 'clv.measure.mae',
  rmse: 'clv.measure.rmse',
  gini: 'clv.measure.gini',
  topDecileShare: 'clv.measure.top',
} as const;

type Verdict = 'better' | 'worse' | 'unclear';

const SUMMARY: Record<Verdict, MessageId> = {
  better: 'clv.content.better',
  worse: 'clv.content.worse',
  unclear: 'clv.content.unclear',
};

/** What the interval of a change in error leaves no doubt of. */
function verdictOf(change: Figure): Verdict {
  if (!isEstimate(change) || change.low === null || change.high === null) return 'unclear';
  return change.high < 0 ? 'better' : change.low > 0 ? 'worse' : 'unclear';
}

/** Whether knowing what people read makes predictions better, on the same people with and without it. */
export function ContentEffect({ run, report, kind }: ModelProps & { kind: Kind }) {
  const text = useText();
  const words = useFigureWords(run.currency);
  const comparison = report.content[kind];
  return (
    <Card aria-label={text(TITLE[kind])}>
      <Title>
        <Typography tag="h3" variant="delta">
          {text(TITLE[kind])}
        </Typography>
        {'used' in comparison && (
          <Mark $quiet={!comparison.used}>
            {text(comparison.used ? 'clv.content.used' : 'clv.content.not-used')}
          </Mark>
        )}
      </Title>
      {'notEnough' in comparison ? (
        <Typography textColor="neutral600">{words.notEnough(comparison.notEnough)}</Typography>
      ) : (
        <Compared comparison={comparison} title={text(TITLE[kind])} />
      )}
    </Card>
  );
}

function Compared({ comparison, title }: { comparison: ContentComparison; title: string }) {
  const text = useText();
  const format = useFormats();
  const { n, rmseChange, signals } = comparison;
  const relative = comparison.without.rmse > 0 ? (knownValue(rmseChange) ?? 0) / comparison.without.rmse : 0;
  const changes: [MessageId, Figure][] = [
    ['clv.content.rmse-change', rmseChange],
    ['clv.content.mae-change', comparison.maeChange],
    ['clv.content.gini-change', comparison.giniChange],
  ];
  return (
    <>
      <Typography tag="p" textColor="neutral700">
        {text(SUMMARY[verdictOf(rmseChange)], { change: format.percent(Math.abs(relative)), n })}
      </Typography>
      <FiguresTable
        label={`${title}: ${text('clv.content.compared')}`}
        table={{
          columns: [
            { label: text('clv.content.measure') },
            { label: text('clv.content.without'), end: true },
            { label: text('clv.content.with'), end: true },
          ],
          rows: MEASURES.map((measure) => [
            text(MEASURE_NAME[measure]),
            writeMeasure(measure, comparison.without[measure], format),
            writeMeasure(measure, comparison.with[measure], format),
          ]),
        }}
      />
      <div>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('clv.content.no-change')}
        </Typography>
        {changes.map(([name, change]) => (
          <ChangeRow key={name} name={text(name)} change={change} />
        ))}
      </div>
      <Signals signals={signals} />
    </>
  );
}

/** A change with its interval around zero; each on a scale of its own, for their units differ. */
function ChangeRow({ name, change }: { name: string; change: Figure }) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords('EUR');
  const signed = (value: number) => (value > 0 ? '+' : '') + format.significant(value);
  const interval = ({ low, high }: Estimate) =>
    low === null || high === null
      ? undefined
      : text('clv.interval', { low: signed(low), high: signed(high) });
  return (
    <Rows
      label={name}
      mark="dot"
      rows={[
        {
          key: name,
          name,
          value: knownValue(change),
          low: isEstimate(change) ? change.low : null,
          high: isEstimate(change) ? change.high : null,
          figure: isEstimate(change) ? signed(change.value) : words.notEnough(change.notEnough),
          interval: isEstimate(change) ? interval(change) : undefined,
        },
      ]}
    />
  );
}

const Title = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.8rem 1.2rem;
`;
