import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ConnectionsService } from '../../../server/src/crm/sync/connections/service';
import { storePage } from '../../../server/src/crm/sync/pull/store-page';
import { customerRecord } from '../../support/crm/loop';
import { openWorld, type World } from './sync-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let world: World;
beforeAll(async () => {
  world = await openWorld({ env: {}, stop: async () => {} });
});
afterAll(() => world?.stop());

test('while a large page is stored in SQLite, the thread turns to others again and again', async () => {
  const connections: ConnectionsService = world.app.strapi.plugin('clv').service('connections');
  const connection = await connections.open(await world.connect());
  const records = Array.from({ length: 5_000 }, (_, i) => customerRecord(`large${i}`));
  let turns = 0;
  let over = false;
  const turn = () => {
    turns += 1;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  expect(await storePage(world.app.strapi, connection, { stream: 'customers', records })).toMatchObject({
    created: 5_000,
  });
  over = true;
  expect(turns).toBeGreaterThan(15);
});
