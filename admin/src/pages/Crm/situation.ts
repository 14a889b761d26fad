import type { ConnectionSummary, ErrorKind, StreamState } from '../../../../server/src/crm/sync/api-types';

/** How a connection or a stream fares, in one word and what belongs to it. */
export type Situation =
  | { is: 'off' }
  | { is: 'running'; stream: StreamState }
  /** Somebody has to do something. */
  | { is: 'needs-you'; stream: StreamState; kind: ErrorKind }
  /** It goes on by itself; `until` is null when the server did not say when. */
  | { is: 'waiting'; stream: StreamState; until: number | null }
  /** Nothing is asked: the CRM tells by itself. */
  | { is: 'listening' }
  | { is: 'paused' }
  | { is: 'new' }
  | { is: 'in-step'; since: number };

/** These pass without anybody's help. */
const PASSING: readonly ErrorKind[] = ['rate-limit', 'transient'];

const later = (time: number | null, now: number) => (time !== null && time > now ? time : null);

/** How one stream fares. What ended its last run is history once the next one runs. */
export function streamSituation(stream: StreamState, now: number): Situation {
  if (stream.jobId !== null) return { is: 'running', stream };
  if (stream.paused) return { is: 'paused' };
  const { errorKind } = stream;
  if (errorKind !== null && !PASSING.includes(errorKind)) return { is: 'needs-you', stream, kind: errorKind };
  const until = later(stream.notBefore, now);
  if (until !== null || errorKind !== null) return { is: 'waiting', stream, until };
  return stream.lastDoneAt === null ? { is: 'new' } : { is: 'in-step', since: stream.lastDoneAt };
}

/** The first that a stream is in is what the connection is in: from what asks most for attention to what asks for none. */
const ORDER: Situation['is'][] = ['needs-you', 'running', 'waiting', 'new', 'in-step', 'paused'];

/** How a connection fares as a whole: as the stream does that asks most for attention. */
export function situationOf(
  connection: Pick<ConnectionSummary, 'enabled' | 'streams'>,
  now: number,
): Situation {
  if (!connection.enabled) return { is: 'off' };
  if (connection.streams.length === 0) return { is: 'listening' };
  // Insights follow what was pulled: before the first of them, only what is wrong or under way is worth a word.
  const telling = connection.streams.filter(
    ({ stream, lastDoneAt, errorKind, jobId }) =>
      stream !== 'push' || lastDoneAt !== null || errorKind !== null || jobId !== null,
  );
  const situations = telling.map((stream) => streamSituation(stream, now));
  for (const is of ORDER) {
    const found = situations.filter((one) => one.is === is);
    if (found.length > 0) return is === 'in-step' ? oldest(found) : longest(found);
  }
  return { is: 'new' };
}

/** Of those in step the one that was done longest ago: the whole is no fresher. */
const oldest = (situations: Situation[]): Situation =>
  situations.reduce((a, b) => (a.is === 'in-step' && b.is === 'in-step' && b.since < a.since ? b : a));

/** Of those that run, the one with most to do. */
const longest = (situations: Situation[]): Situation =>
  situations.reduce((a, b) => (remaining(b) > remaining(a) ? b : a));

const remaining = (situation: Situation): number =>
  situation.is === 'running' ? (situation.stream.total ?? 0) - situation.stream.done : 0;
