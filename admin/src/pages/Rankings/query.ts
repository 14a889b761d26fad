import type { RankingSort } from '../../../../server/src/ranking/api-types';
import { type ListQuery, listQuery, useListQuery } from '../../list-query';

const FILTERS = ['kind', 'locale', 'group', 'slice', 'verdict', 'search'] as const;
export type Filter = (typeof FILTERS)[number] | 'landmark';

export type RankingQuery = ListQuery<Filter, RankingSort>;
export type ChangeQuery = (change: Partial<RankingQuery>) => void;

const SORTS: RankingSort[] = [
  'position',
  'title',
  'exposed',
  'rho',
  'difference',
  'excess',
  'qValue',
  'score',
];

const list = listQuery({
  filters: FILTERS,
  kept: ['landmark'],
  sorts: SORTS,
  first: { sort: 'position', direction: 'asc' },
});

export const { readQuery, writeQuery, serverQuery, isFiltered, unfiltered } = list;

export const useRankingQuery = () => useListQuery(list);
