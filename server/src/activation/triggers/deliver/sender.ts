import type { Knex } from 'knex';
import type { ClvConfig } from '../../../config';
import { targetOf } from '../evaluate/destinations';
import { forgetDelivery, type Leased, lease, type Settlement, settle } from '../store/deliveries';
import { allowedNow } from './allowed';
import type { Outgoing } from './body';
import { sendToConnection } from './connection';
import { sendToEndpoint } from './endpoint';
import { sendToHub } from './hub';
import type { Post } from './post';

export interface Clock {
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

/** What deliveries need of the world. */
export interface Sender extends Clock {
  knex: Knex;
  config: ClvConfig;
  /** Of this node. */
  owner: string;
  post: Post;
  /** Opens what `clv_endpoints.secret` holds. @throws when it cannot be read */
  open(sealed: string): string;
  emit(message: Outgoing): void;
  signal: AbortSignal;
}

const WITHDRAWN = 'The person has taken consent back, or never gave the one that is needed.';

/** Sends what is due to a destination. */
export function sendTo(sender: Sender, destination: string): Promise<void> {
  const { kind, id } = targetOf(destination);
  if (kind === 'endpoint') return sendToEndpoint(sender, destination, id);
  if (kind === 'connection') return sendToConnection(sender, destination, id);
  return sendToHub(sender, destination);
}

/** A delivery of which the message is there, and may go out. */
export type Sendable = Leased & { message: NonNullable<Leased['message']> };

/**
 * Takes the next deliveries, and settles those that must not go out any more.
 *
 * @returns those to be sent; null when nothing is due
 */
export async function takeNext(
  sender: Sender,
  destination: string,
  limit: number,
): Promise<Sendable[] | null> {
  const { knex, config, owner } = sender;
  const now = sender.now();
  const leased = await lease(knex, destination, { owner, limit, now });
  if (leased.length === 0) return null;
  const allowed = await allowedNow(knex, leased, config, now);
  const sendable: Sendable[] = [];
  for (const one of leased) {
    const { message } = one;
    if (!message) await forgetDelivery(knex, one);
    else if (allowed.has(one)) sendable.push({ ...one, message });
    else await settled(sender, one, { state: 'dead', reason: WITHDRAWN, attempts: one.attempts });
  }
  return sendable;
}

export const settled = (sender: Sender, one: Leased, settlement: Settlement): Promise<void> =>
  settle(sender.knex, one, sender.owner, settlement, sender.now());
