import { Typography } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ItemPage } from '../../../../server/src/ranking/item/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { useFigureWords } from '../../figure';
import { useText } from '../../text';
import { ItemRoles } from '../Journeys/ItemRoles';
import { NextItems } from '../Journeys/NextItems';
import { useNames } from '../Journeys/names';
import { PreviousItems } from '../Journeys/PreviousItems';
import { itemPath } from '../Rankings/ItemTitle';
import type { RankedProps } from './ItemView';

/** The journeys through the item, where the run followed them. */
export function JourneysCard({ page: { journeys, content } }: RankedProps) {
  return journeys && <Journeys journeys={journeys} title={content.title} />;
}

function Journeys({ journeys, title }: { journeys: NonNullable<ItemPage['journeys']>; title: string }) {
  const text = useText();
  const navigate = useNavigate();
  const { item, contents, report } = journeys;
  const words = useFigureWords(report.currency);
  const names = useNames(contents);
  return (
    <Card aria-label={text('clv.journeys.item.title')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.journeys.item.title')}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {text('clv.journeys.item.summary', {
            title,
            readers: item.readers,
            ordered: item.ordered,
            conversion: words.cell(item.conversion, 'share'),
          })}
        </Typography>
      </div>
      <Sides>
        <PreviousItems item={item} names={names} />
        <ItemRoles item={item} report={report} />
      </Sides>
      <NextItems item={item} report={report} names={names} onChoose={(id) => navigate(itemPath(id))} />
    </Card>
  );
}

const Sides = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr));
  gap: 1.6rem 3.2rem;
`;
