import type { Knex } from 'knex';
import { expect } from 'vitest';
import type { ChangesService } from '../../server/src/activation/changes/service';
import type { Trigger, TriggerInput, TriggerMessage } from '../../server/src/activation/triggers/api-types';
import type { TriggersService } from '../../server/src/activation/triggers/service';
import type { LiveService } from '../../server/src/clv/live/service';
import type { JobsService } from '../../server/src/jobs/service';
import { noteForActivation } from '../../server/src/storage/person-changes';
import { adminToken, apiToken } from './admin';
import { adminCalls } from './admin-calls';
import type { TestDatabase } from './databases';
import { startStrapi, type TestStrapi } from './strapi';
import { insertValueWorld, type ValueWorldOptions } from './value-world';

export const TRIGGERS_CONFIG = {
  prediction: { schedule: false },
  ranking: { schedule: false, refresh: false },
  consent: { mode: 'assumed' },
  value: { currency: 'EUR', timezone: 'UTC' },
  activation: { privateHosts: ['127.0.0.1'], holdout: 0 },
};

/** A message with what `clv_messages` says of it. */
export interface Stored {
  id: string;
  personId: string;
  subject: string;
  arm: string;
  message: TriggerMessage;
}

/** A Strapi whose persons are valued, and triggers on it. */
export interface TriggersWorld {
  app: TestStrapi;
  knex: Knex;
  service<Of>(name: string): Of;
  call: ReturnType<typeof adminCalls>['call'];
  /** Fits the value engine, and waits until everyone was looked at by it. */
  value(): Promise<void>;
  /** Waits until everyone who changed was looked at. @param now for what time alone makes due */
  settle(now?: number): Promise<void>;
  /** Sends orders through the API, and waits until everyone was looked at. */
  orders(orders: object[]): Promise<void>;
  /** Makes a trigger, and waits for its baseline. */
  trigger(input: Partial<TriggerInput> & Pick<TriggerInput, 'kind'>): Promise<Trigger>;
  messages(triggerId: string): Promise<Stored[]>;
  /** Says what persons are worth, as if the engine did, and has them looked at. */
  set(personIds: string[], columns: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

export const triggerInput = (input: Partial<TriggerInput> & Pick<TriggerInput, 'kind'>): TriggerInput => ({
  name: `On ${input.kind}`,
  settings: {},
  segmentId: null,
  actions: { endpoints: [], connections: [] },
  cooldownHours: 0,
  holdout: 0,
  enabled: true,
  ...input,
});

export async function openTriggersWorld(
  database: TestDatabase,
  { config = {}, world = {} }: { config?: object; world?: ValueWorldOptions } = {},
): Promise<TriggersWorld> {
  const app = await startStrapi({ env: database.env, config: { ...TRIGGERS_CONFIG, ...config } });
  const knex = app.strapi.db.connection as unknown as Knex;
  const service = <Of>(name: string) => app.strapi.plugin('clv').service(name) as Of;
  const admin = await adminToken(app.strapi, app.url);
  const key = await apiToken(app.strapi, { type: 'full-access' });
  const { call: callNode } = adminCalls(() => admin);
  const call = callNode;
  await insertValueWorld(knex, { persons: 300, ...world });

  async function settle(now = Date.now()): Promise<void> {
    await service<LiveService>('live').flush();
    await service<ChangesService>('changes').settle();
    await service<TriggersService>('triggers').judge(now);
  }

  async function value(): Promise<void> {
    const jobs = service<JobsService>('jobs');
    const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
    await jobs.ended(id);
    const job = (await jobs.get(id))!;
    if (job.status !== 'done') throw new Error(`the value run ${job.status}: ${job.error}`);
    await settle();
  }
  await value();

  return {
    app,
    knex,
    service,
    call,
    value,
    settle,
    async orders(orders) {
      const answer = await fetch(`${app.url}/api/clv/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orders: orders.map((order) => ({ currency: 'EUR', ...order })) }),
      });
      expect(await answer.json()).toMatchObject({ rejected: [] });
      await settle();
    },
    async trigger(input) {
      const { status, body } = await call(app, '/triggers', 'POST', triggerInput(input));
      expect(status, JSON.stringify(body)).toBe(201);
      await settle();
      const { body: list } = await call(app, '/triggers');
      const made = list.triggers.find(({ id }: Trigger) => id === body.id);
      expect(made.baselineAt).not.toBeNull();
      return made;
    },
    async messages(triggerId) {
      const rows = await knex('clv_messages').where({ trigger_id: triggerId }).orderBy('id');
      return rows.map((row) => ({
        id: row.id,
        personId: row.person_id,
        subject: row.subject,
        arm: row.arm,
        message: JSON.parse(row.payload),
      }));
    },
    async set(personIds, columns) {
      await knex('clv_person_values').whereIn('person_id', personIds).update(columns);
      await noteForActivation(knex, personIds);
      await settle();
    },
    async stop() {
      await app.stop();
      await database.stop();
    },
  };
}
