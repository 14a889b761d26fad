import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Connector, ConnectorKind, Page } from '../../../server/src/crm/connector';
import type { ConnectorsService } from '../../../server/src/crm/sync/connections/registry';
import { customerRecord, loopKind } from '../../support/crm/loop';
import { openWorld, type World } from './sync-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let world: World;
beforeAll(async () => {
  world = await openWorld({ env: {}, stop: async () => {} });
});
afterAll(() => world?.stop());

test('a page that was asked for before somebody was erased does not bring them back', async () => {
  let id = '';
  let erased = false;
  /** A CRM that erases somebody while its answer, with them, is on its way. */
  async function* pull(cursor: string | null): AsyncGenerator<Page> {
    if (cursor === null) yield { records: [customerRecord('stays')], cursor: '1' };
    const records = ['other', ...(erased ? [] : ['gone'])].map((each) => customerRecord(each));
    if (id !== '' && !erased) {
      erased = true;
      await world.sync.news(id, { changed: [], erased: ['gone'] });
    }
    yield { records, cursor: '2' };
  }
  const kind: ConnectorKind = {
    ...loopKind,
    kind: 'late',
    create: (options, tools): Connector => ({ ...loopKind.create(options, tools), pullCustomers: pull }),
  };
  (world.app.strapi.plugin('clv').service('connectors') as ConnectorsService).register(kind);
  const connectionId = await world.connect({ kind: 'late', idPrefix: 'late:' });
  await world.run(connectionId, 'customers');
  const known = () => world.knex('clv_customers').orderBy('customer_id').pluck('customer_id');
  expect(await known()).toContain('late:gone');

  id = connectionId;
  await world.knex('clv_streams').where({ connection_id: id }).update({ cursor: null });
  expect((await world.run(id, 'customers')).status).toBe('done');
  expect(await known()).toEqual(['late:other', 'late:stays']);
});
