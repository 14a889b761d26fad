import { Typography } from '@strapi/design-system';
import { Link, useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Segment } from '../../../../../server/src/activation/segments/api-types';
import type { CustomerRow } from '../../../../../server/src/clv/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { Pager } from '../../../components/Pager';
import { PlainTable } from '../../../components/PlainTable';
import { TableSkeleton } from '../../../components/Skeleton';
import { StageBadge } from '../../../components/StageBadge';
import { tierName } from '../../../components/tier-words';
import { useFormats } from '../../../format';
import { PLUGIN_ID, useAllowed } from '../../../plugin';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { personName } from '../../Customers/CustomersTable';
import { segments } from '../segments-api';

const PAGE_SIZE = 25;

/** Who is in a segment, for whoever may see single persons. */
export function Members({ segment }: { segment: Segment }) {
  const text = useText();
  const allowed = useAllowed();
  return (
    <Card as="div">
      <Typography tag="h3" variant="delta">
        {text('clv.segments.members')}
      </Typography>
      {allowed.customers ? (
        <MemberList segment={segment} />
      ) : (
        <Note tone="info">{text('clv.segments.members.hidden')}</Note>
      )}
    </Card>
  );
}

function MemberList({ segment: { id, computedAt } }: { segment: Segment }) {
  const text = useText();
  const [params] = useSearchParams();
  const page = Number(params.get('page')) || 1;
  // Asked anew when the segment was.
  const { data, error, reload } = useResource(`segment members ${id} ${page} ${computedAt}`, () =>
    segments.members(id, { page, pageSize: PAGE_SIZE }),
  );
  const shown = useLast(data);
  if (error) return <ErrorState title={text('clv.segments.members.failed')} error={error} retry={reload} />;
  if (!shown) return <TableSkeleton rows={4} />;
  const { members, currency, pagination } = shown;
  if (members.length === 0)
    return <Typography textColor="neutral700">{text('clv.segments.members.none')}</Typography>;
  return (
    <>
      <PlainTable label={text('clv.segments.members')}>
        <thead>
          <tr>
            <th scope="col">{text('clv.people.customer')}</th>
            <th scope="col">{text('clv.column.stage')}</th>
            <th scope="col">{text('clv.column.tier')}</th>
            <th scope="col" className="end">
              {text('clv.people.last-order')}
            </th>
            <th scope="col" className="end">
              {text('clv.column.predicted')}
            </th>
            <th scope="col" className="end">
              {text('clv.people.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Row key={member.personId} member={member} currency={currency} />
          ))}
        </tbody>
      </PlainTable>
      <Pager
        label={text('clv.segments.members.pages')}
        pagination={pagination}
        to={(number) => `?${new URLSearchParams({ page: String(number) })}`}
      />
    </>
  );
}

function Row({ member, currency }: { member: CustomerRow; currency: string }) {
  const text = useText();
  const format = useFormats();
  const { personId, stage, tier, lastOrderAt, predicted, total } = member;
  return (
    <tr>
      <Name scope="row" className="wrap">
        <Link to={`/plugins/${PLUGIN_ID}/customers/${encodeURIComponent(personId)}`}>
          <bdi>{personName(member, text)}</bdi>
        </Link>
      </Name>
      <td>
        <StageBadge stage={stage} />
      </td>
      <td>{tier === null ? '–' : tierName(tier, text)}</td>
      <td className="end">{lastOrderAt === null ? '–' : format.ago(lastOrderAt)}</td>
      <td className="end">{format.money(predicted, currency, 0)}</td>
      <td className="end">{format.money(total, currency, 0)}</td>
    </tr>
  );
}

const Name = styled.th`
  overflow-wrap: anywhere;

  a {
    font-weight: 500;
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
`;
