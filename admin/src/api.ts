import { getFetchClient } from '@strapi/strapi/admin';
import type {
  CustomerDetail,
  CustomersPage,
  ModelPage,
  ValuePage,
  WhatIfInput,
  WhatIfResult,
} from '../../server/src/clv/api-types';
import type { ImportKind, ImportPreview, ImportStarted } from '../../server/src/crm/api-types';
import type { Job, JobList } from '../../server/src/jobs/api-types';
import type { AdvicePage, ItemAdviceAnswer } from '../../server/src/ranking/advice/api-types';
import type { GroupPage, ItemPanel, RankingPage, RunStarted } from '../../server/src/ranking/api-types';
import type { AttributionPage, OrderAttribution } from '../../server/src/ranking/attribution/api-types';
import type { ComparePage, ItemPage } from '../../server/src/ranking/item/api-types';
import type { ItemJourneysAnswer, JourneysPage } from '../../server/src/ranking/journeys/api-types';
import type { TrackingStatus } from '../../server/src/tracking/api-types';

export type Query = Record<string, string | number | undefined>;

/** `?a=1&b=2` of what is set. Encoded here, because Strapi's client does not encode. */
function search(query: Query): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const params = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return params && `?${params}`;
}

/** Asks a route below `/clv`. */
export async function get<T>(path: string, query: Query = {}): Promise<T> {
  return (await getFetchClient().get<T>(`/clv${path}${search(query)}`)).data;
}

/** A 409 with the id of the job that is running already is as good an answer as a new job. */
const orRunning = { validateStatus: (status: number) => status < 400 || status === 409 };

interface Started extends Partial<RunStarted & ImportStarted> {
  error?: { message: string; details?: { jobId?: string } };
}

/** A job that was started, or joined: then somebody else's was running already, and ours was not taken. */
export interface StartedJob {
  jobId: string;
  joined: boolean;
}

/** Asks a route below `/clv` that starts a job. */
export async function start(path: string, body?: FormData): Promise<StartedJob> {
  const { data } = await getFetchClient().post<Started>(`/clv${path}`, body, orRunning);
  const { error } = data;
  const jobId = data.jobId ?? error?.details?.jobId;
  if (!jobId) throw new Error(error?.message ?? 'The server started no job.');
  return { jobId, joined: error !== undefined };
}

function form(file: File): FormData {
  const body = new FormData();
  body.append('file', file);
  return body;
}

export const api = {
  rankings: (query: Query) => get<RankingPage>('/rankings', query),
  item: (uid: string, documentId: string, locale: string) =>
    get<ItemPanel>('/rankings/item', { uid, documentId, locale }),
  itemPage: (contentId: string, landmark: string | undefined) =>
    get<ItemPage>(`/rankings/items/${encodeURIComponent(contentId)}`, { landmark }),
  study: (contentId: number, landmark: string) =>
    start(`/rankings/items/${contentId}/study${search({ landmark })}`),
  groups: (query: Query) => get<GroupPage>('/rankings/groups', query),
  compare: (items: string, landmark: string | undefined) =>
    get<ComparePage>('/rankings/compare', { items, landmark }),
  run: () => start('/rankings/run'),
  advice: () => get<AdvicePage>('/advice'),
  itemAdvice: (contentId: number) => get<ItemAdviceAnswer>('/advice/item', { contentId }),
  journeys: () => get<JourneysPage>('/journeys'),
  itemJourneys: (contentId: number) => get<ItemJourneysAnswer>('/journeys/item', { contentId }),
  attribution: (query: Query) => get<AttributionPage>('/attribution', query),
  orderCredits: (orderId: string) =>
    get<OrderAttribution>(`/attribution/orders/${encodeURIComponent(orderId)}`),
  value: () => get<ValuePage>('/value'),
  fit: () => start('/value/run'),
  model: () => get<ModelPage>('/value/model'),
  whatIf: async (input: WhatIfInput) =>
    (await getFetchClient().post<WhatIfResult>('/clv/value/what-if', input)).data,
  customers: (query: Query) => get<CustomersPage>('/value/customers', query),
  customer: (personId: string) => get<CustomerDetail>(`/value/customers/${encodeURIComponent(personId)}`),
  job: (id: string) => get<Job>(`/jobs/${id}`),
  jobs: (kind: Job['kind'], limit: number) => get<JobList>('/jobs', { kind, limit }),
  cancel: (id: string) => getFetchClient().post(`/clv/jobs/${id}/cancel`),
  previewImport: async (kind: ImportKind, file: File) =>
    (await getFetchClient().post<ImportPreview>(`/clv/imports/preview?kind=${kind}`, form(file))).data,
  startImport: (kind: ImportKind, file: File) => start(`/imports?kind=${kind}`, form(file)),
  trackingStatus: () => get<TrackingStatus>('/tracking/status'),
};

/** Fetches a file with the administrator's session and hands it to the browser, by the name that the server gave it. */
export async function download(path: string, query: Query, otherwise: string): Promise<void> {
  const { data, headers } = await getFetchClient().get(`/clv${path}${search(query)}`, {
    responseType: 'blob',
  });
  const name = headers?.get('content-disposition')?.match(/filename="([^"]+)"/)?.[1];
  saveFile(data, name ?? otherwise);
}

function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
