import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Stream } from '../../../server/src/crm/connector';
import type { ConnectionDetail, StreamState } from '../../../server/src/crm/sync/api-types';
import type { ConnectorsService } from '../../../server/src/crm/sync/connections/registry';
import type { SyncService } from '../../../server/src/crm/sync/service';
import type { Job } from '../../../server/src/jobs/api-types';
import { adminToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import { type Loop, loopCrm, loopKind } from '../../support/crm/loop';
import type { TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

export type Answer = Awaited<ReturnType<ReturnType<typeof adminCalls>['call']>>;

const LONGEST_WAIT_MS = 60_000;

/** A Strapi with an own kind of CRM, and that CRM. */
export interface World {
  app: TestStrapi;
  loop: Loop;
  knex: Knex;
  sync: SyncService;
  call(path: string, method?: string, body?: unknown): Promise<Answer>;
  /** Connects the CRM. @returns the connection's id */
  connect(change?: Record<string, unknown>): Promise<string>;
  /** Runs a stream to its end. */
  run(id: string, stream: Stream): Promise<Job>;
  /** Waits for a job. */
  ended(jobId: string): Promise<Job>;
  streamOf(id: string, stream: Stream): Promise<StreamState>;
  stop(): Promise<void>;
}

let connections = 0;

export async function openWorld(database: TestDatabase, pageSize?: number): Promise<World> {
  const loop = await loopCrm(pageSize);
  const config = { crm: { privateHosts: [loop.server.host] }, value: { currency: 'EUR' } };
  const app = await startStrapi({ env: database.env, config });
  (app.strapi.plugin('clv').service('connectors') as ConnectorsService).register(loopKind);
  const token = await adminToken(app.strapi, app.url);
  const { call, jobWhen } = adminCalls(() => token);

  const world: World = {
    app,
    loop,
    knex: app.strapi.db.connection as unknown as Knex,
    sync: app.strapi.plugin('clv').service('sync'),
    call: (path, method, body) => call(app, `/crm${path}`, method, body),
    async connect(change = {}) {
      connections += 1;
      const answer = await world.call('/connections', 'POST', {
        kind: 'loop',
        name: `Loop ${connections}`,
        idPrefix: `l${connections}:`,
        options: loop.options(),
        mapping: {},
        push: { enabled: false, fields: [], noteKinds: [] },
        everyMinutes: {},
        ...change,
      });
      if (answer.status !== 201) throw new Error(`not connected: ${JSON.stringify(answer.body)}`);
      return (answer.body as ConnectionDetail).id;
    },
    async run(id, stream) {
      const { body } = await world.call(`/connections/${id}/streams/${stream}/run`, 'POST');
      return world.ended(body.jobId);
    },
    ended: (jobId) => jobWhen(app, jobId, over),
    async streamOf(id, stream) {
      const { body } = await world.call(`/connections/${id}`);
      return (body as ConnectionDetail).streams.find((state) => state.stream === stream)!;
    },
    async stop() {
      await app.stop();
      await loop.close();
    },
  };
  return world;
}

/** Looks again until it is so; the test's own time limit ends a vain wait. */
export async function until(wished: () => Promise<boolean> | boolean): Promise<void> {
  for (let waited = 0; !(await wished()); waited += 20) {
    if (waited > LONGEST_WAIT_MS) throw new Error('what was waited for did not come');
    await sleep(20);
  }
}
