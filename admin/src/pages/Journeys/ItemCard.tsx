import { Typography } from '@strapi/design-system';
import { useCallback } from 'react';
import { styled } from 'styled-components';
import type { JourneysReport } from '../../../../server/src/ranking/journeys/api-types';
import { api } from '../../api';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { CardSkeleton } from '../../components/Skeleton';
import { useFigureWords } from '../../figure';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { ItemChoice } from './ItemChoice';
import { ItemRoles } from './ItemRoles';
import { NextItems } from './NextItems';
import type { Names } from './names';
import { PreviousItems } from './PreviousItems';

interface ItemCardProps {
  report: JourneysReport;
  names: Names;
  chosen: number;
  onChoose: (contentId: number) => void;
}

/** The journeys through one item: what came before it, where it stands in them, and what was read next. */
export function ItemCard({ report, names, chosen, onChoose }: ItemCardProps) {
  const text = useText();
  const words = useFigureWords(report.currency);
  const ask = useCallback(() => api.itemJourneys(chosen), [chosen]);
  const { data, error, loading, reload } = useResource(`journeys ${chosen}`, ask);
  const answer = useLast(data);
  const item = answer?.item;
  return (
    <Card aria-label={text('clv.journeys.item.title')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.journeys.item.title')}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {text('clv.journeys.item.intro')}
        </Typography>
      </div>
      <ItemChoice items={report.items} names={names} chosen={chosen} onChoose={onChoose} />
      {error ? (
        <ErrorState title={text('clv.journeys.item.error')} error={error} retry={reload} />
      ) : !answer ? (
        <CardSkeleton cards={3} />
      ) : !item ? (
        <Typography textColor="neutral700">
          {text('clv.journeys.paths.none', { n: report.fewest })}
        </Typography>
      ) : (
        <div
          style={{ opacity: loading && !data ? 0.55 : 1, transition: 'opacity 120ms' }}
          aria-busy={loading}
        >
          <Typography tag="p" textColor="neutral800">
            {text('clv.journeys.item.summary', {
              title: names.title(item.contentId),
              readers: item.readers,
              ordered: item.ordered,
              conversion: words.cell(item.conversion, 'share'),
            })}
          </Typography>
          <Sides>
            <PreviousItems item={item} names={names} />
            <ItemRoles item={item} report={report} />
          </Sides>
          <NextItems item={item} report={report} names={names} onChoose={onChoose} />
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={3}>
            {text('clv.journeys.item.note', { needed: report.needed })} {text('clv.association')}
          </Typography>
        </div>
      )}
    </Card>
  );
}

const Sides = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr));
  gap: 1.6rem 3.2rem;
  padding: 1.6rem 0;
`;
