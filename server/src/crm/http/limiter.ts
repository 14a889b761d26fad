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
 * Lets at most `requests` go within any stretch of `perMs`, wherever it begins. A request counts from its start until
 * `perMs` after its answer: nobody knows when in between the CRM counted it. Whoever comes first goes first.
 */
export function limiter(
  limit: Limit | undefined,
  sleep: (ms: number) => Promise<unknown>,
  now: () => number = () => performance.now(),
): Turn {
  if (!limit) return (work) => work();
  const { requests, perMs, concurrent = 4 } = limit;
  /** When requests were answered that still count, the earliest first. */
  const answered: number[] = [];
  let underWay = 0;
  let wake = () => {};
  /** All wait in one line, so only the first of it is asked to wait for anything. */
  let line: Promise<unknown> = Promise.resolve();

  const oneAnswered = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  async function enter(): Promise<void> {
    for (;;) {
      while (answered.length > 0 && answered[0]! + perMs <= now()) answered.shift();
      if (underWay < concurrent && underWay + answered.length < requests) break;
      if (underWay >= concurrent || answered.length === 0) await oneAnswered();
      else await sleep(answered[0]! + perMs - now());
    }
    underWay += 1;
  }

  return async (work) => {
    const entered = line.then(enter);
    // Whoever gives up while waiting leaves the line to the others.
    line = entered.catch(() => {});
    await entered;
    try {
      return await work();
    } finally {
      underWay -= 1;
      answered.push(now());
      wake();
    }
  };
}
