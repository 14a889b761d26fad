import type { HttpAnswer } from '../../http/client';
import type { Api } from './api';
import { paths } from './paths';
import type { SearchPage } from './payloads';

/** Of which records, and what to bring of each. */
export interface Wanted {
  type: 'contacts' | 'deals';
  /** The property that says when a record was changed. */
  modified: 'lastmodifieddate' | 'hs_lastmodifieddate';
  properties: string[];
  /** Asks for the contacts of each record, which only the list gives. */
  contacts: boolean;
}

export const SEARCH_PAGE = 200;

interface Filter {
  propertyName: string;
  operator: 'EQ' | 'GT' | 'GTE';
  value: string;
}

/**
 * Records from a moment on, the earliest change first; with an id, those of just that moment with a greater id. A search
 * ends after 10,000 records, and its pages move while records change: each page is a search of its own that begins
 * where the last one ended.
 */
export function changesFrom(
  api: Api,
  { type, modified, properties }: Wanted,
  from: number,
  id: string | null,
): Promise<HttpAnswer<SearchPage>> {
  const at = { propertyName: modified, value: String(from) };
  const filters: Filter[] =
    id === null
      ? [{ ...at, operator: 'GTE' }]
      : [
          { ...at, operator: 'EQ' },
          { propertyName: 'hs_object_id', operator: 'GT', value: id },
        ];
  const sortedBy = id === null ? modified : 'hs_object_id';
  return search(api, type, {
    filterGroups: [{ filters }],
    sorts: [{ propertyName: sortedBy, direction: 'ASCENDING' }],
    properties,
    limit: SEARCH_PAGE,
  });
}

/** How many there are of a type. */
export async function countOf(api: Api, type: Wanted['type']): Promise<number> {
  const { body } = await search(api, type, { filterGroups: [], limit: 1 });
  return body.total;
}

const search = (api: Api, type: Wanted['type'], body: object) =>
  api.search<SearchPage>({ method: 'POST', url: paths.objects(type, 'search'), body, idempotent: true });
