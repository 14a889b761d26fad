import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { CustomerSort } from '../../../../server/src/clv/api-types';
import { PAGE_SIZES } from '../../page-numbers';

const DEFAULT_SIZE = 25;

export const SORTS: CustomerSort[] = ['total', 'historical', 'predicted', 'pAlive', 'orders', 'lastOrderAt'];

export type Direction = 'asc' | 'desc';

/** What narrows the list down; each goes by its own name in the address. */
export const FILTERS = ['search', 'kind', 'tier', 'stage'] as const;

export interface CustomersQuery extends Partial<Record<(typeof FILTERS)[number], string>> {
  sort: CustomerSort;
  direction: Direction;
  page: number;
  pageSize: number;
}

/** Reads the address; what makes no sense there is as if it were not there. */
export function readQuery(params: URLSearchParams): CustomersQuery {
  const [sort, direction] = (params.get('sort') ?? '').split(':');
  const page = Number(params.get('page'));
  const pageSize = Number(params.get('pageSize'));
  const filters = FILTERS.flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  });
  return {
    ...Object.fromEntries(filters),
    sort: SORTS.find((known) => known === sort) ?? 'total',
    direction: direction === 'asc' ? 'asc' : 'desc',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_SIZE,
  };
}

/** Writes what differs from the defaults, so that a plain list has a plain address. */
export function writeQuery(query: CustomersQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of FILTERS) {
    const value = query[name];
    if (value) params.set(name, value);
  }
  if (query.sort !== 'total' || query.direction !== 'desc')
    params.set('sort', `${query.sort}:${query.direction}`);
  if (query.page > 1) params.set('page', String(query.page));
  if (query.pageSize !== DEFAULT_SIZE) params.set('pageSize', String(query.pageSize));
  return params;
}

/** What the server is asked, without the page: the export takes the same. */
export function serverQuery({ direction, sort, page: _page, pageSize: _size, ...filters }: CustomersQuery) {
  return { ...filters, sort: `${sort}:${direction}` };
}

export const isFiltered = (query: CustomersQuery) => FILTERS.some((name) => query[name]);

export type ChangeQuery = (change: Partial<CustomersQuery>) => void;

/** The state of the list, kept in the address so that the way back from a customer finds it again. */
export function useCustomersQuery(): [CustomersQuery, ChangeQuery] {
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
