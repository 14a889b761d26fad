import type { Budget, ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Http, HttpAnswer } from '../../http/client';
import { explainer } from './errors';
import type { HubSpotOptions } from './options';
import { paths } from './paths';
import type { AccountInfo } from './payloads';
import { sessionOf } from './session';

export interface Api {
  send: Http;
  /** The same for searches, which have a limit of their own. */
  search: Http;
  /** Asked for once. */
  account(): Promise<AccountInfo>;
  budget(): Budget | null;
}

const TEN_SECONDS = 10_000;
const SEARCHES = { requests: 5, perMs: 1000 };

export function apiOf(options: HubSpotOptions, tools: ConnectorTools): Api {
  let known: Promise<AccountInfo> | null = null;
  let offset = 0;
  let budget: Budget | null = null;
  const settings = {
    baseUrl: options.baseUrl,
    auth: sessionOf(options, tools),
    explain: explainer(tools.now, () => offset),
    watch(answer: HttpAnswer<unknown>) {
      budget = budgetIn(answer.headers, tools.now(), offset) ?? budget;
    },
  };
  const send = tools.http({ ...settings, limit: { requests: options.limit, perMs: TEN_SECONDS } });

  async function account(): Promise<AccountInfo> {
    const { body } = await send<AccountInfo>({ method: 'GET', url: paths.account });
    if (!body?.portalId || !body.companyCurrency) {
      throw new ConnectorError('transient', 'HubSpot does not say whose account this is.');
    }
    offset = body.utcOffsetMilliseconds ?? 0;
    return body;
  }

  return {
    send,
    search: tools.http({ ...settings, limit: SEARCHES }),
    account() {
      known ??= account().catch((error) => {
        known = null;
        throw error;
      });
      return known;
    },
    budget: () => budget,
  };
}

const DAY = 86_400_000;

/** The day's budget where HubSpot tells it (not to apps with OAuth), else that of ten seconds; searches tell none. */
function budgetIn(headers: Record<string, string>, now: number, offset: number): Budget | null {
  const count = (name: string) => {
    const text = headers[`x-hubspot-ratelimit-${name}`];
    return text === undefined || Number.isNaN(Number(text)) ? null : Number(text);
  };
  const daily = count('daily');
  const left = count('daily-remaining');
  if (daily !== null && left !== null) {
    return { remaining: left, limit: daily, per: 'day', resetsAt: now + DAY - ((now + offset) % DAY) };
  }
  const most = count('max');
  const remaining = count('remaining');
  if (most === null || remaining === null) return null;
  return { remaining, limit: most, per: 'seconds', resetsAt: null };
}
