import type { Knex } from 'knex';
import type { JobContext } from '../../../jobs/run-job';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { lastForgotten } from '../../../storage/forgotten';
import type { Connector, Page, Stream } from '../../connector';
import type { SyncResult } from '../api-types';
import { asking } from '../connections/make-connector';
import type { OpenConnection } from '../connections/open';
import type { ConnectionsService } from '../connections/service';
import { addCounts } from '../result';
import { changeStream, readStream, type StreamRow } from '../streams/state';
import { ahead } from './ahead';
import { patience } from './patience';
import { storePage } from './store-page';
import { isSweepDue, sweep } from './sweep';

const BUDGET_MS = 5_000;

/** The stream was begun again, or its connection removed: what this run fetches belongs nowhere any more. */
export class StreamMoved extends Error {
  constructor() {
    super('the stream was begun again, or its connection was removed, while this run was under way');
    this.name = 'StreamMoved';
  }
}

function pagesOf(connector: Connector, stream: Stream, cursor: string | null): AsyncIterable<Page> {
  if (stream === 'customers') return connector.pullCustomers(cursor);
  if (stream === 'orders') return connector.pullOrders(cursor);
  if (connector.pullSubscriptions) return connector.pullSubscriptions(cursor);
  throw new Error(`${connector.name} has no stream ${stream}`);
}

/**
 * Changes a stream, unless somebody else moved its cursor: so nothing of a run that was taken for dead, not a page and not
 * an end, is ever written after what its successor wrote.
 */
async function change(knex: Knex, row: StreamRow, columns: Record<string, unknown>): Promise<void> {
  const { connectionId, stream, cursor } = row;
  const changed = await knex('clv_streams')
    .where({ connection_id: connectionId, stream })
    .where((before) => (cursor === null ? before.whereNull('cursor') : before.where({ cursor })))
    .update(columns);
  if (changed === 0) throw new StreamMoved();
}

const moveCursor = (trx: Knex, row: StreamRow, { cursor, total }: Page, done: number): Promise<void> =>
  change(trx, row, { cursor, done, ...(total === undefined ? {} : { total }) });

/**
 * Pulls what is new in a stream, or goes on with a pull that was broken off.
 *
 * @param result filled while it runs
 * @throws ConnectorError when the CRM gives nothing for now; every page that was stored stays, and the next run goes on
 */
export async function runPull(
  strapi: Strapi,
  {
    params,
    progress,
    signal,
  }: Pick<JobContext<{ connectionId: string; stream: Stream }>, 'params' | 'progress' | 'signal'>,
  result: SyncResult,
): Promise<void> {
  const { connectionId, stream } = params;
  const knex = knexOf(strapi);
  const connections: ConnectionsService = strapi.plugin('clv').service('connections');
  const connection = await connections.open(connectionId, { signal });
  const row = await readStream(knex, connectionId, stream);
  if (!row) throw new StreamMoved();
  if (row.complete) Object.assign(row, { done: 0, total: null });
  await changeStream(knex, connectionId, stream, { done: row.done, total: row.total });

  const startedAt = Date.now();
  const waiting = patience(signal);
  let savedAt = 0;
  const onPage = async (page: Page) => {
    signal.throwIfAborted();
    const done = row.done + page.records.length;
    const counts = await storePage(strapi, connection, { stream, ...page }, (trx) =>
      moveCursor(trx, row, page, done),
    );
    row.cursor = page.cursor;
    row.done = done;
    row.total = page.total ?? row.total;
    waiting.renew();
    addCounts(result, counts);
    count();
    progress(row.total ? done / row.total : 0, 'pulling');
    if (Date.now() - savedAt < BUDGET_MS) return;
    savedAt = Date.now();
    await connection.saveBudget();
  };
  const count = () => {
    result.requests = connection.requests();
    result.seconds = (Date.now() - startedAt) / 1000;
  };

  /** Reads to the end; false when somebody was erased meanwhile, whom a page may hold that was asked for before. */
  const isRead = async (connector: Connector) => {
    const forgotten = await lastForgotten(knex);
    for await (const page of ahead(pagesOf(connector, stream, row.cursor), signal)) {
      if ((await lastForgotten(knex)) !== forgotten) return false;
      await onPage(page);
    }
    return true;
  };

  try {
    await insisting(connection, waiting, async (connector) => {
      while (!(await isRead(connector))) signal.throwIfAborted();
    });
    await change(knex, row, { complete: true });
    if (isSweepDue(connection.connector, row)) {
      progress(1, 'sweeping');
      await insisting(connection, waiting, () =>
        sweep(strapi, connection, stream, {
          signal,
          accepted: row.sweptAt === null,
          commit: (trx) => change(trx, row, { complete: true }),
          onCounts: (counts) => addCounts(result, counts),
        }),
      );
      await change(knex, row, { swept_at: Date.now() });
    }
  } finally {
    count();
    await connection.saveBudget();
  }
}

/** Does it again after failures that pass; it goes on by itself where it was. */
async function insisting(
  connection: OpenConnection,
  waiting: ReturnType<typeof patience>,
  work: (connector: Connector) => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      return await asking(connection, work);
    } catch (error) {
      await waiting.after(error);
    }
  }
}
