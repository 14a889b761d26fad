import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Segment } from '../../../../server/src/activation/segments/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PlainTable } from '../../components/PlainTable';
import { PluginPage } from '../../components/PluginPage';
import { TableSkeleton } from '../../components/Skeleton';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { MembershipBadge } from './MembershipBadge';
import { Starters } from './Starters';
import { SEGMENTS, segmentPath, segments } from './segments-api';

/** The segments, each with how many are in it and where it goes. */
export function ListPage() {
  const text = useText();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('segments', segments.list);
  const list = useLast(data);
  const some = list !== undefined && list.segments.length > 0;
  return (
    <PluginPage
      title={text('clv.nav.segments')}
      subtitle={text('clv.segments.subtitle')}
      actions={
        some &&
        allowed.segmentsManage && (
          <LinkButton tag={Link} to={`${SEGMENTS}/new`} startIcon={<Plus />}>
            {text('clv.segments.new')}
          </LinkButton>
        )
      }
    >
      {error ? (
        <ErrorState title={text('clv.segments.failed')} error={error} retry={reload} />
      ) : !list ? (
        <TableSkeleton rows={4} />
      ) : (
        <>
          {!list.valued && <Note tone="info">{text('clv.segments.not-valued')}</Note>}
          {some ? <List segments={list.segments} /> : <Empty />}
        </>
      )}
    </PluginPage>
  );
}

function List({ segments: rows }: { segments: Segment[] }) {
  const text = useText();
  return (
    <Card as="div">
      <PlainTable label={text('clv.nav.segments')}>
        <thead>
          <tr>
            <th scope="col">{text('clv.segments.name')}</th>
            <th scope="col" className="end">
              {text('clv.segments.members')}
            </th>
            <th scope="col">{text('clv.segments.membership')}</th>
            <th scope="col">{text('clv.segments.goes-to')}</th>
            <th scope="col">{text('clv.segments.computed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((segment) => (
            <Row key={segment.id} segment={segment} />
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Row({ segment }: { segment: Segment }) {
  const text = useText();
  const format = useFormats();
  const { id, name, description, members, membership, computedAt, toCrm } = segment;
  const goes = [segment.public && text('clv.segments.to.pages'), toCrm && text('clv.segments.to.crm')].filter(
    Boolean,
  );
  return (
    <tr>
      <Name scope="row" className="wrap">
        <Link to={segmentPath(id)}>
          <bdi>{name}</bdi>
        </Link>
        {description && <small dir="auto">{description}</small>}
      </Name>
      <td className="end">{computedAt === null ? '–' : format.integer(members)}</td>
      <td>
        <MembershipBadge membership={membership} />
      </td>
      <td>{goes.length > 0 ? goes.join(', ') : text('clv.segments.to.nowhere')}</td>
      <td title={computedAt === null ? undefined : format.dateTime(computedAt)}>
        {computedAt === null ? text('clv.segments.computed.not') : format.ago(computedAt)}
      </td>
    </tr>
  );
}

/** What segments are for, where there is none yet, and three to begin with. */
function Empty() {
  const text = useText();
  const allowed = useAllowed();
  return (
    <Card aria-label={text('clv.segments.empty.title')}>
      <Flex direction="column" alignItems="flex-start" gap={2} maxWidth="72rem">
        <Typography tag="h3" variant="beta">
          {text('clv.segments.empty.title')}
        </Typography>
        <Typography textColor="neutral700">{text('clv.segments.empty')}</Typography>
      </Flex>
      {allowed.segmentsManage ? (
        <>
          <Starters />
          <div>
            <LinkButton tag={Link} to={`${SEGMENTS}/new`} variant="tertiary" startIcon={<Plus />}>
              {text('clv.segments.new.blank')}
            </LinkButton>
          </div>
        </>
      ) : (
        <Typography textColor="neutral600">{text('clv.segments.empty.ask')}</Typography>
      )}
    </Card>
  );
}

const Name = styled.th`
  overflow-wrap: anywhere;

  && {
    font-weight: 600;
    vertical-align: top;
  }

  a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: none;
  }

  a:hover {
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }

  small {
    display: block;
    max-width: 56rem;
    font-size: 1.2rem;
    line-height: 1.6rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
