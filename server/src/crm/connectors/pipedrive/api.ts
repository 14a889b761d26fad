import type { Budget, ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Http, HttpAnswer, HttpRequest } from '../../http/client';
import { explain } from './errors';
import { budgetIn, burstIn, limitFor } from './limits';
import type { PipedriveOptions } from './options';
import type { Listed } from './payloads';
import { type Session, sessionsOf } from './session';

/** Records that a list gives at once, at most. */
export const MOST_ROWS = 500;

export interface Api {
  send<Body>(request: HttpRequest): Promise<HttpAnswer<Body>>;
  /** A list of API v2 from its beginning, page by page. */
  pages<Row>(url: string, query?: HttpRequest['query']): AsyncIterable<Row[]>;
  budget(): Budget | null;
}

export function apiOf(options: PipedriveOptions, tools: ConnectorTools): Api {
  const sessions = sessionsOf(options, tools);
  let client: { address: string; burst: number | null; http: Http } | null = null;
  let burst: number | null = null;
  let budget: Budget | null = null;

  function watch({ headers }: HttpAnswer<unknown>): void {
    burst = burstIn(headers) ?? burst;
    budget = budgetIn(headers, tools.now(), budget);
  }

  /** Made anew when the first answer says how much the plan allows. */
  function clientFor({ address }: Session): Http {
    if (client?.address !== address || client.burst !== burst) {
      const settings = {
        baseUrl: address,
        limit: limitFor(burst),
        watch,
        explain: (answer: HttpAnswer<unknown>) => explain(answer, tools.now()),
      };
      client = { address, burst, http: tools.http(settings) };
    }
    return client.http;
  }

  const sendIn = <Body>(session: Session, request: HttpRequest): Promise<HttpAnswer<Body>> =>
    clientFor(session)<Body>({ ...request, headers: { ...session.headers, ...request.headers } });

  async function send<Body>(request: HttpRequest): Promise<HttpAnswer<Body>> {
    const session = await sessions.current();
    try {
      return await sendIn<Body>(session, request);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'auth') throw error;
      const other = await sessions.renewed(session);
      if (!other) throw error;
      return sendIn<Body>(other, request);
    }
  }

  return {
    send,
    async *pages<Row>(url: string, query?: HttpRequest['query']) {
      let cursor: string | undefined;
      do {
        const { body } = await send<Listed<Row>>({
          method: 'GET',
          url,
          query: { ...query, limit: MOST_ROWS, cursor },
        });
        yield body.data ?? [];
        cursor = body.additional_data?.next_cursor ?? undefined;
      } while (cursor !== undefined);
    },
    budget: () => budget,
  };
}
