import type { IncomingHttpHeaders } from 'node:http';
import type { CollectAnswer } from '../../../client/src/protocol';
import type { ClvConfig } from '../config';
import { bodyReader } from './body';
import type { ContentsService } from './contents/service';
import { originPolicy, PREFLIGHT } from './cors';
import { collectBody, collectEvent, firstProblem } from './events-schema';
import { DROP_REASONS, dropReason, factsOf } from './filters';
import type { GroupCommit } from './group-commit';
import { answer, type Context, discardRest, Refusal } from './http';
import { addressKey, type RateLimiter } from './rate-limit';
import type { Batch } from './store-batches';
import type { Tally } from './tally';
import type { Touch } from './touches';
import type { VisitorReader } from './visitor';

export interface CollectTools {
  /** The configuration in force. */
  config(): ClvConfig;
  contents: ContentsService;
  /** Says of each batch whether the visitor's consent let it be stored. */
  commits: GroupCommit<Batch, boolean>;
  perAddress: RateLimiter;
  eventsPerAddress: RateLimiter;
  perVisitor: RateLimiter;
  visitorOf: VisitorReader;
  tally: Tally;
  /** The public address of the server, if the app names one. */
  ownUrl: string | undefined;
  /** Looks at the headers of each request for a proxy. */
  lookForProxy(headers: IncomingHttpHeaders): void;
  onError(error: unknown): void;
}

type Rejected = CollectAnswer['rejected'];

const DAY_MS = 86_400_000;

function parseBody(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, `The body is not JSON: ${(error as Error).message}`);
  }
  const body = collectBody.safeParse(value);
  if (!body.success) throw new Refusal(400, `The body is not valid. ${firstProblem(body.error)}`);
  return body.data;
}

/** Makes the handler of `POST /collect`: see client/src/protocol.ts for what it takes and answers. */
export function collectHandler(tools: CollectTools): (ctx: Context) => Promise<void> {
  const {
    config,
    contents,
    commits,
    perAddress,
    eventsPerAddress,
    perVisitor,
    visitorOf,
    tally,
    lookForProxy,
    onError,
  } = tools;
  const readBody = bodyReader();
  const { maxEventAgeDays } = config().tracking;
  const origins = originPolicy(() => config().tracking.origins ?? [], tools.ownUrl);
  const maxAgeMs = maxEventAgeDays * DAY_MS;
  const tooOld = `older than ${maxEventAgeDays} days`;

  function limit(limiter: RateLimiter, key: string, amount: number, whose: string): void {
    const seconds = limiter.take(key, amount);
    if (seconds === 0) return;
    tally.add('refused.rate');
    throw new Refusal(429, `Too many ${whose}; wait ${seconds} s.`, seconds);
  }

  /** The touch that an event stands for, or why there is none. */
  async function touchOf(
    value: unknown,
    visitor: string,
    sentAt: number,
    receivedAt: number,
  ): Promise<Touch | string> {
    const parsed = collectEvent.safeParse(value);
    if (!parsed.success) return firstProblem(parsed.error);
    const event = parsed.data;
    // What the sender's clock says counts only as the time between the event and its sending.
    const occurredAt = Math.round(Math.min(receivedAt, receivedAt - (sentAt - event.at)));
    if (occurredAt < receivedAt - maxAgeMs) return tooOld;
    const item = contents.known(event.content) ?? (await contents.resolve(event.content));
    if (!item) return `unknown content ${event.content}`;
    return {
      messageId: event.id,
      visitor,
      contentId: item.id,
      kind: event.kind,
      occurredAt,
      receivedAt,
      seconds: Math.round(event.seconds ?? 0),
      depth: Math.round(event.depth ?? 0),
      channel: event.channel || null,
      source: 'tracker',
    };
  }

  async function collect(ctx: Context): Promise<CollectAnswer> {
    const receivedAt = Date.now();
    const { headers } = ctx.req;
    lookForProxy(headers);
    const address = addressKey(ctx.ip);
    limit(perAddress, address, 1, 'requests from this address');
    const { sentAt, consent, events, ...body } = parseBody(await readBody(ctx.req));
    const visitor = body.visitor ?? visitorOf(headers);
    if (!visitor)
      throw new Refusal(400, 'No visitor: name one in the body, the x-clv-visitor header or the cookie.');

    const drop = dropReason(factsOf(headers), config().consent);
    if (drop) {
      tally.add(`dropped.${drop}`, events.length);
      return { accepted: 0, rejected: events.map((_, index) => ({ index, reason: DROP_REASONS[drop] })) };
    }
    limit(eventsPerAddress, address, events.length, 'events from this address');
    limit(perVisitor, visitor, events.length, 'events of this visitor');

    const touches: Touch[] = [];
    const indexes: number[] = [];
    const rejected: Rejected = [];
    for (const [index, event] of events.entries()) {
      const touch = await touchOf(event, visitor, sentAt, receivedAt);
      if (typeof touch === 'string') rejected.push({ index, reason: touch });
      else {
        touches.push(touch);
        indexes.push(index);
      }
    }
    tally.add('rejected', rejected.length);

    const stated = consent === 'unknown' ? undefined : consent;
    if (touches.length === 0 && !stated) return { accepted: 0, rejected };
    if (await commits.submit({ visitor, stated, touches })) return { accepted: touches.length, rejected };
    tally.add('dropped.consent', touches.length);
    for (const index of indexes) rejected.push({ index, reason: 'no consent' });
    return { accepted: 0, rejected: rejected.sort((a, b) => a.index - b.index) };
  }

  return async (ctx) => {
    const { req, res } = ctx;
    const cors = origins.headersFor(ctx);
    const headers: Record<string, string> = {
      ...cors,
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
    };
    try {
      if (!cors)
        throw new Refusal(403, 'This origin may not send events; list it in clv.config.tracking.origins.');
      if (req.method === 'OPTIONS') return answer(res, 204, { ...cors, ...PREFLIGHT });
      answer(res, 202, headers, JSON.stringify(await collect(ctx)));
    } catch (error) {
      if (error instanceof Refusal) {
        if (error.retryAfter) headers['Retry-After'] = String(error.retryAfter);
        answer(res, error.status, headers, JSON.stringify({ error: error.message }));
      } else {
        onError(error);
        answer(res, 500, headers, JSON.stringify({ error: 'The events could not be taken.' }));
      }
      discardRest(req);
    }
  };
}
