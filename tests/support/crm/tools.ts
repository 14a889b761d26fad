import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector, ConnectorTools, Page } from '../../../server/src/crm/connector';
import { type HttpWorld, httpClient } from '../../../server/src/crm/http/client';
import { hostGuard } from '../../../server/src/crm/http/guard';
import type { CrmDouble } from './double';

/** What a connector is made with in a test: the plugin's own client, with little patience. */
export function toolsFor(
  double: Pick<CrmDouble, 'server' | 'secrets'>,
  changes: Partial<ConnectorTools> & { world?: Partial<HttpWorld> } = {},
): ConnectorTools {
  const { world, ...tools } = changes;
  let token: string | null = null;
  return {
    http: (settings) =>
      httpClient(settings, {
        guard: hostGuard([double.server.host]),
        secrets: double.secrets,
        sleep: (ms, signal) => sleep(ms, undefined, { signal }),
        backoffMs: 5,
        timeoutMs: 5_000,
        ...world,
      }),
    now: Date.now,
    currency: 'EUR',
    mapping: {},
    tokens: {
      read: async () => token,
      write: async (value) => {
        token = value;
      },
    },
    ...tools,
  };
}

export function connect(double: CrmDouble, changes: Parameters<typeof toolsFor>[1] = {}): Connector {
  const options = double.kind.options.parse(double.options());
  return double.kind.create(options, toolsFor(double, changes));
}

export async function all(pages: AsyncIterable<Page>): Promise<Page[]> {
  const list: Page[] = [];
  for await (const page of pages) list.push(page);
  return list;
}
