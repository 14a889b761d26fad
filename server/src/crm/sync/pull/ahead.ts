/** Waits for something, but no longer than the signal allows. */
function until<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Fetches the next item while the last one is dealt with.
 *
 * @throws what the source throws, after every item before it was dealt with; the signal's reason, at once
 */
export async function* ahead<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  // Nobody waits for it when the caller stops before; then its failure is of no interest.
  const fetch = () => {
    const item = iterator.next();
    item.catch(() => null);
    return item;
  };
  let next = fetch();
  try {
    for (;;) {
      const item = await until(next, signal);
      if (item.done) return;
      next = fetch();
      yield item.value;
    }
  } finally {
    iterator.return?.().catch(() => null);
  }
}
