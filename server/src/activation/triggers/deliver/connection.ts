import type { Knex } from 'knex';
import { putNotes, TRIGGER_NOTE } from '../../../crm/sync/push/compile/outbox-rows';
import { type CrmCustomer, crmCustomersOf } from '../../../crm/sync/push/describe/customers';
import { hashOf } from '../../../crm/sync/push/describe/payload';
import { atomically } from '../../../identity/atomically';
import type { Settlement } from '../store/deliveries';
import { noteOf } from './note';
import { type Sendable, type Sender, settled, takeNext } from './sender';

const AT_ONCE = 50;
/** How often it is asked what became of a note that the outbox has. */
const ASK_AGAIN_MS = 60_000;
const LONGEST_HASH = 48;

/**
 * Hands messages to the outbox of a CRM's connection, as a note at each of the person's customers there, and follows what
 * becomes of them: the push of the connection sends them, tries again and gives up by its own rules.
 */
export async function sendToConnection(sender: Sender, destination: string, id: string): Promise<void> {
  while (!sender.signal.aborted) {
    const next = await takeNext(sender, destination, AT_ONCE);
    if (!next) return;
    for (const one of next) await settled(sender, one, await follow(sender, id, one));
  }
}

/** Notes of what somebody read go when they do not allow that any more; see `writeOutbox`. */
function keyOf({ messageId, message }: Sendable, { customerId }: CrmCustomer): string {
  const hash = hashOf(`${customerId}\n${messageId}`);
  return message.payload.trigger.kind === 'content-read' ? hash : TRIGGER_NOTE + hash.slice(0, LONGEST_HASH);
}

function follow({ knex, now }: Sender, connectionId: string, one: Sendable): Promise<Settlement> {
  return atomically(knex, async (trx): Promise<Settlement> => {
    const { attempts } = one;
    const dead = (reason: string): Settlement => ({ state: 'dead', reason, attempts });
    const connection = await trx('clv_connections').where({ id: connectionId }).first('push');
    if (!connection || JSON.parse(connection.push).enabled !== true) {
      return dead('The connection is gone, or nothing is pushed to it any more.');
    }
    const { personId, payload, createdAt } = one.message;
    const person = await trx('clv_persons').where({ id: personId }).first('canonical_id');
    const customers = await crmCustomersOf(trx, [connectionId], [person?.canonical_id ?? personId]);
    if (customers.length === 0) return dead('The CRM does not have this customer.');
    const notes = customers.map((customer) => ({
      connectionId,
      customerId: customer.customerId,
      noteKey: keyOf(one, customer),
      payload: noteOf(payload, createdAt),
    }));

    const keys = notes.map(({ noteKey }) => noteKey);
    const waits = await lettersOf(trx, connectionId, keys);
    const sent: string[] = await trx('clv_sent')
      .where({ connection_id: connectionId })
      .whereIn('note_key', keys)
      .pluck('note_key');
    const open = notes.filter(({ noteKey }) => !sent.includes(noteKey));
    if (open.length === 0) return { state: 'sent' };
    const given = waits.find(({ state }) => state === 'dead');
    if (attempts === 0) {
      // Somebody wants it tried again, or it is the first time.
      const letters = trx('clv_outbox').where({ connection_id: connectionId, state: 'dead' });
      await letters.whereIn('note_key', keys).delete();
      await putNotes(trx, open, now());
    } else if (given) return dead(given.reason ?? 'The CRM did not take the note.');
    else if (waits.length === 0) return dead('The note was taken back before the CRM had it.');
    return { state: 'waiting', reason: null, attempts: 1, nextAt: now() + ASK_AGAIN_MS };
  });
}

const lettersOf = (
  trx: Knex,
  connectionId: string,
  keys: string[],
): Promise<{ state: string; reason: string | null }[]> =>
  trx('clv_outbox')
    .where({ connection_id: connectionId })
    .whereIn('note_key', keys)
    .select('state', 'reason');
