import { type ListQuery, listQuery, useListQuery } from '../../../list-query';

const FILTERS = ['month', 'channel'] as const;
/** Which view of the page it is. */
const KEPT = ['show'] as const;

export type CostsQuery = ListQuery<(typeof FILTERS)[number] | (typeof KEPT)[number], 'month'>;

const list = listQuery({
  filters: FILTERS,
  kept: KEPT,
  sorts: ['month'],
  first: { sort: 'month', direction: 'desc' },
});

export const { writeQuery, isFiltered, unfiltered } = list;

export const useCostsQuery = () => useListQuery(list);
