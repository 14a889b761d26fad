import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import type { ClvConfig } from '../config';
import type { ContentsService } from './contents/service';
import { dropReason } from './filters';
import type { RateLimiter } from './rate-limit';
import { type Batch, storeBatches } from './store-batches';
import type { Tally } from './tally';
import type { Seen } from './touch-buffer';

/** Makes the function that turns what the server saw into touches, by the same rules as the collect endpoint; it returns how many were new. */
export function seenStore(options: {
  knex: Knex;
  config: ClvConfig;
  contents: ContentsService;
  perVisitor: RateLimiter;
  tally: Tally;
}) {
  const { knex, config, contents, perVisitor, tally } = options;

  /** A batch to store, or the name of the counter that says why not. */
  async function decide(seen: Seen): Promise<Batch | string> {
    const drop = dropReason(seen.request, config.consent);
    if (drop) return `dropped.${drop}`;
    // One with an id is tried again, and was counted the first time.
    if (!seen.messageId && perVisitor.take(seen.visitor) > 0) return 'dropped.rate';
    const item = contents.known(seen.content) ?? (await contents.resolve(seen.content));
    if (!item) return 'dropped.unknown-content';
    seen.messageId ??= uuidv7();
    const touch = {
      messageId: seen.messageId,
      visitor: seen.visitor,
      contentId: item.id,
      kind: seen.kind,
      occurredAt: seen.at,
      receivedAt: seen.at,
      seconds: 0,
      depth: 0,
      channel: null,
      source: seen.source,
    };
    return { visitor: seen.visitor, touches: [touch] };
  }

  return async (seen: Seen[]): Promise<number> => {
    const batches: Batch[] = [];
    const dropped: string[] = [];
    for (const one of seen) {
      const decision = await decide(one);
      if (typeof decision === 'string') dropped.push(decision);
      else batches.push(decision);
    }
    const { consented, added } = await storeBatches(knex, batches, 'server', config);
    // Counted at the end, since all of it comes again when storing fails.
    for (const counter of dropped) tally.add(counter);
    const withConsent = consented.filter(Boolean).length;
    tally.add('accepted', added);
    tally.add('duplicate', withConsent - added);
    tally.add('dropped.consent', batches.length - withConsent);
    return added;
  };
}
