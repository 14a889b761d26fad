import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { PAGE_SIZES } from './page-numbers';

const DEFAULT_SIZE = 25;

export type Direction = 'asc' | 'desc';

/** What a list shows: how it is narrowed down, its order and its page. */
export type ListQuery<Filter extends string, Sort extends string> = Partial<Record<Filter, string>> & {
  sort: Sort;
  direction: Direction;
  page: number;
  pageSize: number;
};

interface ListSettings<Filter extends string, Kept extends string, Sort extends string> {
  /** What narrows the list down; each goes by its own name in the address. */
  filters: readonly Filter[];
  /** What the address keeps too, though the list without it is no longer one. */
  kept: readonly Kept[];
  sorts: readonly Sort[];
  /** The order of a list of whose order nothing is said. */
  first: { sort: Sort; direction: Direction };
}

/** The state of a list, kept in the address so that it can be sent to a colleague and gone back to. */
export function listQuery<Filter extends string, Kept extends string, Sort extends string>({
  filters,
  kept,
  sorts,
  first,
}: ListSettings<Filter, Kept, Sort>) {
  type Query = ListQuery<Filter | Kept, Sort>;
  const names: readonly (Filter | Kept)[] = [...filters, ...kept];
  const other: Direction = first.direction === 'asc' ? 'desc' : 'asc';

  /** Reads the address; what makes no sense there is as if it were not there. */
  function readQuery(params: URLSearchParams): Query {
    const [sort, direction] = (params.get('sort') ?? '').split(':');
    const page = Number(params.get('page'));
    const pageSize = Number(params.get('pageSize'));
    const told = names.flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    });
    return {
      ...Object.fromEntries(told),
      sort: sorts.find((known) => known === sort) ?? first.sort,
      direction: direction === other ? other : first.direction,
      page: Number.isInteger(page) && page > 0 ? page : 1,
      pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_SIZE,
    };
  }

  /** Writes what differs from the defaults, so that a plain list has a plain address. */
  function writeQuery(query: Query): URLSearchParams {
    const params = new URLSearchParams();
    for (const name of names) {
      const value = query[name];
      if (value) params.set(name, value);
    }
    if (query.sort !== first.sort || query.direction !== first.direction)
      params.set('sort', `${query.sort}:${query.direction}`);
    if (query.page > 1) params.set('page', String(query.page));
    if (query.pageSize !== DEFAULT_SIZE) params.set('pageSize', String(query.pageSize));
    return params;
  }

  /** What the server is asked, without the page: the export takes the same. */
  function serverQuery({ direction, sort, page: _page, pageSize: _size, ...told }: Query) {
    return { ...told, sort: `${sort}:${direction}` };
  }

  const isFiltered = (query: Query): boolean => filters.some((name) => query[name]);

  /** The change that takes all filters away. */
  const unfiltered = Object.fromEntries(filters.map((name) => [name, undefined])) as Partial<Query>;

  return { readQuery, writeQuery, serverQuery, isFiltered, unfiltered };
}

interface Address<Query> {
  readQuery(params: URLSearchParams): Query;
  writeQuery(query: Query): URLSearchParams;
}

/** What the address says of a list, and a change of it, which begins at the first page again. */
export function useListQuery<Query extends { page: number }>({
  readQuery,
  writeQuery,
}: Address<Query>): [Query, (change: Partial<Query>) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changed: Partial<Query>) => {
      // Typing a search is one step back, not one for every letter.
      const replace = 'search' in changed;
      setParams((now) => writeQuery({ ...readQuery(now), page: 1, ...changed }), { replace });
    },
    [setParams, readQuery, writeQuery],
  );
  return [readQuery(params), change];
}
