import type { Knex } from 'knex';
import { type Column, insertRows } from '../../../storage/insert-rows';
import type { TriggerMessage } from '../api-types';

/** One crossing of a trigger by a person. */
export interface Message {
  id: string;
  triggerId: string;
  personId: string;
  subject: string;
  arm: string;
  payload: TriggerMessage;
  /** Where it goes; nowhere when the person is held out. */
  destinations: string[];
}

const MESSAGES: Column[] = [
  { name: 'id', type: 'text' },
  { name: 'trigger_id', type: 'text' },
  { name: 'person_id', type: 'text' },
  { name: 'subject', type: 'text' },
  { name: 'arm', type: 'text' },
  { name: 'payload', type: 'text' },
  { name: 'created_at', type: 'bigint' },
];
const DELIVERIES: Column[] = [
  { name: 'message_id', type: 'text' },
  { name: 'destination', type: 'text' },
  { name: 'state', type: 'text' },
  { name: 'attempts', type: 'integer' },
  { name: 'next_at', type: 'bigint' },
  { name: 'updated_at', type: 'bigint' },
];

export async function writeMessages(trx: Knex, messages: readonly Message[], now: number): Promise<void> {
  await insertRows(
    trx,
    'clv_messages',
    MESSAGES,
    messages.map(({ id, triggerId, personId, subject, arm, payload }) => [
      id,
      triggerId,
      personId,
      subject,
      arm,
      JSON.stringify(payload),
      now,
    ]),
  );
  await insertRows(
    trx,
    'clv_deliveries',
    DELIVERIES,
    messages.flatMap(({ id, destinations }) =>
      destinations.map((destination) => [id, destination, 'waiting', 0, now, now]),
    ),
  );
}

/** When each of these ids last had a message of a trigger, held out or not. */
export async function lastMessages(
  trx: Knex,
  triggerId: string,
  personIds: string[],
): Promise<Map<string, number>> {
  const rows = await trx('clv_messages')
    .where({ trigger_id: triggerId })
    .whereIn('person_id', personIds)
    .groupBy('person_id')
    .select('person_id')
    .max('created_at as at');
  return new Map(rows.map((row) => [String(row.person_id), Number(row.at)]));
}
