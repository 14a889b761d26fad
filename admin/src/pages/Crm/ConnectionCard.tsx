import { Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ConnectionSummary } from '../../../../server/src/crm/sync/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { PLUGIN_ID } from '../../plugin';
import { useText } from '../../text';
import { Progress } from './Progress';
import { SituationBadge } from './SituationBadge';
import { situationOf } from './situation';
import { useSituationSentence } from './situation-sentence';

export const connectionPath = (id: string) => `/plugins/${PLUGIN_ID}/crm/${encodeURIComponent(id)}`;

/** One connection at a glance. */
export function ConnectionCard({ connection }: { connection: ConnectionSummary }) {
  const text = useText();
  const sentence = useSituationSentence();
  const situation = situationOf(connection, Date.now());
  const { id, name, title, account, problems, dead } = connection;
  const toLookAt = [
    problems > 0 && text('clv.crm.count.problems', { n: problems }),
    dead > 0 && text('clv.crm.count.dead', { n: dead }),
  ].filter(Boolean);
  return (
    <Card aria-label={name}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3}>
        <div style={{ minWidth: 0 }}>
          <Name tag="h3" variant="delta">
            <Link to={connectionPath(id)}>{name}</Link>
          </Name>
          <Typography variant="pi" textColor="neutral600" tag="p" style={{ overflowWrap: 'anywhere' }}>
            {account.name && account.name !== name ? `${title} · ${account.name}` : title}
          </Typography>
        </div>
        <SituationBadge is={situation.is} />
      </Flex>
      {situation.is === 'running' ? (
        <Progress stream={situation.stream} />
      ) : (
        <Typography textColor="neutral700" style={{ overflowWrap: 'anywhere' }}>
          {sentence(situation)}
        </Typography>
      )}
      {toLookAt.length > 0 && (
        <Typography variant="pi" textColor="neutral700">
          {toLookAt.join(' · ')}
        </Typography>
      )}
    </Card>
  );
}

const Name = styled(Typography)`
  overflow-wrap: anywhere;

  a {
    color: ${({ theme }) => theme.colors.neutral800};
    text-decoration: none;
  }

  a:hover {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
