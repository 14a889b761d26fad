import type { Budget, ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Http, HttpAnswer, HttpRequest } from '../../http/client';
import { timeOf } from '../shared/cursor';
import { apiError, explainApi } from './errors';
import type { SalesforceOptions } from './options';
import { type Session, sessionsOf } from './session';

/** Of the REST API; Spring ’26. Salesforce keeps a version for three years at least. */
export const API_VERSION = 'v66.0';

export type SObject = Record<string, unknown> & { Id: string };

export interface QueryResult {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: SObject[];
}

/** A page of a query, and when it was at Salesforce's own clock. */
export interface QueryPage extends QueryResult {
  at: number | null;
}

export interface DescribedField {
  name: string;
  label: string;
  type: string;
  scale: number;
  updateable: boolean;
}

export interface Api {
  /** Signs in anew, which proves the credentials. @throws ConnectorError auth */
  signIn(): Promise<void>;
  /** A request under `/services/data/vNN.0`, or to a whole path of the instance. */
  request<Body>(request: HttpRequest): Promise<HttpAnswer<Body>>;
  /** The first page of a query; deleted records are among its records when `all`. */
  query(soql: string, all?: boolean): Promise<QueryPage>;
  /** The page behind another; null when Salesforce does not remember the query any more. */
  more(nextRecordsUrl: string): Promise<QueryPage | null>;
  /** Every record of a query that has few. */
  rows(soql: string, all?: boolean): Promise<SObject[]>;
  /** Every record of a query, or of one within a record, of which there is a page. @throws ConnectorError transient */
  whole(page: QueryResult): Promise<SObject[]>;
  /** The fields of an object that the user may see. Asked once, unless `again`. */
  describe(object: string, again?: boolean): Promise<DescribedField[]>;
  budget(): Budget | null;
  /** What an answer means that was accepted and yet is an error. */
  refusal(answer: HttpAnswer<unknown>): ConnectorError;
}

/** The REST API of one org. */
export function apiOf(options: SalesforceOptions, tools: ConnectorTools): Api {
  const sessions = sessionsOf(options, tools);
  const described = new Map<string, Promise<DescribedField[]>>();
  const explain = explainApi(tools.now);
  let client: { instanceUrl: string; http: Http } | null = null;
  let budget: Budget | null = null;

  /** `Sforce-Limit-Info: api-usage=18/5000`: requests of all programs within 24 hours. */
  function watch({ headers }: HttpAnswer<unknown>) {
    const usage = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '');
    if (!usage) return;
    const [used, limit] = [Number(usage[1]), Number(usage[2])];
    budget = { remaining: Math.max(0, limit - used), limit, per: 'day', resetsAt: null };
  }

  function clientOf({ instanceUrl }: Session): Http {
    if (client?.instanceUrl !== instanceUrl) {
      const limit = { requests: 25, perMs: 1000, concurrent: 4 };
      client = { instanceUrl, http: tools.http({ baseUrl: instanceUrl, limit, explain, watch }) };
    }
    return client.http;
  }

  async function request<Body>(asked: HttpRequest): Promise<HttpAnswer<Body>> {
    const url = asked.url.startsWith('/services/') ? asked.url : `/services/data/${API_VERSION}${asked.url}`;
    const send = (session: Session) =>
      clientOf(session)<Body>({
        ...asked,
        url,
        headers: { ...asked.headers, authorization: `Bearer ${session.token}` },
      });
    const session = await sessions.current();
    try {
      return await send(session);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'auth') throw error;
      return send(await sessions.behind(session));
    }
  }

  const refusal = (answer: HttpAnswer<unknown>): ConnectorError =>
    explain(answer) ??
    new ConnectorError('permanent', `Salesforce answered ${answer.status} without a word.`);

  const pageOf = (answer: HttpAnswer<QueryResult>): QueryPage => ({ ...answer.body, at: timeOf(answer) });

  const query = async (soql: string, all = false): Promise<QueryPage> =>
    pageOf(await request({ method: 'GET', url: all ? '/queryAll' : '/query', query: { q: soql } }));

  async function more(url: string): Promise<QueryPage | null> {
    const answer = await request<QueryResult>({ method: 'GET', url, accept: [400, 404] });
    if (answer.status < 400) return pageOf(answer);
    if (apiError(answer.body)?.errorCode === 'INVALID_QUERY_LOCATOR') return null;
    throw refusal(answer);
  }

  async function whole({ records, nextRecordsUrl }: QueryResult): Promise<SObject[]> {
    if (!nextRecordsUrl) return records;
    const next = await more(nextRecordsUrl);
    if (!next) throw new ConnectorError('transient', 'Salesforce forgot a query before its last page.');
    return [...records, ...(await whole(next))];
  }

  const rows = async (soql: string, all?: boolean) => whole(await query(soql, all));

  function describe(object: string, again = false): Promise<DescribedField[]> {
    const known = again ? undefined : described.get(object);
    if (known) return known;
    const asked = request<{ fields: DescribedField[] }>({
      method: 'GET',
      url: `/sobjects/${object}/describe`,
    }).then(({ body }) => body.fields);
    described.set(object, asked);
    asked.catch(() => described.delete(object));
    return asked;
  }

  const signIn = async () => void (await sessions.anew());

  return { signIn, request, query, more, rows, whole, describe, refusal, budget: () => budget };
}
