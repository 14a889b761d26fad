import type { Knex } from 'knex';
import { ConnectorError } from '../../../connector-error';
import type { InsightFieldInfo } from '../../../insight-fields';
import type { OpenConnection } from '../../connections/open';
import { backoffMs } from './backoff';
import { afterFailure, type Breaker, batchAfter, CLOSED, readBreaker, saveBreaker, stateOf } from './breaker';
import { connectorErrorOf } from './connector-error-of';
import { dropNotes, type Letter, type LetterKind, nextLetters } from './letters';
import { send } from './send';
import { type Clock, HALTING, type Outcome, type Settled, settle } from './settle';

export interface Delivery extends Clock {
  knex: Knex;
  connection: OpenConnection;
  signal: AbortSignal;
  /** The fields that the CRM has, or gets by `prepare`. */
  fields: readonly InsightFieldInfo[];
  /**
   * Brings the outbox up to date before each batch, so that nobody is told of who took consent back since the first one.
   *
   * @returns whether persons can be described now; else only what empties goes out
   */
  renew(): Promise<boolean>;
  /** Makes the fields of the CRM ready. @throws ConnectorError config when somebody must do so by hand */
  prepare(): Promise<void>;
  /** Hears of each batch. */
  onSettled(kind: LetterKind, settled: Settled): void;
}

/**
 * Sends what is due, batch by batch: values first, then notes. A batch that comes again after a crash changes nothing, since
 * connectors write the same values twice without effect.
 *
 * @throws ConnectorError when all of it must wait: the credentials are refused, the CRM asks for patience or failed too often
 */
export async function deliver(delivery: Delivery): Promise<void> {
  const { knex, connection } = delivery;
  const { capabilities, pushNotes } = connection.connector;
  let breaker = await readBreaker(knex, connection.id);
  breaker = await deliverKind(delivery, 'values', breaker);
  if (capabilities.notes && pushNotes) await deliverKind(delivery, 'notes', breaker);
  else await dropNotes(knex, connection.id);
}

async function deliverKind(delivery: Delivery, kind: LetterKind, before: Breaker): Promise<Breaker> {
  const { knex, connection, signal } = delivery;
  let breaker = before;
  let prepared = false;
  for (;;) {
    signal.throwIfAborted();
    if (stateOf(breaker, delivery.now()) === 'open') throw resting(connection, breaker);
    const limit = batchAfter(breaker, connection.connector.capabilities.batch);
    const telling = await delivery.renew();
    const letters = await nextLetters(knex, connection.id, kind, { now: delivery.now(), limit, telling });
    if (letters.length === 0) return breaker;

    const { outcomes, failure } = await attempt(delivery, kind, letters);
    if (failure && !HALTING.includes(failure.kind)) {
      breaker = await afterFailed(delivery, kind, letters, failure, breaker);
      continue;
    }
    let halt = failure;
    if (outcomes) {
      const settled = await settle(knex, connection.id, letters, outcomes, delivery);
      delivery.onSettled(kind, settled);
      halt = settled.halt;
      if (breaker !== CLOSED) await saveBreaker(knex, connection.id, CLOSED);
      breaker = CLOSED;
    }
    if (!halt) continue;
    if (halt.kind !== 'config' || prepared) throw halt;
    // A field may have been removed in the CRM.
    await delivery.prepare();
    prepared = true;
  }
}

async function attempt(
  { connection, signal, fields }: Delivery,
  kind: LetterKind,
  letters: Letter[],
): Promise<{ outcomes: Outcome[] | null; failure: ConnectorError | null }> {
  try {
    return { outcomes: await send(connection, kind, letters, fields), failure: null };
  } catch (thrown) {
    signal.throwIfAborted();
    return { outcomes: null, failure: connection.redact(connectorErrorOf(thrown)) };
  }
}

/**
 * A batch failed as a whole. The next one is smaller, so that a record that the CRM stumbles over is soon alone, and then it is
 * that record's failure. While the CRM is tried after a rest, silence is the CRM's: the record only makes way for others.
 */
async function afterFailed(
  delivery: Delivery,
  kind: LetterKind,
  letters: Letter[],
  failure: ConnectorError,
  breaker: Breaker,
): Promise<Breaker> {
  const { knex, connection } = delivery;
  const now = delivery.now();
  const [alone, ...others] = letters;
  if (failure.kind === 'transient' && stateOf(breaker, now) === 'probing') {
    const next_at = now + backoffMs(breaker.failures, delivery.random);
    const ids = letters.map(({ id }) => id);
    await knex('clv_outbox').whereIn('id', ids).update({ next_at });
  } else if (others.length === 0) {
    delivery.onSettled(kind, await settle(knex, connection.id, [alone!], [failure], delivery));
  }
  const after = afterFailure(breaker, now);
  await saveBreaker(knex, connection.id, after);
  if (stateOf(after, now) === 'open') throw resting(connection, after, failure);
  return after;
}

/** @param failure the last one, where it is known */
function resting({ title }: OpenConnection, { failures, until }: Breaker, failure?: ConnectorError) {
  const why = failure ? ` ${failure.message}` : '';
  return new ConnectorError(
    'transient',
    `${title} failed ${failures} times in a row; nothing is sent before ${new Date(until!).toISOString()}.${why}`,
  );
}
