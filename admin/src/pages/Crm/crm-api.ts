import { getFetchClient, isFetchError } from '@strapi/strapi/admin';
import type {
  CheckResult,
  ConnectionDetail,
  ConnectionInput,
  ConnectionSummary,
  CrmProblem,
  DeadPage,
  KindInfo,
  ProblemPage,
  Quality,
  SchemaReport,
  StreamName,
  SyncRun,
} from '../../../../server/src/crm/sync/api-types';
import { get, type Query, start } from '../../api';

export interface CheckInput {
  kind: string;
  options: Record<string, unknown>;
  /** Of a connection that exists, secrets that are left out are the stored ones. */
  connectionId?: string;
}

/** What is done to a stream by a button. */
export type StreamAction = 'pause' | 'resume' | 'restart';

async function post<T>(path: string, body?: unknown): Promise<T> {
  return (await getFetchClient().post<T>(`/clv/crm${path}`, body)).data;
}

const connection = (id: string) => `/connections/${encodeURIComponent(id)}`;

/** The admin routes of the CRM page. */
export const crm = {
  kinds: () => get<{ kinds: KindInfo[] }>('/crm/kinds'),
  check: (body: CheckInput) => post<CheckResult>('/check', body),
  connections: () => get<{ connections: ConnectionSummary[] }>('/crm/connections'),
  connection: (id: string) => get<ConnectionDetail>(`/crm${connection(id)}`),
  create: (body: ConnectionInput) => post<ConnectionDetail>('/connections', body),
  update: async (id: string, body: Partial<Omit<ConnectionInput, 'kind'>>) =>
    (await getFetchClient().put<ConnectionDetail>(`/clv/crm${connection(id)}`, body)).data,
  remove: (id: string) => getFetchClient().del(`/clv/crm${connection(id)}`),
  /** The address in the CRM where its user allows the connection. */
  authorize: (id: string) => post<{ url: string }>(`${connection(id)}/authorize`),
  schema: (id: string) => post<SchemaReport>(`${connection(id)}/schema`),
  run: (id: string, stream: StreamName) => start(`/crm${connection(id)}/streams/${stream}/run`),
  act: (id: string, stream: StreamName, action: StreamAction) =>
    post(`${connection(id)}/streams/${stream}/${action}`),
  runs: (id: string) => get<{ runs: SyncRun[] }>(`/crm${connection(id)}/runs`, { limit: 20 }),
  problems: (id: string, query: Query) => get<ProblemPage>(`/crm${connection(id)}/problems`, query),
  dead: (id: string, query: Query) => get<DeadPage>(`/crm${connection(id)}/dead`, query),
  replay: (id: string, ids?: string[]) => post(`${connection(id)}/dead/replay`, { ids }),
  drop: (id: string, ids?: string[]) => post(`${connection(id)}/dead/drop`, { ids }),
  quality: (id: string) => get<Quality>(`/crm${connection(id)}/quality`),
};

/** What the server said of a CRM that could not be asked; null for every other error. */
export function crmProblem(error: unknown): CrmProblem | null {
  if (!isFetchError(error)) return null;
  const details = error.response?.data?.error?.details as Partial<CrmProblem> | undefined;
  return details?.kind ? (details as CrmProblem) : null;
}
