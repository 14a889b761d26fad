/**
 * Does some work that must end within `ms`, however slowly it gets on, or when `signal` says so. Made by hand: signals
 * that are joined by `AbortSignal.any` stay in memory as long as the one that lives longest.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (ends: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(end, ms);
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}
