import knexFactory, { type Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../../server/src/storage/migrate';
import { insertTouches, type Touch } from '../../../server/src/tracking/touches';
import { noMariaDb, startMariaDb } from '../../support/mariadb';
import { startPostgres } from '../../support/postgres';

const ROUNDS = 60;
const WINDOW = 30 * 60_000;

function touchOf(visitor: string, source: Touch['source'], at: number): Touch {
  return {
    messageId: uuidv7(),
    visitor,
    contentId: 1,
    kind: 'view',
    occurredAt: at,
    receivedAt: at,
    seconds: 0,
    depth: 0,
    channel: null,
    source,
  };
}

function bothSeeTheSame(connect: () => Knex) {
  test('a view that two nodes see at the same time, one from the browser and one from the server, counts once', async () => {
    const nodes = [connect(), connect()];
    const now = Date.now();
    for (let round = 0; round < ROUNDS; round += 1) {
      const visitors = Array.from({ length: 20 }, (_, i) => `visitor-of-round-${round}-${i}`);
      const touches = (source: Touch['source']) => visitors.map((visitor) => touchOf(visitor, source, now));
      await Promise.all([
        insertTouches(nodes[0], touches('tracker'), 'browser', WINDOW),
        insertTouches(nodes[1], touches('hook'), 'server', WINDOW),
      ]);
    }
    const [{ n }] = await nodes[0]('clv_touches').count({ n: '*' });
    expect(Number(n)).toBe(ROUNDS * 20);
    await Promise.all(nodes.map((node) => node.destroy()));
  });

  test('the same events sent to two nodes at once, in another order, are stored once', async () => {
    const nodes = [connect(), connect()];
    await nodes[0]('clv_touches').delete();
    const now = Date.now();
    for (let round = 0; round < ROUNDS; round += 1) {
      const touches = Array.from({ length: 50 }, (_, i) =>
        touchOf(`visitor-number-${round}-${i}`, 'tracker', now),
      );
      const added = await Promise.all([
        insertTouches(nodes[0], [...touches], 'browser', WINDOW),
        insertTouches(nodes[1], [...touches].reverse(), 'browser', WINDOW),
      ]);
      expect(added[0] + added[1]).toBe(50);
    }
    await Promise.all(nodes.map((node) => node.destroy()));
  });
}

describe('on PostgreSQL', () => {
  let stop = async () => {};
  let connection: object;
  beforeAll(async () => {
    const { env, stop: end } = await startPostgres();
    stop = end;
    connection = {
      host: env.DATABASE_HOST,
      port: Number(env.DATABASE_PORT),
      database: env.DATABASE_NAME,
      user: env.DATABASE_USERNAME,
      password: env.DATABASE_PASSWORD,
    };
    const knex = knexFactory({ client: 'pg', connection });
    await migrate(knex);
    await knex.destroy();
  });
  afterAll(() => stop());
  bothSeeTheSame(() => knexFactory({ client: 'pg', connection }));
});

describe.skipIf(noMariaDb)('on MariaDB', () => {
  let stop = async () => {};
  let connection: object;
  beforeAll(async () => {
    const { env, stop: end } = await startMariaDb();
    stop = end;
    connection = {
      host: env.DATABASE_HOST,
      port: Number(env.DATABASE_PORT),
      database: env.DATABASE_NAME,
      user: env.DATABASE_USERNAME,
      password: env.DATABASE_PASSWORD,
    };
    const knex = knexFactory({ client: 'mysql2', connection });
    await migrate(knex);
    await knex.destroy();
  });
  afterAll(() => stop());
  bothSeeTheSame(() => knexFactory({ client: 'mysql2', connection }));
});
