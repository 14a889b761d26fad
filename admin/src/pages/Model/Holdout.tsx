import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { ModelRow } from '../../../../server/src/clv/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { modelMeaning, modelName } from '../../components/model-words';
import { PlainTable } from '../../components/PlainTable';
import { type Formats, useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { bestIn, MEASURES, type Measure } from './best';
import type { ModelProps } from './ModelView';

const COLUMN: Record<Measure, [name: MessageId, meaning: MessageId]> = {
  bias: ['clv.measure.bias', 'clv.measure.bias.meaning'],
  mae: ['clv.measure.mae', 'clv.measure.mae.meaning'],
  rmse: ['clv.measure.rmse', 'clv.measure.rmse.meaning'],
  gini: ['clv.measure.gini', 'clv.measure.gini.meaning'],
  topDecileShare: ['clv.measure.top', 'clv.measure.top.meaning'],
};

export function writeMeasure(measure: Measure, value: number | null, format: Formats): string {
  if (value === null) return '–';
  if (measure === 'bias') return format.signedPercent(value);
  if (measure === 'topDecileShare') return format.percent(value);
  return measure === 'gini' ? format.gini(value) : format.error(value);
}

/** Models and plain rules beside each other, on customers whose later orders are known. */
export function Holdout({ report }: ModelProps) {
  const text = useText();
  const format = useFormats();
  const { split, holdout, chosen } = report;
  const title = text('clv.holdout.title');
  if (!split || holdout.length === 0)
    return (
      <Card aria-label={title}>
        <Typography tag="h3" variant="delta">
          {title}
        </Typography>
        <Typography textColor="neutral600">{text('clv.holdout.none')}</Typography>
      </Card>
    );
  const best = new Map(MEASURES.map((measure) => [measure, bestIn(measure, holdout)]));
  return (
    <Card aria-label={title}>
      <div>
        <Typography tag="h3" variant="delta">
          {title}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {text('clv.holdout.summary', {
            calibration: format.date(split.calibrationEnd),
            holdout: format.date(split.holdoutEnd),
            n: split.customers,
            actual: format.integer(split.actual),
          })}
        </Typography>
      </div>
      <PlainTable label={text('clv.chart.figures', { title })}>
        <thead>
          <tr>
            <th scope="col">{text('clv.holdout.model')}</th>
            <th scope="col" className="end">
              {text('clv.holdout.predicted')}
            </th>
            {MEASURES.map((measure) => (
              <th key={measure} scope="col" className="end" title={text(COLUMN[measure][1])}>
                {text(COLUMN[measure][0])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {holdout.map((row) => (
            <Line key={row.name} row={row} inUse={row.name === chosen} best={best} />
          ))}
        </tbody>
      </PlainTable>
      <Meanings>
        <li>{text('clv.holdout.best-mark')}</li>
        {MEASURES.map((measure) => (
          <li key={measure}>
            <b>{text(COLUMN[measure][0])}</b> {text(COLUMN[measure][1])}
          </li>
        ))}
      </Meanings>
    </Card>
  );
}

interface LineProps {
  row: ModelRow;
  inUse: boolean;
  best: Map<Measure, ModelRow[]>;
}

function Line({ row, inUse, best }: LineProps) {
  const text = useText();
  const format = useFormats();
  return (
    <tr>
      <th scope="row" title={modelMeaning(row.name, text)}>
        <Name>
          <b>{modelName(row.name, text)}</b>
          {inUse && <Mark>{text('clv.holdout.in-use')}</Mark>}
          {row.heuristic && <small>{text('clv.holdout.rule')}</small>}
        </Name>
      </th>
      <td className="end">{format.integer(row.predicted)}</td>
      {MEASURES.map((measure) => {
        const isBest = best.get(measure)!.includes(row);
        const figure = writeMeasure(measure, row[measure], format);
        return (
          <td key={measure} className="end">
            {isBest ? (
              <Best>
                <span role="img" aria-label={text('clv.holdout.best')}>
                  ★
                </span>{' '}
                {figure}
              </Best>
            ) : (
              figure
            )}
          </td>
        );
      })}
    </tr>
  );
}

const Name = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 0.8rem;
  font-size: 1.3rem;

  b {
    font-weight: 500;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    font-size: 1.1rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;

export const Mark = styled.span<{ $quiet?: boolean }>`
  padding: 0.1rem 0.6rem;
  border: 1px solid ${({ theme, $quiet }) => theme.colors[$quiet ? 'neutral200' : 'primary200']};
  border-radius: 3px;
  font-size: 1.1rem;
  line-height: 1.6rem;
  font-weight: 500;
  white-space: nowrap;
  color: ${({ theme, $quiet }) => theme.colors[$quiet ? 'neutral700' : 'primary700']};
  background: ${({ theme, $quiet }) => theme.colors[$quiet ? 'neutral100' : 'primary100']};
`;

const Best = styled.span`
  font-weight: 600;
  color: ${({ theme }) => theme.colors.success700};
`;

const Meanings = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 2.4rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.2rem;
  line-height: 1.7rem;
  color: ${({ theme }) => theme.colors.neutral600};

  b {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }
`;
