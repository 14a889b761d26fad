import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { ConnectorError } from '../../../server/src/crm/connector-error';
import { type HttpSettings, type HttpWorld, httpClient } from '../../../server/src/crm/http/client';
import { hostGuard } from '../../../server/src/crm/http/guard';
import type { Served } from '../../support/crm/served';

/** A world with little patience. */
export const worldOf = (changes: Partial<HttpWorld> = {}): HttpWorld => ({
  guard: hostGuard([]),
  secrets: [],
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  backoffMs: 1,
  timeoutMs: 5_000,
  ...changes,
});

export const clientOf = (
  server: Served,
  settings: Partial<HttpSettings> = {},
  world: Partial<HttpWorld> = {},
) => httpClient({ baseUrl: server.url, ...settings }, worldOf({ guard: hostGuard([server.host]), ...world }));

export async function failureOf(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error, 'it should have failed').toBeInstanceOf(ConnectorError);
  return error;
}
