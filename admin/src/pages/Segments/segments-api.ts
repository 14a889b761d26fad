import { getFetchClient, isFetchError } from '@strapi/strapi/admin';
import type {
  Segment,
  SegmentContents,
  SegmentCount,
  SegmentDetail,
  SegmentInput,
  SegmentList,
  SegmentMembers,
  SegmentOptions,
  SegmentRules,
} from '../../../../server/src/activation/segments/api-types';
import { download, get, type Query } from '../../api';
import { PLUGIN_ID } from '../../plugin';

export const SEGMENTS = `/plugins/${PLUGIN_ID}/segments`;

const route = (id: string) => `/segments/${encodeURIComponent(id)}`;

/** The page of a segment. */
export const segmentPath = (id: string) => `${SEGMENTS}/${encodeURIComponent(id)}`;

/** The admin routes of the Segments pages. */
export const segments = {
  list: () => get<SegmentList>('/segments'),
  one: (id: string) => get<SegmentDetail>(route(id)),
  options: () => get<SegmentOptions>('/segments/options'),
  contents: (query: Query) => get<SegmentContents>('/segments/contents', query),
  members: (id: string, query: Query) => get<SegmentMembers>(`${route(id)}/members`, query),
  count: async (rules: SegmentRules, signal: AbortSignal) =>
    (await getFetchClient().post<SegmentCount>('/clv/segments/count', { rules }, { signal })).data,
  create: async (input: SegmentInput) =>
    savedId((await getFetchClient().post<Saved>('/clv/segments', input)).data),
  update: async (id: string, input: SegmentInput) =>
    savedId((await getFetchClient().put<Saved>(`/clv${route(id)}`, input)).data),
  renew: (id: string) => getFetchClient().post(`/clv${route(id)}/renew`),
  remove: (id: string) => getFetchClient().del(`/clv${route(id)}`),
  exportCsv: ({ id, slug }: Segment) => download(`${route(id)}/export.csv`, {}, `${slug}.csv`),
};

type Saved = Pick<SegmentDetail, 'segment'>;

const savedId = ({ segment }: Saved): string => segment.id;

/** Whether the server knows no such segment. */
export const isGone = (error: unknown): boolean => isFetchError(error) && error.status === 404;
