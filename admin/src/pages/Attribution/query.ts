import type { AttributionModel, AttributionSort } from '../../../../server/src/ranking/attribution/api-types';
import { type ListQuery, listQuery, useListQuery } from '../../list-query';

/** In the order of their columns: by place in the journey, by time and milestones, and from all journeys together. */
export const MODELS: AttributionModel[] = [
  'first',
  'last',
  'last-content',
  'linear',
  'position',
  'time-decay',
  'w-shape',
  'full-path',
  'markov',
  'shapley',
];

const FILTERS = ['kind', 'locale', 'search'] as const;

export type AttributionQuery = ListQuery<(typeof FILTERS)[number] | 'model', AttributionSort>;
export type ChangeQuery = (change: Partial<AttributionQuery>) => void;

const list = listQuery({
  filters: FILTERS,
  kept: ['model'],
  sorts: [...MODELS, 'orders', 'title'],
  first: { sort: 'linear', direction: 'desc' },
});

export const { writeQuery, isFiltered, unfiltered } = list;

/** The server is not asked for the chosen model: every answer has all of them. */
export function serverQuery({ model: _model, ...query }: AttributionQuery) {
  return list.serverQuery(query);
}

export const useAttributionQuery = () => useListQuery(list);

/** The model that the page explains: the one chosen, or the one that the table goes by. */
export const chosenModel = ({ model, sort }: AttributionQuery): AttributionModel =>
  MODELS.find((known) => known === model) ?? MODELS.find((known) => known === sort) ?? 'linear';
