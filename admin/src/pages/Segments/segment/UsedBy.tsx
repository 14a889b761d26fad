import { Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { SegmentDetail } from '../../../../../server/src/activation/segments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { PLUGIN_ID } from '../../../plugin';
import { useText } from '../../../text';

/** The page of a trigger or an experiment. */
const pathOf = ({ kind, id }: SegmentDetail['usedBy'][number]) =>
  `/plugins/${PLUGIN_ID}/${kind === 'trigger' ? 'triggers' : 'experiments'}/${encodeURIComponent(id)}`;

/** What goes by a segment. */
export function UsedBy({ detail: { usedBy } }: { detail: SegmentDetail }) {
  const text = useText();
  if (usedBy.length === 0) return null;
  return (
    <Card aria-label={text('clv.segments.used-by')}>
      <Typography tag="h3" variant="delta">
        {text('clv.segments.used-by')}
      </Typography>
      <List>
        {usedBy.map((user) => (
          <li key={`${user.kind} ${user.id}`}>
            {text(
              user.kind === 'trigger' ? 'clv.segments.used-by.trigger' : 'clv.segments.used-by.experiment',
            )}{' '}
            <Link to={pathOf(user)}>
              <bdi>{user.name}</bdi>
            </Link>
          </li>
        ))}
      </List>
    </Card>
  );
}

const List = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.4rem;
  line-height: 2.4rem;
  overflow-wrap: anywhere;
  color: ${({ theme }) => theme.colors.neutral700};

  a {
    color: ${({ theme }) => theme.colors.primary600};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
