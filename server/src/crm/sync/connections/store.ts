import type { Knex } from 'knex';
import type { Stream } from '../../connector';
import type { ConnectionInput, StreamName } from '../api-types';
import { BEGINNING, changeStream } from '../streams/state';
import { columnsOf, type SealedRow } from './rows';

type EveryMinutes = ConnectionInput['everyMinutes'];

/** What goes with a connection; customers and orders that came by it stay. */
const OF_A_CONNECTION = [
  'clv_streams',
  'clv_crm_records',
  'clv_crm_problems',
  'clv_outbox',
  'clv_sent',
  'clv_webhook_deliveries',
];

export async function insertConnection(
  knex: Knex,
  row: Partial<SealedRow> & { id: string },
  streams: StreamName[],
  everyMinutes: EveryMinutes,
): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx('clv_connections').insert(columnsOf(row));
    if (streams.length === 0) return;
    await trx('clv_streams').insert(
      streams.map((stream) => ({
        connection_id: row.id,
        stream,
        every_minutes: everyMinutes[stream] ?? null,
      })),
    );
  });
}

interface StreamsChange {
  /** Streams of which everything is pulled again. */
  again?: Stream[];
  /** All that the connector has now; those it has no more end. */
  streams?: StreamName[];
  everyMinutes?: EveryMinutes;
}

/** How often a stream runs that a change brought, unless it is told. */
const USUAL_MINUTES = 60;

export async function updateConnection(
  knex: Knex,
  id: string,
  change: Partial<SealedRow>,
  { again = [], streams, everyMinutes = {} }: StreamsChange = {},
): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx('clv_connections').where({ id }).update(columnsOf(change));
    if (streams) await keepStreams(trx, id, streams);
    for (const stream of again) await changeStream(trx, id, stream, BEGINNING);
    for (const [stream, minutes] of Object.entries(everyMinutes) as [StreamName, number | null][]) {
      await changeStream(trx, id, stream, { everyMinutes: minutes });
    }
    if (!change.account) return;
    // The CRM took the credentials, so what former ones were refused for is mended.
    await trx('clv_streams')
      .where({ connection_id: id })
      .whereIn('error_kind', ['auth', 'config'])
      .update({ error: null, error_kind: null });
  });
}

/** What was pulled by a stream that ends stays. */
async function keepStreams(trx: Knex, id: string, streams: StreamName[]): Promise<void> {
  const ofIt = () => trx('clv_streams').where({ connection_id: id });
  await ofIt().whereNotIn('stream', streams).delete();
  const there: StreamName[] = await ofIt().pluck('stream');
  for (const stream of streams.filter((each) => !there.includes(each))) {
    await trx('clv_streams').insert({ connection_id: id, stream, every_minutes: USUAL_MINUTES });
  }
}

export async function deleteConnection(knex: Knex, id: string): Promise<void> {
  await knex.transaction(async (trx) => {
    for (const table of OF_A_CONNECTION) await trx(table).where({ connection_id: id }).delete();
    await trx('clv_connections').where({ id }).delete();
  });
}
