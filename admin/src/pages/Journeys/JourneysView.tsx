import { useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ContentName, JourneysReport } from '../../../../server/src/ranking/journeys/api-types';
import { useText } from '../../text';
import { ClosingCard } from './ClosingCard';
import { Counts } from './Counts';
import { EntryCard } from './EntryCard';
import { EntryTimeCard } from './EntryTimeCard';
import { FlowCard } from './FlowCard';
import { ItemCard } from './ItemCard';
import { type Names, useNames } from './names';
import { PathsCard } from './PathsCard';
import { TimeCard } from './TimeCard';

export interface ReportProps {
  report: JourneysReport;
  names: Names;
  /** Asks for the journeys through an item. */
  onChoose: (contentId: number) => void;
}

/** A run's journeys, from the whole river down to single items. The item that is looked at stands in the address. */
export function JourneysView({ report, contents }: { report: JourneysReport; contents: ContentName[] }) {
  const text = useText();
  const names = useNames(contents);
  const [params, setParams] = useSearchParams();
  const item = useRef<HTMLDivElement>(null);
  const known = report.items.find(({ contentId }) => contentId === Number(params.get('item')));
  const chosen = known ?? report.items[0];
  const choose = (contentId: number) => setParams({ item: String(contentId) }, { replace: true });
  const chooseAndShow = (contentId: number) => {
    choose(contentId);
    item.current?.scrollIntoView({ block: 'start' });
  };
  const props = { report, names, onChoose: chooseAndShow };
  return (
    <>
      <Counts report={report} />
      <FlowCard {...props} />
      <Heading>{text('clv.journeys.section.paths')}</Heading>
      <PathsCard {...props} />
      <Heading>{text('clv.journeys.section.ends')}</Heading>
      <Grid>
        <EntryCard {...props} />
        <ClosingCard {...props} />
        <TimeCard {...props} />
        <EntryTimeCard {...props} />
      </Grid>
      <Heading>{text('clv.journeys.section.item')}</Heading>
      <div ref={item}>
        {chosen && <ItemCard report={report} names={names} chosen={chosen.contentId} onChoose={choose} />}
      </div>
    </>
  );
}

const Heading = styled.h2`
  margin: 1.6rem 0 -0.4rem;
  font-size: 1.6rem;
  line-height: 2.4rem;
  font-weight: 600;
  color: ${({ theme }) => theme.colors.neutral800};
`;

/** Two charts side by side where there is room for both. */
const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(46rem, 100%), 1fr));
  gap: 1.6rem;
`;
