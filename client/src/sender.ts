import { consentState, forbidden } from './consent';
import { guarded } from './guard';
import { options } from './options';
import type { CollectBody, CollectEvent } from './protocol';

/*
 * Queues events, sends them in batches, and keeps them until they are answered, over page loads of a tab too. There is
 * one queue in a tab, so this is the module's own state.
 */

/** An event with its visitor, who may be another one by the time it is sent. */
type Entry = [visitor: string, event: CollectEvent];

let waiting: Entry[] = [];
let sending: Promise<void> | undefined;

const keep = guarded((entries: Entry[]) => {
  waiting = entries.slice(-200);
  sessionStorage.clv_queue = JSON.stringify(waiting);
});
const drop = (sent: Entry[]) => keep(waiting.filter((entry) => !sent.includes(entry)));

/** The next events of one visitor: far fewer than the 100 that the server takes and the 64 KiB of a beacon. */
const next = () => waiting.slice(0, 50).filter(([visitor]) => visitor === waiting[0][0]);

/** Nothing when none waits, or when consent was withdrawn, here or in another tab. */
const bodyOf = (batch: Entry[]): CollectBody | false | undefined =>
  batch[0] &&
  !forbidden() && {
    visitor: batch[0][0],
    sentAt: Date.now(),
    consent: consentState(),
    events: batch.map(([, event]) => event),
  };

/** Posts until there is an answer that another try would not change; `undefined` after too many, or without a body. */
export const deliver = async (path: string, makeBody: () => unknown): Promise<Response | undefined> => {
  for (let tries = 0; tries < 6; tries++) {
    const body = makeBody();
    if (!body) return;
    // A string goes as text/plain, which needs no preflight on the way to another origin.
    const request = fetch(options.endpoint + path, {
      method: 'POST',
      body: JSON.stringify(body),
      keepalive: true,
    });
    const answer = await request.catch(() => undefined);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
    // As long as the server asks, or twice as long after every failure; with jitter; less when the network returns.
    const seconds = Number(answer?.headers.get('retry-after')) || 2 ** tries;
    await new Promise((resolve) => {
      setTimeout(resolve, seconds * 1000 * (1 + Math.random()));
      addEventListener('online', resolve);
    });
  }
};

const sendAll = async () => {
  let batch = next();
  while (await deliver('/collect', () => bodyOf(batch))) {
    drop(batch);
    batch = next();
  }
  sending = undefined;
};

/** Sends what waits; resolves when it was answered, or for now could not be delivered. */
export const flush = (): Promise<void> => {
  sending ??= sendAll();
  return sending;
};

export const send = (visitor: string, event: CollectEvent): void => {
  keep([...waiting, [visitor, event]]);
  setTimeout(flush, waiting.length < 20 ? 3000 : 0);
};

/** Hands what waits to the browser, which sends it though the page goes. */
export const leave = (): void => {
  const batch = next();
  const body = bodyOf(batch);
  const taken =
    body && navigator.onLine && navigator.sendBeacon(`${options.endpoint}/collect`, JSON.stringify(body));
  // A beacon cannot tell that it was lost; so what another request has in hand, or could not send, is kept as well.
  if (taken && !sending) drop(batch);
  flush();
};

/** Forgets what was not sent yet, and all else that the session keeps. */
export const forgetSession = (): void => {
  waiting = [];
  delete sessionStorage.clv_queue;
  delete sessionStorage.clv_channel;
};

/** Takes up what an earlier page of this tab could not deliver. */
export const resume = (): void => {
  waiting = JSON.parse(sessionStorage.clv_queue ?? '[]');
  flush();
};
