import { styled } from 'styled-components';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { StreamCard } from './StreamCard';

interface StreamCardsProps {
  connection: ConnectionDetail;
  onChange: () => void;
}

/** Every stream of a connection: how it fares, and what can be done with it. */
export function StreamCards({ connection, onChange }: StreamCardsProps) {
  return (
    <Grid>
      {connection.streams.map((stream) => (
        <StreamCard key={stream.stream} connection={connection} stream={stream} onChange={onChange} />
      ))}
    </Grid>
  );
}

const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(44rem, 100%), 1fr));
  gap: 1.6rem;
`;
