// A Strapi in a process of its own that a bench tells what to do, message by message, and kills when it likes:
//   { id, call: 'connect' | 'run' | 'value' | 'dump' | 'memory', with } → { id, result } or { id, error }
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootStrapi } from './boot.mjs';
import { benchKind } from './crm-kind.mjs';

const { app } = await bootStrapi(path.resolve(import.meta.dirname, '../../../playground'));
const service = (name) => app.plugin('clv').service(name);
const knex = app.db.connection;
service('connectors').register(benchKind);

/** Highest memory since it was last asked for. */
let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50).unref();

async function ended(jobId) {
  for (;;) {
    await service('jobs').ended(jobId);
    const { status, result, error, finishedAt } = await service('jobs').get(jobId);
    if (finishedAt !== null) return { status, result, error };
    await sleep(200);
  }
}

/** What is stored, without what differs from run to run by its nature: ids of our own and times of writing. */
const STORED = {
  customers: () =>
    knex('clv_customers').select(
      'customer_id',
      'email_hash',
      'channel',
      'acquired_at',
      'company',
      'segment',
      'source',
    ),
  orders: () =>
    knex('clv_orders').select(
      'order_id',
      'customer_id',
      'ordered_at',
      'amount',
      'currency',
      'status',
      'source',
    ),
  records: () => knex('clv_crm_records').select('stream', 'record_id', 'kind', 'row_key', 'gone_at'),
  problems: () => knex('clv_crm_problems').select('stream', 'record_id', 'customer_id', 'field', 'reason'),
  identities: () =>
    knex('clv_identities as i')
      .join('clv_identities as c', (on) =>
        on.on('c.person_id', 'i.person_id').andOnVal('c.namespace', '=', 'customer'),
      )
      .select('i.namespace', 'i.value', 'c.value as customer'),
  merges: () => knex('clv_merges').count({ suggested: '*' }),
};

const calls = {
  async connect({ url, rate, windowMs = 1_000 }) {
    const made = await service('connections').create({
      kind: 'bench',
      name: 'Bench',
      idPrefix: '',
      options: { url, token: 'a-token-of-the-bench', rate, windowMs },
      mapping: {},
      push: { enabled: true, fields: ['predicted', 'total', 'p_alive', 'tier', 'stage'], noteKinds: [] },
      everyMinutes: {},
    });
    // Streams run when the bench says so.
    await service('sync').pause(made.id, 'push');
    return made.id;
  },

  /** Tells the CRM at another address everything anew. */
  async moveTo({ connectionId, url }) {
    await service('connections').change(connectionId, {
      options: { url, token: 'a-token-of-the-bench', rate: 0, windowMs: 1_000 },
    });
    await knex('clv_outbox').delete();
    await knex('clv_sent').delete();
    await knex('clv_streams').where({ connection_id: connectionId, stream: 'push' }).update({ cursor: null });
  },

  /** Runs a stream to its end; waits for the lease of a node that was killed. */
  async run({ connectionId, stream }) {
    for (;;) {
      try {
        return await ended(await service('sync').run(connectionId, stream, 'bench'));
      } catch (error) {
        if (error.name !== 'JobRunning') throw error;
        await sleep(500);
      }
    }
  },

  async value() {
    const { id } = await service('jobs').start('value', {}, { startedBy: 'bench', activeKey: 'value' });
    return ended(id);
  },

  /** Writes all that is stored to a file, a sorted line for each record. */
  async dump({ file }) {
    const out = createWriteStream(file);
    const counts = {};
    const hash = createHash('sha256');
    for (const [name, query] of Object.entries(STORED)) {
      const lines = (await query()).map(
        (row) => `${name} ${JSON.stringify(Object.values(row).map(String))}\n`,
      );
      counts[name] = lines.length;
      for (const line of lines.sort()) {
        out.write(line);
        hash.update(line);
      }
    }
    await new Promise((resolve) => out.end(resolve));
    return { counts, hash: hash.digest('hex') };
  },

  async waiting() {
    const [{ n }] = await knex('clv_outbox').count({ n: '*' });
    const [{ dead }] = await knex('clv_outbox').where({ state: 'dead' }).count({ dead: '*' });
    const [{ sent }] = await knex('clv_sent').count({ sent: '*' });
    return { waiting: Number(n), dead: Number(dead), sent: Number(sent) };
  },

  /** Memory at rest, or the most since then. */
  async memory({ rest }) {
    if (!rest) return peak;
    globalThis.gc?.();
    await sleep(1_000);
    peak = process.memoryUsage().rss;
    return peak;
  },
};

process.on('message', async ({ id, call, with: given }) => {
  try {
    process.send({ id, result: await calls[call](given ?? {}) });
  } catch (error) {
    process.send({ id, error: error.stack });
  }
});
process.send({ ready: true });
