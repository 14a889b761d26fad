import type { CustomerSort } from '../../../../server/src/clv/api-types';
import { type ListQuery, listQuery, useListQuery } from '../../list-query';

export const SORTS: CustomerSort[] = ['total', 'historical', 'predicted', 'pAlive', 'orders', 'lastOrderAt'];

const FILTERS = ['search', 'kind', 'tier', 'stage'] as const;

export type CustomersQuery = ListQuery<(typeof FILTERS)[number], CustomerSort>;
export type ChangeQuery = (change: Partial<CustomersQuery>) => void;

const list = listQuery({
  filters: FILTERS,
  kept: [],
  sorts: SORTS,
  first: { sort: 'total', direction: 'desc' },
});

export const { writeQuery, serverQuery, isFiltered, unfiltered } = list;

export const useCustomersQuery = () => useListQuery(list);
