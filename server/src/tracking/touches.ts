import type { Knex } from 'knex';
import { type Column, insertRows, type Value } from '../storage/insert-rows';
import { inTurn, type Observer } from './touch-lock';

export interface Touch {
  messageId: string;
  visitor: string;
  contentId: number;
  kind: 'view' | 'read' | 'download';
  /** Epoch milliseconds by the server's clock. */
  occurredAt: number;
  receivedAt: number;
  seconds: number;
  depth: number;
  channel: string | null;
  source: 'tracker' | 'hook' | 'download';
}

const COLUMNS: Column[] = [
  { name: 'message_id', type: 'text' },
  { name: 'visitor_key', type: 'text' },
  { name: 'content_id', type: 'integer' },
  { name: 'kind', type: 'text' },
  { name: 'occurred_at', type: 'bigint' },
  { name: 'received_at', type: 'bigint' },
  { name: 'seconds', type: 'integer' },
  { name: 'depth', type: 'integer' },
  { name: 'channel', type: 'text' },
  { name: 'source', type: 'text' },
];

const rowOf = (touch: Touch): Value[] => [
  touch.messageId,
  touch.visitor,
  touch.contentId,
  touch.kind,
  touch.occurredAt,
  touch.receivedAt,
  touch.seconds,
  touch.depth,
  touch.channel,
  touch.source,
];

/** The same view or download, seen by the browser and by the server, counts once, whichever came first. */
const SEEN_BY_ANOTHER = `j.kind <> 'read' AND EXISTS (
  SELECT 1 FROM clv_touches t
  WHERE t.visitor_key = j.visitor_key AND t.content_id = j.content_id
    AND t.occurred_at BETWEEN j.occurred_at - ? AND j.occurred_at + ?
    AND t.kind = j.kind AND t.source <> j.source)`;

/** Whoever stores touches asked about consent; a denial that came since is heeded too. */
const DENIED = `EXISTS (
  SELECT 1 FROM clv_visitors v WHERE v.visitor_key = j.visitor_key AND v.consent = 'denied')`;

const inOrder = (a: Touch, b: Touch) => (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : 0);

/**
 * Stores touches of one kind of observer with one statement: what is there already (by message id) is left alone, and
 * so is what another kind of observer saw within `windowMs`, and what a visitor left who denies consent.
 *
 * @returns how many were new
 */
export async function insertTouches(
  knex: Knex,
  touches: Touch[],
  observer: Observer,
  windowMs: number,
): Promise<number> {
  if (touches.length === 0) return 0;
  // Nodes that insert the same ids in the same order wait for each other instead of deadlocking.
  const rows = touches.toSorted(inOrder).map(rowOf);
  const where = { sql: `NOT (${SEEN_BY_ANOTHER}) AND NOT ${DENIED}`, bindings: [windowMs, windowMs] };
  return inTurn(knex, observer, (trx) => insertRows(trx, 'clv_touches', COLUMNS, rows, 'ignore', where));
}
