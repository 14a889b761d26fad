import type { ConnectorTools } from '../../connector';
import { timeOf } from '../shared/cursor';
import { explain, refusal } from './errors';
import type { TrytonOptions } from './options';
import { sessionsOf } from './session';
import type { Row } from './values';

/** Conditions on records, as Tryton writes them. */
export type Domain = unknown[];

/** One database of a Tryton server, by its JSON-RPC. @throws ConnectorError */
export interface Tryton {
  /** A method that changes nothing, such as `model.party.party.search_count`. */
  ask<T>(method: string, ...params: unknown[]): Promise<T>;
  /** A method that changes something: it is not sent again when nobody knows what became of it. */
  change<T>(method: string, ...params: unknown[]): Promise<T>;
  /** Records by id upwards, inactive ones too. */
  records(model: string, domain: Domain, fields: string[], limit?: number | null): Promise<Row[]>;
  login(): Promise<void>;
  /** The server's own clock as of its latest answer. */
  now(): number;
}

/** An ERP on a machine of its owner: what a few busy users would ask for. */
const LIMIT = { requests: 20, perMs: 1_000, concurrent: 2 };

export const EVEN_INACTIVE = { active_test: false };

export function trytonAt(options: TrytonOptions, tools: ConnectorTools): Tryton {
  const sessions = sessionsOf(options, tools);
  let serverTime = tools.now();
  const http = tools.http({
    baseUrl: options.url,
    limit: LIMIT,
    auth: sessions,
    explain,
    refusal,
    watch(answer) {
      serverTime = timeOf(answer) ?? tools.now();
    },
  });

  async function call<T>(method: string, params: unknown[], idempotent: boolean): Promise<T> {
    const { body } = await http<{ result: T }>({
      method: 'POST',
      url: `${options.database}/`,
      body: { id: 0, method, params },
      idempotent,
    });
    return body.result;
  }

  return {
    ask: (method, ...params) => call(method, params, true),
    change: (method, ...params) => call(method, params, false),
    records: (model, domain, fields, limit = null) =>
      call(`model.${model}.search_read`, [domain, 0, limit, [['id', 'ASC']], fields, EVEN_INACTIVE], true),
    login: sessions.renew,
    now: () => serverTime,
  };
}
