import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { ContentComparison, Estimate, Figure } from '../../../../server/src/clv/api-types';
import { Card, FiguresTable } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { isEstimate, knownValue, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { MEASURES, type Measure } from './best';
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
        <Compared comparison={comparison} title={text(TITLE[kind])} currency={run.currency} />
      )}
    </Card>
  );
}

interface ComparedProps {
  comparison: ContentComparison;
  title: string;
  currency: string;
}

function Compared({ comparison, title, currency }: ComparedProps) {
  const text = useText();
  const format = useFormats();
  const { n, relativeDevianceChange, signals } = comparison;
  const change = format.percent(Math.abs(knownValue(relativeDevianceChange) ?? 0));
  // What is predicted here is value, so errors are amounts.
  const write = (measure: Measure, value: number | null) =>
    measure === 'mae' || measure === 'rmse'
      ? format.money(value, currency, 0)
      : writeMeasure(measure, value, format);
  const amount = (value: number) => format.signedMoney(value, currency, 0);
  const changes: [MessageId, Figure, (value: number) => string][] = [
    ['clv.content.deviance-change', relativeDevianceChange, format.signedPercent],
    ['clv.content.rmse-change', comparison.rmseChange, amount],
    ['clv.content.mae-change', comparison.maeChange, amount],
    ['clv.content.gini-change', comparison.giniChange, format.signedThousandths],
  ];
  return (
    <>
      <Typography tag="p" textColor="neutral700">
        {text(SUMMARY[verdictOf(relativeDevianceChange)], { change, n })}
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
            write(measure, comparison.without[measure]),
            write(measure, comparison.with[measure]),
          ]),
        }}
      />
      <div>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('clv.content.no-change')}
        </Typography>
        {changes.map(([name, change, signed]) => (
          <ChangeRow key={name} name={text(name)} change={change} signed={signed} />
        ))}
      </div>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('clv.content.rule')}
      </Typography>
      <Signals signals={signals} />
    </>
  );
}

interface ChangeRowProps {
  name: string;
  change: Figure;
  signed: (value: number) => string;
}

/** A change with its interval around zero; each on a scale of its own, for their units differ. */
function ChangeRow({ name, change, signed }: ChangeRowProps) {
  const text = useText();
  const words = useFigureWords('EUR');
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
