import type { Knex } from 'knex';
import { atomically } from '../../../../identity/atomically';
import { insertRows } from '../../../../storage/insert-rows';
import { noteCustomersChanged } from '../../../../storage/person-changes';
import type { ConnectorError, ErrorKind } from '../../../connector-error';
import { hashOf } from '../describe/payload';
import { backoffMs } from './backoff';
import { type Letter, unchanged } from './letters';

/** What became of one letter: the CRM has it, has no such customer any more, or why it has not. */
export type Outcome = 'ok' | 'gone' | ConnectorError;

export interface Settled {
  /** Letters in all. */
  seen: number;
  delivered: number;
  /** Given up. */
  dead: number;
  gone: number;
  /** An error that is not of its letter alone: the others would meet it too. */
  halt: ConnectorError | null;
}

export interface Clock {
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

/** After so many failures a letter is given up. */
const MOST_ATTEMPTS = 8;
const LONGEST_REASON = 500;
/** What is not of one letter alone. */
export const HALTING: ErrorKind[] = ['auth', 'config', 'rate-limit'];

const SENT = [
  { name: 'connection_id', type: 'text' as const },
  { name: 'customer_id', type: 'text' as const },
  { name: 'note_key', type: 'text' as const },
  { name: 'hash', type: 'text' as const },
  { name: 'sent_at', type: 'bigint' as const },
];

/** Writes down what became of a batch, all of it in one transaction. What changed meanwhile stays in the outbox. */
export function settle(
  knex: Knex,
  connectionId: string,
  letters: Letter[],
  outcomes: Outcome[],
  clock: Clock,
): Promise<Settled> {
  return atomically(knex, async (trx) => {
    const settled: Settled = { seen: letters.length, delivered: 0, dead: 0, gone: 0, halt: null };
    const delivered: Letter[] = [];
    for (const [place, letter] of letters.entries()) {
      const outcome = outcomes[place]!;
      if (outcome === 'ok') delivered.push(letter);
      else if (outcome === 'gone') {
        await forgetCustomer(trx, connectionId, letter.customerId, clock.now());
        settled.gone += 1;
      } else if (HALTING.includes(outcome.kind)) settled.halt ??= outcome;
      else if (await fail(trx, letter, outcome, clock)) settled.dead += 1;
    }
    await deliver(trx, connectionId, delivered, clock.now());
    settled.delivered = delivered.length;
    return settled;
  });
}

async function deliver(trx: Knex, connectionId: string, letters: Letter[], now: number): Promise<void> {
  if (letters.length === 0) return;
  const ids = letters.map(({ id }) => id);
  const rows = await trx('clv_outbox').whereIn('id', ids).forUpdate().select('id', 'payload');
  const there = new Map(rows.map((row) => [row.id, row.payload]));
  const done = letters.filter(({ id, payload }) => there.get(id) === payload).map(({ id }) => id);
  await trx('clv_outbox').whereIn('id', done).delete();

  const known = letters.filter(({ id }) => there.has(id));
  await insertRows(
    trx,
    'clv_sent',
    SENT,
    known
      .filter(({ payload }) => payload !== null)
      .map(({ customerId, noteKey, payload }) => [connectionId, customerId, noteKey, hashOf(payload!), now]),
    { key: ['connection_id', 'customer_id', 'note_key'], update: ['hash', 'sent_at'] },
  );
  const emptied = known.filter(({ payload }) => payload === null);
  // A node that was taken for dead may have sent something older than what another one sent meanwhile.
  const overtaken = letters.filter(({ id, noteKey }) => !there.has(id) && noteKey === '');
  await forgetSent(trx, connectionId, [...emptied, ...overtaken]);
  await noteCustomersChanged(
    trx,
    overtaken.map(({ customerId }) => customerId),
  );
}

async function forgetSent(trx: Knex, connectionId: string, letters: Letter[]): Promise<void> {
  if (letters.length === 0) return;
  const customerIds = letters.map(({ customerId }) => customerId);
  await trx('clv_sent')
    .where({ connection_id: connectionId, note_key: '' })
    .whereIn('customer_id', customerIds)
    .delete();
}

/** The CRM has the customer no more. */
async function forgetCustomer(
  trx: Knex,
  connectionId: string,
  customerId: string,
  now: number,
): Promise<void> {
  const theirs = { connection_id: connectionId, customer_id: customerId };
  await trx('clv_crm_records')
    .where({ connection_id: connectionId, kind: 'customers', row_key: customerId })
    .whereNull('gone_at')
    .update({ gone_at: now });
  await trx('clv_outbox').where(theirs).delete();
  await trx('clv_sent').where(theirs).delete();
}

/** @returns whether the letter is given up */
async function fail(
  trx: Knex,
  letter: Letter,
  { kind, message, retryAfterMs = 0 }: ConnectorError,
  clock: Clock,
): Promise<boolean> {
  const attempts = letter.attempts + 1;
  const dead = kind === 'permanent' || attempts >= MOST_ATTEMPTS;
  const now = clock.now();
  const changed = await unchanged(trx, letter).update({
    state: dead ? 'dead' : 'waiting',
    attempts,
    next_at: now + Math.max(retryAfterMs, backoffMs(attempts, clock.random)),
    error_kind: kind,
    reason: message.slice(0, LONGEST_REASON),
    updated_at: now,
  });
  return dead && changed > 0;
}
