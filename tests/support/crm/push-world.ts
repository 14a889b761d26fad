import type { Knex } from 'knex';
import type { LiveService } from '../../../server/src/clv/live/service';
import { INSIGHT_FIELDS } from '../../../server/src/crm/insight-fields';
import type { SyncResult } from '../../../server/src/crm/sync/api-types';
import type { ConnectorsService } from '../../../server/src/crm/sync/connections/registry';
import type { ConnectionsService } from '../../../server/src/crm/sync/connections/service';
import type { Clock } from '../../../server/src/crm/sync/push/deliver/settle';
import { runPush } from '../../../server/src/crm/sync/push/run';
import type { JobsService } from '../../../server/src/jobs/service';
import type { TestDatabase } from '../databases';
import { startStrapi, type TestStrapi } from '../strapi';
import { customerKey, insertValueWorld } from '../value-world';
import { type Ledger, ledgerKind, openLedger, TOKEN } from './ledger';

export { TOKEN } from './ledger';

export const PREFIX = 'customer-';
/** The ledger's id of a customer of the world. */
export const ledgerId = (n: number) => customerKey(n).slice(PREFIX.length);
/** Those of the world who buy, and who are in the ledger. */
export const CUSTOMERS = [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24];

export const PUSH_CONFIG = {
  prediction: { schedule: false },
  ranking: { schedule: false, refresh: false },
  consent: { mode: 'assumed' },
  crm: { privateHosts: ['127.0.0.1'] },
  value: { currency: 'EUR', timezone: 'UTC' },
};

/** A Strapi with valued customers, twenty of whom a CRM has, and a connection to it that is told of them. */
export interface PushWorld {
  app: TestStrapi;
  knex: Knex;
  ledger: Ledger;
  connectionId: string;
  service<Of>(name: string): Of;
  /** Pushes now, or at another time by `clock`. @throws what the stream ends with */
  push(clock?: Partial<Clock>, signal?: AbortSignal): Promise<SyncResult>;
  /** Fits the value engine anew, and waits until nobody's value moves. */
  value(): Promise<void>;
  /** Waits until all that was heard of persons is stored. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export async function openPushWorld(
  database: TestDatabase,
  { config = {}, batch, persons = 400 }: { config?: object; batch?: number; persons?: number } = {},
): Promise<PushWorld> {
  const ledger = await openLedger();
  const app = await startStrapi({ env: database.env, config: { ...PUSH_CONFIG, ...config } });
  const knex = app.strapi.db.connection as unknown as Knex;
  const service = <Of>(name: string) => app.strapi.plugin('clv').service(name) as Of;
  service<ConnectorsService>('connectors').register(ledgerKind(batch));
  await insertValueWorld(knex, { persons });

  async function value(): Promise<void> {
    const jobs = service<JobsService>('jobs');
    const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
    await jobs.ended(id);
    const { status, error } = (await jobs.get(id))!;
    if (status !== 'done') throw new Error(`the value run ${status}: ${error}`);
    // Whoever changed while it ran is brought up to date after it.
    await service<LiveService>('live').flush();
  }
  await value();

  const { id: connectionId } = await service<ConnectionsService>('connections').create({
    kind: 'ledger',
    name: 'Ledger',
    idPrefix: PREFIX,
    options: { url: ledger.server.url, token: TOKEN },
    mapping: {},
    push: { enabled: true, fields: INSIGHT_FIELDS.map(({ name }) => name), noteKinds: ['white-paper'] },
    everyMinutes: {},
  });
  await addRecords(knex, connectionId, CUSTOMERS);
  // Only what a test starts itself.
  await knex('clv_streams').where({ connection_id: connectionId, stream: 'push' }).update({ paused: true });

  return {
    app,
    knex,
    ledger,
    connectionId,
    service,
    push: (clock = {}, signal = new AbortController().signal) =>
      runPush(app.strapi, { params: { connectionId }, progress: () => {}, signal }, undefined, {
        now: Date.now,
        random: () => 0.5,
        ...clock,
      }),
    value,
    flush: () => service<LiveService>('live').flush(),
    async stop() {
      await app.stop();
      await ledger.server.close();
      await database.stop();
    },
  };
}

/** Says that customers of the world came from the CRM. */
export async function addRecords(knex: Knex, connectionId: string, customers: number[]): Promise<void> {
  const rows = customers.map((n) => ({
    connection_id: connectionId,
    stream: 'customers',
    record_id: ledgerId(n),
    kind: 'customers',
    row_key: customerKey(n),
  }));
  await knex.batchInsert('clv_crm_records', rows, 100);
}
