import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CollectAnswer, CollectEvent } from '../../../client/src/protocol';
import { connectTo } from '../../bench/support/database.mjs';
import { type App, makeApp, startApp } from '../../bench/support/start-app.mjs';
import { startPostgres } from '../../support/postgres';
import { BROWSER } from './support';

const EVENTS = 10_000;
const PER_REQUEST = 10;
const CONNECTIONS = 32;

interface Batch {
  visitor: string;
  events: CollectEvent[];
}

let app: Awaited<ReturnType<typeof makeApp>>;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.remove());

const start = (env: Record<string, string>): Promise<App> =>
  startApp({
    appDir: app.appDir,
    pluginPath: process.env.CLV_PLUGIN_PATH!,
    env: { ...app.env, ...env },
    config: {
      tracking: { rateLimit: { perAddress: 1_000_000, eventsPerAddress: 1_000_000, perVisitor: 1_000_000 } },
    },
  });

function batchesFor(key: string): Batch[] {
  return Array.from({ length: EVENTS / PER_REQUEST }, (_, i) => ({
    visitor: `visitor-number-${String(i % 200).padStart(5, '0')}`,
    events: Array.from({ length: PER_REQUEST }, () => ({
      id: uuidv7(),
      kind: 'view',
      content: key,
      at: Date.now(),
    })),
  }));
}

/** Sends a batch; returns whether it was acknowledged. */
async function sendTo(url: string, { visitor, events }: Batch): Promise<boolean> {
  const answer = await fetch(`${url}/api/clv/collect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER },
    body: JSON.stringify({ visitor, sentAt: Date.now(), events }),
  });
  const body = (await answer.json()) as CollectAnswer;
  return answer.status === 202 && body.accepted === events.length;
}

/** Sends every batch twice over many connections, until the server is gone; `onAnswer` gets what was acknowledged. */
async function sendTwice(url: string, batches: Batch[], onAnswer: (batch: Batch) => void): Promise<void> {
  const queue = batches.flatMap((batch) => [batch, batch]);
  const connection = async () => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      if (await sendTo(url, batch)) onAnswer(batch);
    }
  };
  await Promise.allSettled(Array.from({ length: CONNECTIONS }, connection));
}

async function survives(env: Record<string, string>): Promise<void> {
  let server = await start(env);
  const batches = batchesFor(server.keys[0]);
  const acknowledged = new Set<Batch>();
  let killed: Promise<void> | undefined;
  await sendTwice(server.url, batches, (batch) => {
    acknowledged.add(batch);
    if (acknowledged.size === batches.length / 2) killed = server.kill();
  });
  expect(killed).toBeDefined();
  await killed;
  expect(acknowledged.size).toBeLessThan(batches.length);

  server = await start(env);
  const knex = connectTo({ ...app.env, ...env });
  try {
    const stored = new Set<string>(await knex('clv_touches').pluck('message_id'));
    for (const batch of acknowledged) for (const { id } of batch.events) expect(stored.has(id)).toBe(true);

    // The senders that got no answer come again, and so do those whose answer was lost.
    const again = new Set<Batch>();
    await sendTwice(server.url, batches, (batch) => again.add(batch));
    expect(again.size).toBe(batches.length);
    const ids: string[] = await knex('clv_touches').pluck('message_id');
    expect(ids).toHaveLength(EVENTS);
    expect(new Set(ids)).toEqual(new Set(batches.flatMap(({ events }) => events.map(({ id }) => id))));
  } finally {
    await knex.destroy();
    await server.kill();
  }
}

describe('after kill -9 in the middle of 10,000 events that are sent twice each, all acknowledged ones are there once', () => {
  test('on SQLite', () => survives({}), 120_000);

  test('on PostgreSQL', async () => {
    const postgres = await startPostgres();
    try {
      await survives(postgres.env);
    } finally {
      await postgres.stop();
    }
  }, 120_000);
});
