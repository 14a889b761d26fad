import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { RankingSort } from '../../../../server/src/ranking/api-types';
import { PAGE_SIZES } from '../../page-numbers';

const DEFAULT_SIZE = 25;

export type Direction = 'asc' | 'desc';

/** What narrows the ranking down; each goes by its own name in the address. */
export const FILTERS = ['kind', 'locale', 'channel', 'verdict', 'search'] as const;
export type Filter = (typeof FILTERS)[number] | 'landmark';

export interface RankingQuery extends Partial<Record<Filter, string>> {
  sort: RankingSort;
  direction: Direction;
  page: number;
  pageSize: number;
}

const SORTS: RankingSort[] = ['position', 'title', 'exposed', 'rho', 'difference', 'qValue', 'score'];

/** Reads the address; what makes no sense there is as if it were not there. */
export function readQuery(params: URLSearchParams): RankingQuery {
  const [sort, direction] = (params.get('sort') ?? '').split(':');
  const page = Number(params.get('page'));
  const pageSize = Number(params.get('pageSize'));
  const filters = [...FILTERS, 'landmark' as const].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  });
  return {
    ...Object.fromEntries(filters),
    sort: SORTS.find((known) => known === sort) ?? 'position',
    direction: direction === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_SIZE,
  };
}

/** Writes what differs from the defaults, so that a plain ranking has a plain address. */
export function writeQuery(query: RankingQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of [...FILTERS, 'landmark' as const]) {
    const value = query[name];
    if (value) params.set(name, value);
  }
  if (query.sort !== 'position' || query.direction !== 'asc')
    params.set('sort', `${query.sort}:${query.direction}`);
  if (query.page > 1) params.set('page', String(query.page));
  if (query.pageSize !== DEFAULT_SIZE) params.set('pageSize', String(query.pageSize));
  return params;
}

/** What the server is asked, without the page: the export takes the same. */
export function serverQuery({ direction, sort, page: _page, pageSize: _size, ...filters }: RankingQuery) {
  return { ...filters, sort: `${sort}:${direction}` };
}

export const isFiltered = (query: RankingQuery) => FILTERS.some((name) => query[name]);

export type ChangeQuery = (change: Partial<RankingQuery>) => void;

/** The state of the screen, kept in the address so that it can be sent to a colleague and gone back to. */
export function useRankingQuery(): [RankingQuery, ChangeQuery] {
  const [params, setParams] = useSearchParams();
  const change = useCallback<ChangeQuery>(
    (changed) => {
      // Typing a search is one step back, not one for every letter.
      const replace = 'search' in changed;
      setParams((now) => writeQuery({ ...readQuery(now), page: 1, ...changed }), { replace });
    },
    [setParams],
  );
  return [readQuery(params), change];
}
