import { setTimeout as sleep } from 'node:timers/promises';
import { configOf } from '../../../config';
import type { Strapi } from '../../../room';
import type { Connector, ConnectorTools, Mapping } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { AnyKind } from '../../connectors';
import { httpClient } from '../../http/client';
import { hostGuard } from '../../http/guard';
import type { Turn } from '../../http/limiter';
import { redactor } from '../../http/redact';
import { judgeOptions, type Options, secretNames, textsIn } from './options';

/** Where a connector keeps what outlives the process. */
export type Tokens = ConnectorTools['tokens'];

export interface Making {
  kind: AnyKind;
  options: Options;
  mapping: Mapping;
  tokens: Tokens;
  signal?: AbortSignal;
  /** Limits that all connectors of one connection share on this node. */
  limits?: Map<string, Turn>;
}

export interface Made {
  connector: Connector;
  /** Clients like the connector's own. */
  http: ConnectorTools['http'];
  /** The options as the kind reads them. */
  judged: unknown;
  /** Answers of the CRM so far. */
  requests(): number;
  /** Takes secrets out of what a connector says by itself; its client does that already. */
  redact(error: ConnectorError): ConnectorError;
}

/** The client of a connector, and what it must never tell. */
function httpFor(
  strapi: Strapi,
  { signal, limits }: Pick<Making, 'signal' | 'limits'>,
  secrets: string[],
  count: () => void,
): ConnectorTools['http'] {
  const guard = hostGuard(configOf(strapi).crm.privateHosts ?? []);
  return (settings) =>
    httpClient(
      {
        ...settings,
        watch(answer) {
          count();
          settings.watch?.(answer);
        },
      },
      { guard, secrets, signal, limits, sleep: (ms, ends) => sleep(ms, undefined, { signal: ends }) },
    );
}

/** @throws ConnectorError config when the options cannot work */
export async function makeConnector(strapi: Strapi, making: Making): Promise<Made> {
  const { kind, options, mapping, tokens } = making;
  const judged = judgeOptions(kind, options);
  const hidden = secretNames(kind.form);
  const secrets = textsIn(Object.entries(options).map(([name, value]) => (hidden.has(name) ? value : null)));
  // What comes later is hidden too: the client asks this list at every error.
  secrets.push(...textsIn(await tokens.read()));
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  const http = httpFor(strapi, making, secrets, count);
  const connector = kind.create(judged, {
    http,
    now: Date.now,
    currency: configOf(strapi).value.currency,
    mapping,
    tokens: {
      read: tokens.read,
      write(value) {
        secrets.push(...textsIn(value));
        return tokens.write(value);
      },
    },
  });
  return { connector, http, judged, requests: () => requests, redact: redactor(secrets) };
}

/** What the connector is asked, with nothing secret in what goes wrong. */
export async function asking<T>({ connector, redact }: Made, question: (connector: Connector) => Promise<T>) {
  try {
    return await question(connector);
  } catch (error) {
    if (error instanceof ConnectorError) throw redact(error);
    // A fault of the connector itself may quote what it was made with.
    const { message } = redact(new ConnectorError('permanent', String((error as Error).message)));
    throw message === (error as Error).message ? error : new Error(message);
  }
}

/** Tokens that are only kept while somebody tries a connection. */
export function passingTokens(first: string | null): Tokens & { last(): string | null } {
  let value = first;
  return {
    read: async () => value,
    async write(next) {
      value = next;
    },
    last: () => value,
  };
}
