import type { Knex } from 'knex';

/*
 * A circuit breaker (Nygard, "Release It!"): after some failures in a row nothing is tried for a while, and then one batch
 * shows whether the CRM is back. It is kept with the connection, so that all nodes and a restart know of it.
 */

export interface Breaker {
  /** Failures in a row. */
  failures: number;
  /** Until when nothing is tried; null while it is closed. */
  until: number | null;
}

export const CLOSED: Breaker = { failures: 0, until: null };

/** Failures in a row that open it. */
const MOST_FAILURES = 5;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 30 * 60_000;

/** `probing`: the rest is over, and the next batch decides. */
export function stateOf({ until }: Breaker, now: number): 'closed' | 'open' | 'probing' {
  if (until === null) return 'closed';
  return now < until ? 'open' : 'probing';
}

/** Each failure beyond the limit doubles the rest. */
export function afterFailure({ failures: before }: Breaker, now: number): Breaker {
  const failures = before + 1;
  if (failures < MOST_FAILURES) return { failures, until: null };
  const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - MOST_FAILURES));
  return { failures, until: now + rest };
}

/** The smaller, the more it failed: one record that the CRM stumbles over shall not hold up the others for long. */
export function batchAfter({ failures }: Breaker, most: number): number {
  return Math.max(1, Math.floor(most / 4 ** failures));
}

export async function readBreaker(knex: Knex, connectionId: string): Promise<Breaker> {
  const row = await knex('clv_connections')
    .where({ id: connectionId })
    .first('breaker_failures', 'breaker_until');
  if (!row) return CLOSED;
  const { breaker_failures, breaker_until } = row;
  return {
    failures: Number(breaker_failures),
    until: breaker_until === null ? null : Number(breaker_until),
  };
}

export async function saveBreaker(knex: Knex, connectionId: string, breaker: Breaker): Promise<void> {
  await knex('clv_connections')
    .where({ id: connectionId })
    .update({ breaker_failures: breaker.failures, breaker_until: breaker.until });
}
