import {
  afterFailure,
  type Breaker,
  batchAfter,
  CLOSED,
  stateOf,
} from '../../../crm/sync/push/deliver/breaker';
import { reasonOf } from '../../../jobs/errors';
import { endpointById, type StoredEndpoint, saveEndpointBreaker, switchOff } from '../store/endpoints';
import { bodyOf, outgoing } from './body';
import type { Answer } from './post';
import { isRefusal, verdictOn } from './schedule';
import { type Sendable, type Sender, settled, takeNext } from './sender';
import { signed } from './signature';

/** Sent at once: so the order is kept but for neighbours, and a slow receiver does not hold up thousands. */
const AT_ONCE = 8;
const GONE = 410;

/**
 * Sends the messages of an endpoint until none is due, or it wants to be left alone: it was switched off, or failed too often
 * in a row (the circuit breaker), and one message shows later whether it is back.
 */
export async function sendToEndpoint(sender: Sender, destination: string, id: string): Promise<void> {
  const { knex } = sender;
  while (!sender.signal.aborted) {
    const endpoint = await endpointById(knex, id);
    if (!endpoint?.enabled) return;
    const { breaker } = endpoint;
    if (stateOf(breaker, sender.now()) === 'open') return;
    const next = await takeNext(sender, destination, batchAfter(breaker, AT_ONCE));
    if (!next) return;
    if (next.length === 0) continue;
    const answers = await Promise.all(next.map((one) => sendOne(sender, endpoint, one)));
    if (sender.signal.aborted) return;
    const after = breakerAfter(breaker, answers, sender.now());
    if (after.failures !== breaker.failures || after.until !== breaker.until) {
      await saveEndpointBreaker(knex, id, after);
    }
    if (answers.some(({ status }) => status === GONE)) await switchOff(knex, id, sender.now());
  }
}

async function sendOne(sender: Sender, endpoint: StoredEndpoint, one: Sendable): Promise<Answer> {
  const { messageId, message, attempts: before } = one;
  const body = bodyOf(outgoing(messageId, message.createdAt, message.payload));
  const answer = await attempt(sender, endpoint, messageId, body);
  // An orderly stop is no failure of the receiver; the lease runs out, and another node sends it.
  if (sender.signal.aborted && answer.status === null) return answer;
  if (answer.reason === null) {
    await settled(sender, one, { state: 'sent' });
    return answer;
  }
  const attempts = before + 1;
  const { dead, nextAt } = verdictOn(answer, attempts, sender.now(), sender.random);
  const { reason } = answer;
  await settled(
    sender,
    one,
    dead ? { state: 'dead', reason, attempts } : { state: 'waiting', reason, attempts, nextAt },
  );
  return answer;
}

/** Sends one body, signed. */
export async function attempt(
  sender: Pick<Sender, 'open' | 'post' | 'now' | 'signal'>,
  { url, secret }: StoredEndpoint,
  messageId: string,
  body: string,
): Promise<Answer> {
  let headers: Record<string, string>;
  try {
    headers = signed(sender.open(secret), messageId, sender.now(), body);
  } catch (error) {
    return { status: null, reason: reasonOf(error) };
  }
  return sender.post(url, headers, body, sender.signal);
}

/** One that refuses messages is there all the same; one that asks for patience gets it. */
function breakerAfter(breaker: Breaker, answers: readonly Answer[], now: number): Breaker {
  const failures = answers.filter((answer) => answer.reason !== null && !isRefusal(answer));
  const patience = Math.max(0, ...failures.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  const after = failures.length < answers.length ? CLOSED : afterFailure(breaker, now);
  if (patience === 0) return after;
  return {
    failures: after.failures,
    until: Math.max(after.until ?? 0, now + Math.min(patience, MOST_PATIENCE_MS)),
  };
}

const MOST_PATIENCE_MS = 24 * 3_600_000;
