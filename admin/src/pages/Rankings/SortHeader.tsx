import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { RankingSort } from '../../../../server/src/ranking/api-types';
import { useText } from '../../text';
import type { ChangeQuery, RankingQuery } from './query';

interface SortHeaderProps {
  sort: RankingSort;
  label: string;
  /** What the column shows, on hover. */
  hint?: string;
  query: RankingQuery;
  change: ChangeQuery;
  align?: 'start' | 'end';
  children?: ReactNode;
}

/** Where a first click is most of use: names and places from the start, p-values from the smallest, amounts from the most. */
const FIRST: Record<RankingSort, RankingQuery['direction']> = {
  position: 'asc',
  title: 'asc',
  qValue: 'asc',
  exposed: 'desc',
  rho: 'desc',
  difference: 'desc',
  excess: 'desc',
  score: 'desc',
};

/** A column header that sorts by its column, and turns the order on a second click. */
export function SortHeader({ sort, label, hint, query, change, align = 'start', children }: SortHeaderProps) {
  const text = useText();
  const active = query.sort === sort;
  const next = active ? (query.direction === 'asc' ? 'desc' : 'asc') : FIRST[sort];
  return (
    <Th
      scope="col"
      $align={align}
      aria-sort={active ? (query.direction === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" title={hint} onClick={() => change({ sort, direction: next })}>
        {label}
        <Arrow aria-hidden $active={active}>
          {(active ? query.direction : FIRST[sort]) === 'asc' ? '↑' : '↓'}
        </Arrow>
        <span className="said">{text(next === 'asc' ? 'clv.sort.asc' : 'clv.sort.desc')}</span>
      </button>
      {children}
    </Th>
  );
}

const Arrow = styled.span<{ $active: boolean }>`
  opacity: ${({ $active }) => ($active ? 1 : 0)};
`;

const Th = styled.th<{ $align: 'start' | 'end' }>`
  && {
    text-align: ${({ $align }) => $align};
  }

  button {
    display: inline-flex;
    flex-direction: ${({ $align }) => ($align === 'end' ? 'row-reverse' : 'row')};
    gap: 0.4rem;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    letter-spacing: inherit;
    text-transform: inherit;
    color: inherit;
    cursor: pointer;
    white-space: nowrap;
  }

  button:hover {
    color: ${({ theme }) => theme.colors.neutral800};
  }

  button:hover ${Arrow} {
    opacity: 1;
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 3px;
    border-radius: 2px;
  }

  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
