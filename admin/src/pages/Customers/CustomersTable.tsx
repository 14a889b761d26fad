import { Box } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { CustomerRow, CustomerSort } from '../../../../server/src/clv/api-types';
import { StageBadge } from '../../components/StageBadge';
import { tierName } from '../../components/tier-words';
import { useFormats } from '../../format';
import { PLUGIN_ID } from '../../plugin';
import { type MessageId, type Text, useText } from '../../text';
import type { ChangeQuery, CustomersQuery } from './query';

interface CustomersTableProps {
  customers: CustomerRow[];
  query: CustomersQuery;
  change: ChangeQuery;
  currency: string;
}

const COLUMNS: [sort: CustomerSort, label: MessageId, hint: MessageId][] = [
  ['orders', 'clv.column.orders', 'clv.people.orders.hint'],
  ['lastOrderAt', 'clv.people.last-order', 'clv.people.last-order.hint'],
  ['historical', 'clv.column.clv', 'clv.tile.historical.meaning'],
  ['predicted', 'clv.column.predicted', 'clv.people.predicted.hint'],
  ['total', 'clv.people.total', 'clv.people.total.hint'],
  ['pAlive', 'clv.people.alive', 'clv.people.alive.hint'],
];

/** Customers and prospects, one a row. */
export function CustomersTable({ customers, query, change, currency }: CustomersTableProps) {
  const text = useText();
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius overflow="auto">
      <Table>
        <caption>{text('clv.nav.customers')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('clv.people.customer')}</th>
            <th scope="col">{text('clv.column.stage')}</th>
            <th scope="col">{text('clv.column.tier')}</th>
            {COLUMNS.map(([sort, label, hint]) => (
              <SortTh key={sort} sort={sort} label={text(label)} hint={text(hint)} {...{ query, change }} />
            ))}
          </tr>
        </thead>
        <tbody>
          {customers.map((customer) => (
            <Row key={customer.personId} customer={customer} currency={currency} />
          ))}
        </tbody>
      </Table>
    </Box>
  );
}

interface SortThProps extends Pick<CustomersTableProps, 'query' | 'change'> {
  sort: CustomerSort;
  label: string;
  hint: string;
}

function SortTh({ sort, label, hint, query, change }: SortThProps) {
  const text = useText();
  const active = query.sort === sort;
  const next = active && query.direction === 'desc' ? 'asc' : 'desc';
  return (
    <th
      scope="col"
      className="end"
      aria-sort={active ? (query.direction === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" title={hint} onClick={() => change({ sort, direction: next })}>
        <span aria-hidden className={active ? undefined : 'idle'}>
          {active && query.direction === 'asc' ? '↑' : '↓'}
        </span>
        {label}
        <span className="said">{text(next === 'asc' ? 'clv.sort.asc' : 'clv.sort.desc')}</span>
      </button>
    </th>
  );
}

/** What a person is called: by customer id, or, of a reader who has none, by a part of our own. */
export function personName(
  { customerIds, personId }: Pick<CustomerRow, 'customerIds' | 'personId'>,
  text: Text,
): string {
  return customerIds[0] ?? text('clv.people.reader', { id: personId.slice(-6) });
}

function Row({ customer, currency }: { customer: CustomerRow; currency: string }) {
  const text = useText();
  const format = useFormats();
  const { customerIds, tier, previousTier, channel, segment } = customer;
  const money = (value: number | null) => format.money(value, currency, 0);
  return (
    <tr>
      <th scope="row">
        <Link to={`/plugins/${PLUGIN_ID}/customers/${encodeURIComponent(customer.personId)}`}>
          {personName(customer, text)}
        </Link>
        <small>
          {[
            customerIds.length > 1 && text('clv.people.more-ids', { n: customerIds.length - 1 }),
            channel,
            segment,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </th>
      <td>
        <StageBadge stage={customer.stage} />
      </td>
      <td>
        {tier === null ? '–' : tierName(tier, text)}
        {previousTier && previousTier !== tier && (
          <small>{text('clv.people.before', { tier: tierName(previousTier, text) })}</small>
        )}
      </td>
      <td className="end">{format.integer(customer.orders)}</td>
      <td className="end">{customer.lastOrderAt === null ? '–' : format.ago(customer.lastOrderAt)}</td>
      <td className="end">{money(customer.historical)}</td>
      <td className="end">{money(customer.predicted)}</td>
      <td className="end strong">{money(customer.total)}</td>
      <td className="end">
        {customer.kind === 'prospect' ? (
          <>
            {format.percent(customer.buyProbability)}
            {customer.buyProbability !== null && <small>{text('clv.people.buys')}</small>}
          </>
        ) : (
          format.percent(customer.pAlive)
        )}
      </td>
    </tr>
  );
}

const Table = styled.table`
  width: 100%;
  min-width: 96rem;
  border-collapse: collapse;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral800};
  font-variant-numeric: tabular-nums;

  caption,
  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  th,
  td {
    position: relative;
    padding: 1rem 1.2rem;
    text-align: start;
    vertical-align: top;
    white-space: nowrap;
  }

  th:first-child {
    padding-inline-start: 2rem;
  }

  th:last-child,
  td:last-child {
    padding-inline-end: 2rem;
  }

  thead th {
    font-size: 1.1rem;
    line-height: 1.6rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral600};
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  tbody tr {
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  tbody tr:last-child {
    border-bottom: 0;
  }

  tbody tr:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  tbody th {
    font-weight: 500;
    max-width: 26rem;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .end {
    text-align: end;
  }

  .strong {
    font-weight: 600;
  }

  small {
    display: block;
    font-size: 1.1rem;
    line-height: 1.5rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: none;
  }

  a:hover {
    text-decoration: underline;
  }

  button {
    display: inline-flex;
    gap: 0.4rem;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    color: inherit;
    cursor: pointer;
  }

  button:hover {
    color: ${({ theme }) => theme.colors.neutral800};
  }

  button:not(:hover) .idle {
    opacity: 0;
  }

  a:focus-visible,
  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
