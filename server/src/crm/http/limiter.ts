/** How fast a client may ask. */
export interface Limit {
  /** Requests within `perMs`. */
  requests: number;
  perMs: number;
  /** Requests under way at once. */
  concurrent?: number;
}

/** Does some work when its turn has come. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A token bucket: `requests` may go at once, and the bucket fills up again evenly over `perMs`. Whoever comes first goes
 * first.
 */
export function limiter(limit: Limit | undefined, sleep: (ms: number) => Promise<unknown>): Turn {
  if (!limit) return (work) => work();
  const { requests, perMs, concurrent = 4 } = limit;
  const msPerToken = perMs / requests;
  /** When the bucket would be full; the later it is, the fewer tokens are there. */
  let fullAt = 0;
  let free = concurrent;
  const queue: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    const now = Date.now();
    fullAt = Math.max(fullAt, now) + msPerToken;
    const wait = fullAt - perMs - now;
    if (wait > 0) await sleep(wait);
  }

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  }

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
